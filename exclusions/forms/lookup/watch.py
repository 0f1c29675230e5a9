"""What a person wants to watch, how often they are told, and where the mail goes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exclusions.hts import HtsError, parse_prefix
from exclusions.queries.public.watches.watched import KINDS, NO_KEY, NotWatchable, Watched, rounds_to_watch, watched
from exclusions.queries.public.watches.word_watches import WordWatch, read_line
from exclusions.workflow.watch_rates import AT_ONCE, RATES

NOT_NARROWED = _("Only product words can be narrowed. Leave this empty, or choose “Product words”.")


class RateForm(forms.Form):
    """How often a watch is told by e-mail."""

    rate = forms.ChoiceField(
        label=_("How often"),
        choices=list(RATES.items()),
        initial=AT_ONCE,
        help_text=_("One e-mail a day or a week comes from 7 a.m. in New York. We send none when there is no news."),
        error_messages={
            "required": _("Choose how often we write."),
            "invalid_choice": _("Choose how often we write: at once, once a day or once a week."),
        },
    )


class ThingForm(RateForm):
    """A kind of thing and which one. `thing` is what was found, once the form is valid."""

    kind = forms.ChoiceField(label=_("What to watch"), choices=list(KINDS.items()))
    key = forms.CharField(
        label=_("Which one"),
        max_length=300,
        help_text=_(
            "Enter an HTSUS number of 4 to 10 digits, a reference, a company name from the docket, the short "
            "name of a round, or product words such as quartz slabs. A petition must have all the words."
        ),
        error_messages={"required": _(NO_KEY)},
    )
    round = forms.CharField(
        label=_("Only in this round"),
        required=False,
        max_length=50,
        widget=forms.Select,
        help_text=_("Only for product words."),
    )
    digits = forms.CharField(
        label=_("Only HTSUS numbers that begin with"),
        required=False,
        max_length=20,
        help_text=_("Only for product words: 2 to 10 digits, for example 6810.99."),
    )

    field_order: tuple[str, ...] = ("kind", "key", "round", "digits", "rate")
    thing: Watched | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rate"].required = False
        self.fields["round"].widget.choices = [("", _("Any round")), *rounds_to_watch()]

    def clean_rate(self) -> str:
        """Return how often; at once where nothing was said."""
        return str(self.cleaned_data["rate"] or AT_ONCE)

    def clean(self) -> dict[str, Any]:
        """Find the thing that is named."""
        cleaned = super().clean() or {}
        kind, key = cleaned.get("kind"), cleaned.get("key")
        narrowed = {name: cleaned.get(name, "") for name in ("round", "digits")}
        if kind and kind != "words":
            for name in (name for name, text in narrowed.items() if text):
                self.add_error(name, NOT_NARROWED)
        elif kind and key:
            self._refuse_digits(narrowed["digits"])
            asked = read_line(key)
            key = WordWatch(asked.words, narrowed["round"] or asked.round, narrowed["digits"] or asked.prefix).line
        if kind and key and not self.errors.keys() & narrowed.keys():
            self._find(kind, key)
        return cleaned

    def _refuse_digits(self, digits: str) -> None:
        try:
            parse_prefix(digits)
        except HtsError as error:
            self.add_error("digits", str(error))

    def _find(self, kind: str, key: str) -> None:
        try:
            self.thing = watched(kind, key)
        except NotWatchable as error:
            self.add_error("key", str(error))


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


def as_typed(kind: str, key: str) -> dict[str, str]:
    """Return the fields of ThingForm that ask for a thing, as an address names it."""
    if kind != "words":
        return {"kind": kind, "key": key}
    asked = read_line(key)
    return {"kind": kind, "key": asked.words, "round": asked.round, "digits": asked.number}
