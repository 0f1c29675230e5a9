"""A list, a rate or a line as an administrator proposes it, in the words of the field; its model judges it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from exclusions import hts
from exclusions.forms.people.lines import LinesForm
from exclusions.models import ActionRate, CoveredLine, TariffAction
from exclusions.queries.people.tariff_changes import JudgedRow

MOST_OF_ROUND = 64 * 1024  # bytes


class NumberField(forms.CharField):
    """A number of the schedule, with or without dots; kept as plain digits."""

    def __init__(self, *, digits: tuple[int, ...], **kwargs: Any) -> None:
        self.digits = digits
        super().__init__(max_length=14, **kwargs)

    def clean(self, value: Any) -> str:
        """Return the plain digits. Raises ValidationError with what is wrong."""
        given: str = super().clean(value)
        try:
            return hts.parse(given, digits=self.digits).plain if given else ""
        except hts.HtsError as error:
            raise forms.ValidationError(str(error)) from error


def _day(label: str, help_text: str = "", *, required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Enter a date such as 2020-08-07.", "required": "Enter the first day."},
    )


LAST_DAY = "The day itself is included. Leave it empty if no end is set."


class TariffForm(JudgedRow):
    """One row of a tariff table: judged as it would be written, and written by nobody alone.

    `asks_why`: it has the reason of the proposal, too; of several forms of one proposal one has it.
    """

    reason = forms.CharField(
        label="Why, and on which notice does it rest?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For the record, and for the administrator who confirms it.",
        error_messages={"required": "Say why. The person who confirms it and readers of the record rely on this."},
    )

    def __init__(self, *args: Any, asks_why: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_why:
            del self.fields["reason"]

    def values(self) -> dict[str, Any]:
        """Return what was entered as plain JSON, by column."""
        return {name: _plain(value) for name, value in self.cleaned_data.items() if name != "reason"}


class RateForm(TariffForm):
    """One rate; the heading may be typed with its dots."""

    heading = NumberField(label="Chapter 99 heading", digits=(8,), help_text="Such as 9903.88.03.")
    other_goods = NumberField(
        label="Heading of the other goods", digits=(8,), required=False, help_text="Leave it empty if none is printed."
    )
    valid_from = _day("First day", required=True)
    valid_to = _day("Last day", LAST_DAY)

    class Meta:
        model = ActionRate
        fields = ("heading", "pct", "kind", "valid_from", "valid_to", "goods", "other_goods", "source")
        labels = {"pct": "Additional duty, percent of value", "goods": "Some goods only"}
        help_texts = {
            "source": "The notice, such as 84 FR 43304.",
            "goods": "Only if the heading covers some goods of its lines: name those goods.",
        }


class LineForm(TariffForm):
    """One line; numbers may be typed with their dots."""

    number = NumberField(label="Number", digits=(8, 10), help_text="8 or 10 digits, such as 8413.81.00.")
    heading = NumberField(label="Chapter 99 heading", digits=(8,), help_text="Such as 9903.88.03.")
    valid_from = _day("First day", required=True)
    valid_to = _day("Last day", "The day itself is included. Leave it empty if the number is still covered.")

    class Meta:
        model = CoveredLine
        fields = ("number", "heading", "included", "valid_from", "valid_to", "source")
        help_texts = {"source": "The notice, such as 84 FR 43304."}


class ListForm(TariffForm):
    """A list, in the words of the field."""

    effective_on = _day("In force since", "The first day of entries that owe the duty. Empty if it never took effect.")

    class Meta:
        model = TariffAction
        fields = ("code", "name", "citation", "effective_on", "suspended", "note", "position", "reach", "unless")
        labels = {
            "code": "Short name of the list",
            "citation": "Federal Register citation",
            "suspended": "Suspended before it took effect",
            "position": "Place in tables",
        }
        help_texts = {
            "code": "Such as 4A. Pages show it as “List 4A”.",
            "name": "Such as “the $300 billion action, first part”.",
            "citation": "The notice that imposes the duty, such as 84 FR 43304.",
            "note": "Such as 20(r).",
            "position": "Lists are shown in this order: 1 comes first.",
            "unless": "Only for an action on all goods: the goods it leaves out, with their headings. "
            "Pages ask it as a question.",
        }


class RoundFileForm(forms.Form):
    """The file with a round of a list, and with the form that the round asks."""

    round_file = forms.FileField(
        label="File of the round and its form, TOML",
        help_text="At most 64 KB. It is kept with the proposal. The round is made when another administrator confirms.",
    )

    def clean_round_file(self) -> object:
        """Refuse a file that no round fills; none is none."""
        given = self.cleaned_data["round_file"]
        if given and given.size > MOST_OF_ROUND:
            raise forms.ValidationError("This file is larger than 64 KB. It holds one round and its form alone.")
        return given


class NewListLinesForm(RoundFileForm, LinesForm):
    """The files with the lines and with the round of a new list, either of which may come later."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False

    def clean_file(self) -> object:
        """Refuse a file that no list of lines fills; none is none."""
        return super().clean_file() if self.cleaned_data.get("file") else None


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
