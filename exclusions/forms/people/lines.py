"""A file of lines for a list, and why they are to be put on it."""

from django import forms

MOST_BYTES = 4 * 1024 * 1024


class LinesForm(forms.Form):
    """The file, and where its lines come from."""

    source = forms.CharField(
        label="Source",
        max_length=300,
        help_text="The notice or annex, for example 84 FR 43304, Annex A. Each line keeps it.",
    )
    file = forms.FileField(
        label="File of lines, CSV or XLSX", help_text="At most 4 MB. You see a preview before anything is saved."
    )

    def clean_file(self) -> object:
        """Refuse a file that no list of lines fills."""
        given = self.cleaned_data["file"]
        if given.size > MOST_BYTES:
            raise forms.ValidationError("This file is larger than 4 MB. Split it.")
        return given
