"""A question to the filer, and its answer."""

from django import forms


class InquiryForm(forms.Form):
    """What is asked, and until when it may be answered."""

    question = forms.CharField(
        label="Question",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="The filer and the public docket show it. Name the question of the form, never the confidential "
        "answer.",
        error_messages={"required": "Type the question."},
    )
    last_day = forms.DateField(
        label="Last day to answer",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="The case may go on meanwhile. The filer’s days do not count against the agency.",
        error_messages={"required": "Give the last day.", "invalid": "Enter a date such as 2019-07-22."},
    )


class InquiryAnswerForm(forms.Form):
    """The filer's answer."""

    text = forms.CharField(
        label="Your answer",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="You can answer once. The public docket shows your answer, so include nothing confidential. "
        "To give confidential matter, ask the agency to return the petition.",
        error_messages={"required": "Type your answer."},
    )
