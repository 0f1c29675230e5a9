"""What each agency of the Section 301 Committee says, a row an agency, entered with the assessment."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from exclusions.workflow.agencies import AGENCIES, LONGEST, VIEWS


class AgencyViewsForm(forms.Form):
    """Rows of one view and its words. An agency that is left empty said nothing."""

    template_name = "casework/case/case_entries/_assessment_form.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, name in AGENCIES.items():
            choices = [("", "Nothing"), *VIEWS.items()]
            self.fields[f"view_{key}"] = forms.ChoiceField(label=f"View of {name}", choices=choices, required=False)
            self.fields[f"words_{key}"] = forms.CharField(
                label=f"Words of {name}", max_length=LONGEST, required=False, widget=forms.TextInput
            )

    def agency_rows(self) -> Iterator[tuple[str, BoundField, BoundField]]:
        """Yield the name of each agency with its two fields."""
        for key, name in AGENCIES.items():
            yield name, self[f"view_{key}"], self[f"words_{key}"]

    def other_fields(self) -> list[BoundField]:
        """Return the fields that stand above the rows."""
        return [self[name] for name in self.fields if not name.startswith(("view_", "words_"))]

    def clean(self) -> dict[str, Any]:
        """Return what was entered, the rows as the action takes them: `views`."""
        sent = super().clean() or self.cleaned_data
        rows = [
            {"agency": key, "view": sent.pop(f"view_{key}", ""), "words": sent.pop(f"words_{key}", "")}
            for key in AGENCIES
        ]
        return {**sent, "views": [row for row in rows if row["view"] or row["words"]]}
