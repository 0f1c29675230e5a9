"""What a person wants to watch, and where the mail goes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exclusions.queries.public.watched import KINDS, NotWatchable, Watched, watched


class ThingForm(forms.Form):
    """A kind of thing and which one. `thing` is what was found, once the form is valid."""

    kind = forms.ChoiceField(label=_("What to watch"), choices=list(KINDS.items()))
    key = forms.CharField(
        label=_("Which one"),
        max_length=300,
        help_text=_(
            "Enter an HTSUS number of 4 to 10 digits, a reference, a company name from the docket or the short "
            "name of a round, for example 8413.81.0040."
        ),
        error_messages={"required": _("Enter a number, a reference or a name.")},
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
        label=_("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We use it for these messages only, and delete it when you stop."),
        error_messages={
            "required": _("Enter your e-mail address."),
            "invalid": _("Enter a full e-mail address, for example name@example.com."),
        },
    )
