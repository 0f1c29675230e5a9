"""The comparison with like cases: what sets a case apart from those with another result, and what shows it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from exclusions.forms.casework.review import long_text
from exclusions.permissions.consistency import ALL, field_of
from exclusions.permissions.likes.groups import LikeGroup, seen_of
from exclusions.permissions.likes.settled import Said, own_words
from exclusions.queries.casework.case.passages import Passage, excerpt

IN_LIST = 70  # characters of a passage in a list of choices
OURS, THEIRS, WHICH, WAY = "ours", "theirs", "case", "way"
DEPART = "Depart from the earlier decision instead; counsel and the signatory have to confirm it"
Choices = list[tuple[str, str]]
SAME = "The same question, or the row or text"


class Passages(forms.ChoiceField):
    """What is cited on one side. What may be cited, the action says; the choices are for the page."""

    def valid_value(self, value: Any) -> bool:
        """Take whatever was sent: the action refuses what is not on the record, by name."""
        return True


class ConsistencyForm(forms.Form):
    """The comparison with like cases: for each group of them with another result, or for all of these, a sentence and
    what shows it on either side.
    """

    likes_seen = forms.CharField(widget=forms.HiddenInput, required=False)
    compared_with = forms.CharField(
        label="Further references",
        help_text="Other cases that you compared, live or historical. Separate them with commas.",
        required=False,
        max_length=1000,
    )
    reasons = long_text(
        "How the outcome compares",
        help_text="Only staff see it. If you leave it empty, the record lists the like cases.",
        required=False,
        rows=3,
    )

    def __init__(
        self,
        *args: Any,
        groups: Sequence[LikeGroup],
        different: Sequence[LikeGroup],
        others: Sequence[LikeGroup] = (),
        before: Sequence[Mapping[str, Any]] = (),
        reference: str = "",
        passages: Mapping[str, Passage] | None = None,
        responses: Mapping[str, Sequence[str]] | None = None,
        **kwargs: Any,
    ) -> None:
        """Ask for a sentence on each group with another result; those of `others` may have one. `before` are the rows
        of the review on record and what the levels proposed, whose sentences stand there again. `passages` are the
        public answers of the case, `responses` those to it (under its `reference`) and to like cases.
        """
        super().__init__(*args, **kwargs)
        self.groups = groups
        self._seen = str(self.data.get("likes_seen", ""))
        self.initial["likes_seen"] = seen_of(groups)
        if self.is_bound:  # whatever was sent, the page that follows shows what is there now
            self.data = {**self.data.dict(), "likes_seen": seen_of(groups)}  # type: ignore[attr-defined]
        self._offer(reference, passages or {}, responses or {})
        asked = [*different, *others]
        known = Said.in_likes(before)
        said = {group.key: one for group in asked if (one := own_words(known, group, group.references[0]))}
        self._own = {field_of(group): group.key for group in asked}
        for group in asked:
            if group.key in said:
                self._begin_with(group, said[group.key])
        if different:
            self.fields[ALL] = long_text(
                "What sets this case apart from like cases with another result",
                help_text=(
                    "Write one sentence for all cases that differ on one ground. Published with the decision and "
                    "printed in the letter. Do not include confidential matter."
                ),
                required=False,
                rows=3,
                visibility="public",
            )
            self._cite("", "What in this record shows it", "What the other record shows")
        alone = different and len(asked) == 1 and not said  # the sentence for all is its own
        for group in () if alone else asked:
            self._ask_of(group)
        for group in (group for group in asked if len(group.references) > 1):
            self._ask_which(group)

    def _ask_of(self, group: LikeGroup) -> None:
        """Let a group have a sentence and citations of its own."""
        self.fields[field_of(group)] = long_text(
            f"Another ground for: {group.label}",
            help_text=group.summary,
            required=False,
            rows=2,
            visibility="public",
        )
        self._cite(f"-{group.key}", f"This record, for: {group.label}", f"The other record, for: {group.label}")

    def _offer(self, reference: str, passages: Mapping[str, Passage], responses: Mapping[str, Sequence[str]]) -> None:
        given = {case: [_response(name) for name in names] for case, names in responses.items()}
        self._ours = of_this_record(passages, given.pop(reference, []))
        self._theirs = of_theirs(passages, [one for theirs in given.values() for one in theirs])

    def _begin_with(self, group: LikeGroup, said: Said) -> None:
        """Let what stands on record stand in the form again."""
        theirs = [one for one in said.cites if one.reference in group.references]
        ours = [one for one in said.cites if one not in theirs]
        self.initial.update({field_of(group): said.words, f"{WAY}-{group.key}": said.departs})
        self.initial[f"{OURS}-{group.key}"] = ours[0].citation if ours else ""
        if theirs:
            self.initial[f"{THEIRS}-{group.key}"] = theirs[0].citation if ":" in theirs[0].citation else ""
            self.initial[f"{WHICH}-{group.key}"] = theirs[0].reference

    def _cite(self, of: str, ours: str, theirs: str) -> None:
        self.fields[f"{OURS}{of}"] = Passages(label=ours, choices=self._ours, required=False)
        self.fields[f"{THEIRS}{of}"] = Passages(label=theirs, choices=self._theirs, required=False)
        self.fields[f"{WAY}{of}"] = forms.BooleanField(label=DEPART, required=False)

    def _ask_which(self, group: LikeGroup) -> None:
        self.fields[f"{WHICH}-{group.key}"] = Passages(
            label=f"Which case is cited of: {group.label}",
            choices=[("", "The first that differs"), *((name, name) for name in group.references)],
            required=False,
        )

    def choose(self, reference: str, citation: str) -> None:
        """Let the form begin with a like case, and with what is cited of both sides; nothing where it is not asked."""
        keys = {group.key for group in self.groups if reference in group.references} & set(self._own.values())
        for key in keys:
            own = key if f"{OURS}-{key}" in self.fields else ""
            self.initial[_field_of(OURS, own)] = citation
            self.initial[f"{WHICH}-{key}"] = reference

    @property
    def entered(self) -> dict[str, Any]:
        """What the action takes: references, reasons, distinctions and citations by group, what the page showed."""
        sent = self.cleaned_data
        own = {key: sent[name] for name, key in self._own.items() if sent.get(name)}
        keys = ["", *self._own.values()]
        return {
            "compared_with": [text.strip() for text in sent["compared_with"].split(",")],
            "reasons": sent["reasons"],
            "distinctions": {**({"": sent[ALL]} if sent.get(ALL) else {}), **own},
            "ours": {key: [one] for key in keys if (one := sent.get(_field_of(OURS, key)))},
            "theirs": {key: f"{which}|{one}" for key in keys if (which := self._which(key)) + (one := self._one(key))},
            "departs": [key for key in keys if sent.get(_field_of(WAY, key))],
            "likes_seen": self._seen,
        }

    def _which(self, key: str) -> str:
        return str(self.cleaned_data.get(f"{WHICH}-{key}") or "") if key else ""

    def _one(self, key: str) -> str:
        """Return what of the other record is cited: where it was chosen for all, the group's own case has that, too."""
        return str(self.cleaned_data.get(_field_of(THEIRS, key)) or self.cleaned_data.get(THEIRS) or "")


class ReturnForm(forms.Form):
    """Which of two like cases goes back, and why: `references` are theirs."""

    which = forms.ChoiceField(
        label="Which case goes back to level 1?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the case that goes back."},
    )
    reason = long_text(
        "What in its record has to be judged again?",
        help_text="It goes on the record of that case. Do not name the other case: its result is not public.",
        rows=3,
    )

    def __init__(self, sent: Any, *, references: Sequence[str]) -> None:
        super().__init__(sent)
        self.fields["which"].choices = [(name, name) for name in references]  # type: ignore[attr-defined]


class DepartureForm(forms.Form):
    """Confirming what a case departs from. `rows` are those of the comparison of this key, `review`."""

    review = forms.IntegerField(widget=forms.HiddenInput, required=False)
    agreed = forms.BooleanField(required=False)

    def __init__(self, sent: Any, *, rows: Sequence[Mapping[str, Any]], review: int | None) -> None:
        super().__init__(sent, initial={"review": review})
        what = "; ".join(f"{row['label']} ({row['words']})" for row in rows)
        self.fields["agreed"].label = f"I confirm that this case departs from: {what}"
        self.fields["agreed"].help_text = " ".join(dict.fromkeys(str(row["distinction"]) for row in rows))


def _field_of(side: str, key: str) -> str:
    return f"{side}-{key}" if key else side


def of_this_record(passages: Mapping[str, Passage], responses: Choices) -> list[Any]:
    """Return what can be cited of the case: what it answers, or leaves open, and the responses to it."""
    answers = [(key, _short(one)) for key, one in passages.items()]
    return [("", "Choose a passage"), *_in_groups(answers, responses)]


def of_theirs(passages: Mapping[str, Passage], responses: Choices) -> list[Any]:
    """Return what can be cited of a like case: the questions that both were asked, and the responses to it."""
    asked = [(f"answer:{one.question}", one.words) for one in passages.values()]
    return [("", SAME), *_in_groups(asked, responses)]


def _in_groups(answers: Choices, responses: Choices) -> list[tuple[str, Choices]]:
    return [(words, found) for words, found in (("Answers", answers), ("Responses", responses)) if found]


def _short(passage: Passage) -> str:
    return f"{passage.words}: {excerpt(passage.text, IN_LIST)}" if passage.text else passage.words


def _response(name: str) -> tuple[str, str]:
    return f"response:{name}", f"Response {name}"
