"""Fields of the admin that several tables share."""

from typing import Any

from django import forms

from exclusions import hts


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
