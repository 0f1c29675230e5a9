"""A question to the filer, and its answer."""

from django import forms


class InquiryForm(forms.Form):
    """What is asked, and until when it may be answered."""

    question = forms.CharField(
        label="Question",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Sent to the filer and shown on the public docket: name the question of the form instead of what was "
        "answered in confidence.",
        error_messages={"required": "Type the question."},
    )
    last_day = forms.DateField(
        label="Last day to answer",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="The case may go on meanwhile. Days that the filer has are not counted as the agency’s.",
        error_messages={"required": "Give the last day.", "invalid": "Enter a date such as 2019-07-22."},
    )


class InquiryAnswerForm(forms.Form):
    """The filer's answer."""

    text = forms.CharField(
        label="Your answer",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Given once. It is on the record of your case and stands on the public docket: put nothing "
        "confidential in it. What has to stay confidential belongs in the petition: ask the agency to return it.",
        error_messages={"required": "Type your answer."},
    )
