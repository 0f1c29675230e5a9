"""What a level recommends, and what it says of like cases that stand otherwise: one of three, which nothing chooses
beforehand.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from exclusions.actions.review.unlike import Unlike
from exclusions.forms.casework.consistency import SAME, Passages, of_theirs, of_this_record
from exclusions.forms.casework.review import codes_field, departure_field, long_text, outcome_field
from exclusions.queries.casework.case.passages import Passage

NAMES = ("unlike", "ours", "theirs", "departs", "refers")


class UnlikeForm(forms.Form):
    """The answer to like cases with another result. A page that shows none leaves it out (`without_unlike`)."""

    unlike = long_text(
        "If like cases stand otherwise: what sets this case apart, or why you depart or refer the difference",
        help_text=(
            "Cite what sets the case apart, or tick one of the boxes. The consistency review settles it, and may "
            "publish your words. Do not include confidential matter."
        ),
        required=False,
        rows=2,
        visibility="public",
    )
    ours = Passages(label="What in this record sets it apart", required=False)
    theirs = Passages(label="What the other record shows", required=False)
    departs = forms.BooleanField(label="Propose to depart from the earlier decision", required=False)
    refers = forms.BooleanField(label="Refer the difference to the consistency review", required=False)

    def offer_unlike(self, passages: Iterable[Passage]) -> None:
        """Offer what may be cited: `passages` are the public answers of the case."""
        public = {one.citation: one for one in passages}
        self.fields["ours"].choices = of_this_record(public, [])  # type: ignore[attr-defined]
        self.fields["theirs"].choices = of_theirs(public, [])  # type: ignore[attr-defined]

    def offer_questions(self, citable: Mapping[str, str]) -> None:
        """Offer the questions that several cases answer, by citation."""
        asked = [(f"answer:{key.partition(':')[2]}", words) for key, words in citable.items()]
        self.fields["ours"].choices = [("", "Choose a question"), *citable.items()]  # type: ignore[attr-defined]
        self.fields["theirs"].choices = [("", SAME), *asked]  # type: ignore[attr-defined]

    def without_unlike(self) -> None:
        """Ask nothing about like cases."""
        for name in NAMES:
            self.fields.pop(name, None)

    @property
    def unlike_fields(self) -> list[forms.BoundField]:
        """The fields of the answer; none where nothing is asked."""
        return [self[name] for name in NAMES if name in self.fields]

    @property
    def answer(self) -> Unlike:
        """What was entered, as the action takes it."""
        return Unlike(**{name: self.cleaned_data[name] for name in NAMES if name in self.cleaned_data})

    @property
    def entered(self) -> dict[str, Any]:
        """What the action takes: the other fields as they are, and the answer as one."""
        return {name: said for name, said in self.cleaned_data.items() if name not in NAMES} | {"unlike": self.answer}


class RecommendationForm(UnlikeForm):
    """The overall recommendation of a level."""

    outcome = outcome_field()
    denial_codes = codes_field()
    reasons = long_text(
        "Reasons",
        help_text=(
            "Say how the findings weigh together. Desks that agree adopt these words, and the signatory may publish "
            "them. Do not include confidential matter."
        ),
    )
    departure = departure_field("level 1")
    field_order = ("outcome", "denial_codes", "reasons", "departure", *NAMES)

    def __init__(self, *args: Any, level: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if level == 1:  # no desk is before it
            del self.fields["departure"]
