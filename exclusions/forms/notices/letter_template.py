"""What is typed for a version of a letter's template."""

from django import forms


class TemplateForm(forms.Form):
    """The words, why they change, and the case on which they are looked at."""

    text = forms.CharField(
        label="Template",
        widget=forms.Textarea(attrs={"rows": 28, "spellcheck": "true"}),
        strip=False,
        error_messages={"required": "Write the template. The one in force is below."},
    )
    reference = forms.CharField(
        label="Case for the preview",
        max_length=40,
        required=False,
        help_text="The reference of a case that got such a letter. The preview leaves the address out.",
    )
    why = forms.CharField(
        label="What changes, and why?",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For the record, and for the person who confirms it.",
    )


class PreviewForm(forms.Form):
    """The case on which a version is looked at."""

    reference = forms.CharField(
        label="Case for the preview",
        max_length=40,
        help_text="The reference of a case that got such a letter. The preview leaves the address out.",
        error_messages={"required": "Give the reference of a case that got such a letter."},
    )
