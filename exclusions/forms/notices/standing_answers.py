"""A standing answer as counsel writes it."""

from django import forms

from exclusions import criteria


class StandingAnswerForm(forms.Form):
    """The argument in a few words, the factor that it is about, and the answer."""

    title = forms.CharField(
        label="The argument that it answers",
        max_length=120,
        error_messages={"required": "Say in a few words which argument it answers."},
    )
    criterion = forms.ChoiceField(
        label="Criterion",
        required=False,
        choices=[("", "None"), *((one.key, one.title) for one in criteria.ALL)],
    )
    words = forms.CharField(
        label="The answer",
        help_text="Everybody reads it in each decision that cites it. It names no case and nothing of one.",
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Write the answer. Everybody reads it."},
    )
