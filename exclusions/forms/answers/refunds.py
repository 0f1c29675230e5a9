"""Lines of entries, pasted or in a file, and what is made of the answer. Nothing of it is kept."""

from typing import Any

from django import forms

MOST_BYTES = 10_000_000
KINDS = ("page", "xlsx", "csv", "ics")


class RefundsForm(forms.Form):
    """Takes pasted lines, or a file instead of them."""

    lines = forms.CharField(
        label="Lines of your entries",
        required=False,
        max_length=4_000_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    file = forms.FileField(label="Or a file, CSV or XLSX", required=False, allow_empty_file=True)
    answer_as = forms.ChoiceField(choices=[(kind, kind) for kind in KINDS], required=False)

    def clean_file(self) -> object:
        """Refuse a file that no list of 50,000 lines fills."""
        given = self.cleaned_data["file"]
        if given and given.size > MOST_BYTES:
            raise forms.ValidationError(f"This file is larger than {MOST_BYTES // 1_000_000} MB. Divide it.")
        return given

    def clean(self) -> dict[str, Any]:
        """Return what was given. One of the two has to be."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("file") and not cleaned.get("lines", "").strip():
            self.add_error("lines", "Paste the lines of your entries, or choose a file of them.")
        return cleaned
