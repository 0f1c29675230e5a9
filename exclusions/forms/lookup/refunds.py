"""Lines of entries, pasted or in a file, and what is made of the answer. Nothing of it is kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exclusions.gateways.entries.cells import Choices, Days
from exclusions.gateways.entries.columns import NEEDED, Layout

MOST_BYTES = 10_000_000
KINDS = ("page", "xlsx", "csv", "ics")
MAY_CHOOSE = (*NEEDED, "line_number", "description", "liquidated_on", "origin")
LAST_COLUMN = 999
ITEMS = {
    "entry_number": ("Entry number", ""),
    "entry_date": ("Entry date", "Not the date of the entry summary"),
    "hts10": ("HTS number", ""),
    "value": ("Entered value", "In US dollars"),
    "duty_paid": ("Duty paid", "Section 301 duty only, or the duty of each tariff number"),
    "line_number": ("Entry summary line number", "Choose it if each 9903 number has a row of its own"),
    "description": ("Description of the goods", ""),
    "liquidated_on": ("Liquidation date", ""),
    "origin": ("Country of origin", ""),
}
DAYS = (
    (Days.MONTH_FIRST, "Month first: 06/30/2019"),
    (Days.DAY_FIRST, "Day first: 30/06/2019"),
    (Days.COUNTED, "A spreadsheet’s count of days: 43646 is June 30, 2019"),
)


class RefundsForm(forms.Form):
    """Takes pasted lines, or a file instead of them, and what its sender says of it: its columns, days and zeros.

    `start` is the place from 0 of the first line that the page shows; `choose` asks for the columns again; `columns_of`
    is the mark of the headings for which columns were chosen.
    """

    lines = forms.CharField(
        label=_("Lines of your entries"),
        required=False,
        max_length=4_000_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    file = forms.FileField(label=_("Or a file, CSV or XLSX"), required=False, allow_empty_file=True)
    answer_as = forms.ChoiceField(choices=[(kind, kind) for kind in KINDS], required=False)
    days = forms.ChoiceField(label=_("How dates are written"), choices=DAYS, required=False)
    zeros = forms.BooleanField(label=_("Put back the first zero of numbers with 7 or 9 digits"), required=False)
    start = forms.IntegerField(required=False, min_value=0, max_value=50_000)
    choose = forms.BooleanField(required=False)
    columns_of = forms.CharField(required=False, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in MAY_CHOOSE:
            self.fields[f"column_{name}"] = forms.IntegerField(
                label=ITEMS[name][0], required=False, min_value=0, max_value=LAST_COLUMN
            )

    def clean_file(self) -> object:
        """Refuse a file that no list of 50,000 lines fills."""
        given = self.cleaned_data["file"]
        if given and given.size > MOST_BYTES:
            raise forms.ValidationError(
                _("This file is larger than %(most)s MB. Divide it.") % {"most": MOST_BYTES // 1000000}
            )
        return given

    def clean(self) -> dict[str, Any]:
        """Return what was given. One of the two has to be."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("file") and not cleaned.get("lines", "").strip():
            self.add_error("lines", _("Paste the lines of your entries, or choose a file of them."))
        return cleaned

    @property
    def columns_chosen(self) -> dict[str, int]:
        """The columns that were chosen, by name; none before the form is valid."""
        said = getattr(self, "cleaned_data", {})
        given = {name: said.get(f"column_{name}") for name in MAY_CHOOSE}
        return {name: place for name, place in given.items() if place is not None}

    @property
    def days_chosen(self) -> str:
        """How dates are written, where that was chosen; "" elsewhere."""
        return str(getattr(self, "cleaned_data", {}).get("days") or "")

    @property
    def day_choices(self) -> tuple[tuple[Days, str], ...]:
        """The ways in which dates may be written."""
        return DAYS

    @property
    def choices(self) -> Choices:
        """What was said of the file; a valid form only."""
        said = self.cleaned_data
        return Choices(
            self.columns_chosen, said["columns_of"], Days(self.days_chosen or Days.MONTH_FIRST), said["zeros"]
        )

    def refuse_twice(self) -> bool:
        """Refuse a column that was chosen for two things; say whether there is one."""
        chosen = self.columns_chosen
        twice = [name for name, place in chosen.items() if list(chosen.values()).count(place) > 1]
        for name in twice[:1]:
            said = " and ".join(f"“{ITEMS[one][0]}”" for one in twice)
            self.add_error(
                f"column_{name}",
                _("You chose the same column for %(said)s. Choose another for one of them.") % {"said": said},
            )
        return bool(twice)

    def wanted(self, layout: Layout) -> list[dict[str, Any]]:
        """Return what a page asks for column by column: name, label, hint, whether needed, place, error."""
        asked = []
        for name in MAY_CHOOSE:
            label, hint = ITEMS[name]
            error = next(iter(self.errors.get(f"column_{name}", [])), "")
            described = " ".join(f"{name}-{what}" for what, there in (("hint", hint), ("error", error)) if there)
            place = self.columns_chosen.get(name, layout.columns.get(name))
            asked.append(
                {"name": name, "label": label, "hint": hint, "needed": name in NEEDED, "place": place, "error": error,
                 "described": described}
            )  # fmt: skip
        return asked
