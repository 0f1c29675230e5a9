"""What a desk enters once for many cases: the forms of one case, and one for all the findings."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django import forms

from exclusions import criteria
from exclusions.actions.casework.adopted import OWN_RESPONSES
from exclusions.checks.substance import questions
from exclusions.criteria import Criterion
from exclusions.forms.casework.consistency import DEPART, SAME, Passages
from exclusions.forms.casework.review import LONG, Citations
from exclusions.forms.meant import AsksAgain, meant_field
from exclusions.models import ArgumentAnswer, StandingAnswer

OWN = "Each case’s own responses, and its replies to them"


class JointFindingsForm(AsksAgain):
    """A finding on each criterion of the round; one that is left without a result is not recorded."""

    def __init__(
        self,
        data: Any = None,
        *,
        asked: Iterable[Criterion],
        citable: Mapping[str, str],
        numbers: Mapping[str, Collection[str]],
    ) -> None:
        super().__init__(data)
        self._asked = list(asked)
        self._numbers = numbers
        for criterion in self._asked:
            self._add(criterion, citable)
        self.show_ticked()

    def _add(self, criterion: Criterion, citable: Mapping[str, str]) -> None:
        key, title = criterion.key, criterion.title
        self.fields[f"{key}-result"] = forms.ChoiceField(
            label=f"{title}: what do the records show?",
            help_text=criterion.question,
            choices=[(result, criteria.RESULTS[result]) for result in criterion.results],
            widget=forms.RadioSelect,
            required=False,
        )
        reasons = forms.CharField(
            label=f"{title}: reasons",
            help_text="Applies to every case. Published with each decision and printed in each letter.",
            required=False,
            max_length=LONG,
            widget=forms.Textarea(attrs={"rows": 4}),
        )
        reasons.visibility = "public"  # type: ignore[attr-defined]  # the badge that the template shows
        self.fields[f"{key}-reasons"] = reasons
        offered = [(value, words) for value, words in citable.items() if criterion.bears(value)]
        citations = Citations(label=f"{title}: what in each record supports it?", required=False)
        citations.choices = [*offered, (OWN_RESPONSES, OWN)]
        self.fields[f"{key}-citations"] = citations
        self.fields[f"{key}-meant"] = meant_field(title)

    def clean(self) -> dict[str, Any]:
        """Ask for at least one finding, and for both halves of each."""
        cleaned = super().clean() or {}
        begun = False
        for criterion in self._asked:
            result, reasons = cleaned.get(f"{criterion.key}-result"), cleaned.get(f"{criterion.key}-reasons")
            begun = begun or bool(result)
            if result and not reasons:
                self.add_error(f"{criterion.key}-reasons", "Give the reasons of the finding. They are published.")
            if reasons and not result:
                self.add_error(f"{criterion.key}-result", "Choose what the records show.")
        if not begun and not self.errors:
            self.add_error(None, "Choose what the records show on at least one criterion.")
        self._ask(cleaned)
        return cleaned

    def _ask(self, cleaned: Mapping[str, Any]) -> None:
        """Ask about reasons that repeat others or name what is not cited, before the cases are shown."""
        before: dict[str, str] = {}
        for criterion in self._asked:
            key, reasons = criterion.key, str(cleaned.get(f"{criterion.key}-reasons") or "")
            cites = cleaned.get(f"{key}-citations") or ()
            if reasons and not cleaned.get(f"{key}-meant"):
                for sentence in questions(reasons, cites, others=before, numbers=self._numbers):
                    self.add_error(f"{key}-meant", sentence)
            before[criterion.title] = reasons

    @property
    def findings(self) -> dict[str, dict[str, Any]]:
        """What was entered, as the action takes it."""
        sent = self.cleaned_data
        return {
            criterion.key: {
                "result": sent[f"{criterion.key}-result"],
                "reasons": sent[f"{criterion.key}-reasons"],
                "citations": sent[f"{criterion.key}-citations"],
                **({"meant": True} if sent[f"{criterion.key}-meant"] else {}),
            }
            for criterion in self._asked
            if sent.get(f"{criterion.key}-result")
        }


class JointConsistencyForm(forms.Form):
    """The comparison of the cases with each other, and with like ones outside of the cluster."""

    others = forms.CharField(
        label="Further references",
        help_text="Petitions outside the cluster that you compared. Separate them with commas.",
        required=False,
        max_length=1000,
    )
    reasons = forms.CharField(
        label="How the outcome compares",
        help_text="Only staff see it. If you leave it empty, the record lists the like cases.",
        required=False,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    distinctions = forms.CharField(
        label="What sets the cases apart from like ones with another result",
        help_text="Required if there are any. Published with each decision and printed in the letter.",
        required=False,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    ours = Passages(
        label="What in each record shows it",
        help_text="Each case cites its own answer to this question.",
        required=False,
    )
    theirs = Passages(label="What the other record shows", required=False)
    departs = forms.BooleanField(label=DEPART, required=False)

    def __init__(self, *args: Any, citable: Mapping[str, str], **kwargs: Any) -> None:
        """`citable` are the public answers that the cases have, by citation."""
        super().__init__(*args, **kwargs)
        asked = [(f"answer:{key.partition(':')[2]}", words) for key, words in citable.items()]
        self.fields["ours"].choices = [("", "Choose a question"), *citable.items()]  # type: ignore[attr-defined]
        self.fields["theirs"].choices = [("", SAME), *asked]  # type: ignore[attr-defined]

    @property
    def compared_with(self) -> list[str]:
        """The references that were typed."""
        return [name for text in self.cleaned_data["others"].split(",") if (name := text.strip())]


class JointAnswerForm(forms.Form):
    """What answers arguments that many of the cases make; nothing in it is chosen beforehand."""

    like = forms.MultipleChoiceField(
        label="Which arguments",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Tick at least one argument.",
            "invalid_choice": "An argument that you ticked is no longer marked. Read the list again.",
        },
    )
    kind = forms.ChoiceField(
        label="What answers it",
        choices=ArgumentAnswer.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what answers it."},
    )
    standing = forms.TypedChoiceField(label="Standing answer, if one", required=False, coerce=int, empty_value=None)
    reason = forms.CharField(
        label="Why it is beside the criteria",
        help_text="Only if it is. Published with each decision and printed in each letter.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, data: Any = None, *, like: Iterable[tuple[str, str]], standing: Iterable[StandingAnswer], **kwargs: Any
    ) -> None:
        """Offer the arguments that the cases make, and the standing answers in use."""
        super().__init__(data, **kwargs)
        known = [(str(one.pk), f"{one.pk}: {one.title}") for one in standing]
        self.fields["like"].choices = list(like)  # type: ignore[attr-defined]
        self.fields["standing"].choices = [("", "None"), *known]  # type: ignore[attr-defined]


class JointTakeForm(forms.Form):
    """Nothing is entered to take cases."""
