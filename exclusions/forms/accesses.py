"""The filter of the access log."""

from django import forms

from exclusions.workflow.roles import Role


class AccessFilter(forms.Form):
    """What the access log is narrowed to."""

    reference = forms.CharField(label="Petition", required=False, max_length=40)
    who = forms.CharField(label="Person", required=False, max_length=200, help_text="Part of a name or e-mail address")
    role = forms.ChoiceField(
        label="Role", required=False, choices=[("", "Every role"), *[(role.value, role.label) for role in Role]]
    )
    since = forms.DateField(label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="To", required=False, widget=forms.DateInput(attrs={"type": "date"}))
