"""What a person wants to watch, and where the mail goes."""

from typing import Any

from django import forms

from exclusions.queries.public.watched import KINDS, NotWatchable, Watched, watched


class ThingForm(forms.Form):
    """A kind of thing and which one. `thing` is what was found, once the form is valid."""

    kind = forms.ChoiceField(label="What to watch", choices=list(KINDS.items()))
    key = forms.CharField(
        label="Which one",
        max_length=300,
        help_text="An HTSUS number of 4 to 10 digits, a reference, a name as the docket writes it, or a round's short "
        "name, for example 8413.81.0040.",
        error_messages={"required": "Say which one: a number, a reference or a name."},
    )

    thing: Watched | None = None

    def clean(self) -> dict[str, Any]:
        """Find the thing that is named."""
        cleaned = super().clean() or {}
        if cleaned.get("kind") and cleaned.get("key"):
            try:
                self.thing = watched(cleaned["kind"], cleaned["key"])
            except NotWatchable as error:
                self.add_error("key", str(error))
        return cleaned


class WatchForm(ThingForm):
    """What anybody may watch, with the address that is told of it."""

    email = forms.EmailField(
        label="Your e-mail address",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="It is used for this mail alone, and forgotten when you stop it.",
        error_messages={
            "required": "Enter the address to which the mail shall go.",
            "invalid": "This is not an e-mail address. Write it whole, for example name@example.com.",
        },
    )
