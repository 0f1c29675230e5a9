"""What a person wants to watch, and where the mail goes."""

from typing import Any

from django import forms

from exclusions.models import Subscription
from exclusions.queries.public.watched import KINDS, NotWatchable, Watched, watched

NO_ADDRESS = "Enter the https address to which the webhook shall be posted."
NOT_A_HOOK = "Only a webhook has an address. Choose “Webhook”, or leave this empty."


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


class OwnWatchForm(ThingForm):
    """What a person who is signed in watches, and how they are told; a webhook needs an address."""

    channel = forms.ChoiceField(
        label="How to be told",
        choices=Subscription.Channel.choices,
        initial=Subscription.Channel.EMAIL,
        help_text="A feed is read by your own reader; a webhook is posted to a program of yours.",
    )
    url = forms.CharField(
        label="Address of the webhook",
        max_length=500,
        required=False,
        help_text="Only for a webhook: an https address, port 443 or 8443, for example https://example.com/hook.",
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the address where it is a webhook's, and for none elsewhere."""
        cleaned = super().clean()
        channel, url = cleaned.get("channel"), cleaned.get("url", "")
        if channel and "url" not in self.errors and (channel == Subscription.Channel.WEBHOOK) != bool(url):
            self.add_error("url", NO_ADDRESS if not url else NOT_A_HOOK)
        return cleaned
