"""What a person who is signed in wants to watch, and how they are told."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exclusions.forms.lookup.watch import ThingForm
from exclusions.models import Subscription

NO_ADDRESS = "Enter the https address for the webhook."
NOT_A_HOOK = "Only a webhook has an address. Choose “Webhook”, or leave this empty."


class OwnWatchForm(ThingForm):
    """What a person who is signed in watches, and how they are told; a webhook needs an address."""

    channel = forms.ChoiceField(
        label=_("How to be told"),
        choices=Subscription.Channel.choices,
        initial=Subscription.Channel.EMAIL,
        help_text=_("Your own reader reads a feed. We post a webhook to your program."),
    )
    url = forms.CharField(
        label=_("Address of the webhook"),
        max_length=500,
        required=False,
        help_text=_("Only for a webhook: an https address, port 443 or 8443, for example https://example.com/hook."),
    )

    field_order = ("kind", "key", "round", "digits", "channel", "url", "rate")

    def clean(self) -> dict[str, Any]:
        """Ask for the address where it is a webhook's, and for none elsewhere."""
        cleaned = super().clean()
        channel, url = cleaned.get("channel"), cleaned.get("url", "")
        if channel and "url" not in self.errors and (channel == Subscription.Channel.WEBHOOK) != bool(url):
            self.add_error("url", NO_ADDRESS if not url else NOT_A_HOOK)
        return cleaned
