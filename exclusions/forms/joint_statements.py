"""The form of a statement on many petitions beside its questions: which petitions, and what of those that refuse.

The petitions are lines of text: a reference each, and with a heading row a column for what differs from one to another.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exclusions.actions.filing.joint.judging import Case
from exclusions.gateways.bulk_sheets.reading import read_text
from exclusions.gateways.documents.inspection import FileRefused
from exclusions.models import Round
from exclusions.questionnaires.named_fields import REFERENCE, plain_name

FIND, PREVIEW, SEND = "find", "preview", "send"
OTHERS, ALL = "others", "all"
_REFERENCE = re.compile(r"[A-Za-z]{2,8}-[0-9]{4}-[0-9]{4,5}-[0-9]{1,12}")


class CasesForm(forms.Form):
    """The round, words and numbers to search by, the list, and whether the others go where some cannot."""

    round = forms.ChoiceField(
        label=_("Round"),
        error_messages={"invalid_choice": _("Choose one of the rounds in which responses are open.")},
    )
    q = forms.CharField(label=_("Words, or a reference"), max_length=200, required=False)
    hts = forms.CharField(label=_("HTSUS number begins with"), max_length=20, required=False)
    organization = forms.CharField(label=_("Organization"), max_length=200, required=False)
    cases = forms.CharField(
        label=_("Petitions, one a line"),
        help_text=_(
            "Paste references, or a table whose first row is headings, one of them “reference”. A column of your own "
            "is a field: {column} in a text. A column headed by the name of a question answers it."
        ),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        required=False,
        strip=False,
    )
    others = forms.ChoiceField(
        label=_("What if some petitions cannot take your response?"),
        choices=[
            (OTHERS, _("Send it to the others. We name those that we leave out")),
            (ALL, _("Send none until all can take it")),
        ],
        initial=OTHERS,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what happens if some petitions cannot take your response."),
            "invalid_choice": _("Choose to send it to the others, or to send none."),
        },
    )

    def __init__(self, *args: Any, rounds: Sequence[Round], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rounds = {round.slug: round for round in rounds}
        offered = [(round.slug, f"{round.docket} {round.title}") for round in rounds]
        self.fields["round"].choices = offered  # type: ignore[attr-defined]

    @property
    def chosen_round(self) -> Round | None:
        """The round that was chosen, the first where none was; None where none is open."""
        asked = self.data.get("round") if self.is_bound else self.initial.get("round")
        return self._rounds.get(str(asked or "")) or next(iter(self._rounds.values()), None)

    def clean_cases(self) -> list[Case]:
        """Return the petitions that the lines name, with their own values."""
        return read_cases(self.cleaned_data["cases"])

    @property
    def others_go(self) -> bool:
        """Whether the statement is sent to the others where some petitions refuse it."""
        return bool(self.cleaned_data.get("others") == OTHERS)


def read_cases(text: str) -> list[Case]:
    """Return the petitions of a pasted list or table. Raises ValidationError with the line that cannot be read."""
    if not text.strip():
        return []
    if _REFERENCE.match(text.lstrip('" ')):
        return _read_references(text)
    try:
        sheet = read_text(text)
    except FileRefused as refused:
        raise forms.ValidationError(str(refused)) from refused
    headings = [plain_name(heading) for heading in sheet.headings]
    if REFERENCE not in headings:
        raise forms.ValidationError(
            _("The first line has no column “reference”. Begin with the references, or with a row of headings.")
        )
    cases = []
    for row in sheet.rows:
        cells = [*row.cells, *[""] * (len(headings) - len(row.cells))]
        if len(cells) > len(headings):
            raise forms.ValidationError(
                _("“%(line)s” has more cells than there are headings. Give each column a heading.")
                % {"line": ", ".join(row.cells)[:100]}
            )
        cases.append(as_listed({name: cell for name, cell in zip(headings, cells, strict=True) if name}))
    return cases


def _read_references(text: str) -> list[Case]:
    """Return the petitions of a list without headings, whatever stands between the references."""
    named = [one.strip("\"'") for one in re.split(r"[\s,;]+", text)]
    if strange := [one for one in named if one and not _REFERENCE.fullmatch(one)]:
        raise forms.ValidationError(
            _("“%(text)s” is no reference. For columns of your own, begin with a row of headings.")
            % {"text": strange[0][:100]}
        )
    return [as_listed({REFERENCE: one}) for one in named if one]


def as_listed(cells: Mapping[str, str]) -> Case:
    """Return a petition as a line of the list names it: `reference`, and its other columns by their headings."""
    named = {plain_name(name): " ".join(value.split()) for name, value in cells.items()}
    return Case(named.pop(REFERENCE, "").upper(), named)


def with_more(text: str, references: Sequence[str]) -> tuple[str, int]:
    """Return the list with the references that it does not name yet, each a line of its own, and how many these are."""
    named = text.upper()
    more = [reference for reference in references if reference not in named]
    kept = text.rstrip("\n")
    return "\n".join([*([kept] if kept.strip() else []), *more]), len(more)
