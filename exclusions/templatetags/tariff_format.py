"""How numbers, money, moments and statuses read on a page. Every filter takes what a row holds and returns words."""

from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django import template

from exclusions import hts
from exclusions.days import EASTERN, shortly, with_weekday
from exclusions.gateways.documents.inspection import KINDS
from exclusions.models.exclusion import note_cited
from exclusions.workflow.deadlines import eastern_date, end_of_day
from exclusions.workflow.states import STATUSES, TONE_OF_STAGE, Tone

register = template.Library()
register.filter("note_cited", note_cited)

# The deadline's last days are shown in red; a week is the shortest period that any round gives.
SOON = timedelta(days=7)

# Where a stage bears the name of a status, both have the same colour.
TONES: dict[str, str] = {stage.value: tone for stage, tone in TONE_OF_STAGE.items()}
TONES |= {status.value: row.tone for status, row in STATUSES.items()}


@register.filter
def dotted(number: Any) -> str:
    """Return a plain HTSUS number in dots: 8413810040 reads 8413.81.0040. Anything else comes back as it is."""
    text = str(number or "")
    return hts.dotted(text) if text.isascii() and text.isdigit() else text


@register.filter
def money(amount: Any) -> str:
    """Return US dollars with thousands marked, cents only where there are any. Not a number: as it is."""
    text = number(amount)
    if not text[:1].isdigit() and not text.startswith("-"):
        return text
    return f"-${text[1:]}" if text.startswith("-") else f"${text}"


@register.filter
def number(amount: Any) -> str:
    """Return a quantity with thousands marked: "1234567.50" reads 1,234,567.50. Not a number: as it is."""
    if amount is None or amount == "":
        return ""
    try:
        value = Decimal(str(amount).replace(",", "").strip())
    except InvalidOperation:
        return str(amount)
    if not value.is_finite():
        return str(amount)
    return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,f}"


@register.filter
def percent(rate: Any) -> str:
    """Return a rate in per cent without idle zeros: 7.50 reads 7.5%, 25.00 reads 25%. None: an empty text."""
    if rate is None or rate == "":
        return ""
    return f"{Decimal(str(rate)).normalize():f}%"


def _clock(moment: datetime) -> str:
    if (moment.hour, moment.minute) == (12, 0):
        return "noon"
    return f"{moment.hour % 12 or 12}:{moment:%M} {'p.m.' if moment.hour >= 12 else 'a.m.'}"


@register.filter
def eastern(moment: date | datetime | str | None) -> str:
    """Return a date with its weekday, and for a moment the hour in New York: Mon, Jul 22, 2019, 11:59 p.m. ET.

    A text is the ISO form of a date, as JSON columns keep it.
    """
    if moment is None or moment == "":
        return ""
    if isinstance(moment, str):
        moment = date.fromisoformat(moment)
    if not isinstance(moment, datetime):
        return with_weekday(moment)
    there = moment.astimezone(EASTERN)
    return f"{with_weekday(there)}, {_clock(there)} ET"


def machine(moment: datetime) -> str:
    """Return a moment as programs read it, with the hour in New York: what `date:"c"` is in Django's own templates."""
    return moment.astimezone(EASTERN).isoformat()


@register.filter
def short_day(day: date | datetime | None, otherwise: str = "") -> str:
    """Return a day, or that of a moment in New York, as tables write it: May 1, 2026; `otherwise` for none."""
    return shortly(eastern_date(day)) if day else otherwise


def _end(moment: date | datetime) -> datetime:
    """Return the last moment of a date in New York (a period "through" a date includes it), or the moment itself."""
    return moment if isinstance(moment, datetime) else end_of_day(moment)


@register.filter
def time_left(moment: date | datetime, now: datetime) -> str:
    """Return how far a deadline is from `now` (aware), in calendar days of New York."""
    end = _end(moment)
    if end < now:
        return "passed"
    days = (end.astimezone(EASTERN).date() - now.astimezone(EASTERN).date()).days
    return {0: "today", 1: "tomorrow"}.get(days, f"{days} days left")


@register.filter
def is_soon(moment: date | datetime, now: datetime) -> bool:
    """Return whether a deadline is still to come and less than a week from `now` (aware)."""
    return timedelta(0) <= _end(moment) - now < SOON


@register.filter
def tone(status: str) -> str:
    """Return the colour word of a status or stage for `_components/status_tag.html`; "review" for any other word."""
    return TONES.get(status, Tone.REVIEW)


@register.filter
def file_kind(content_type: Any) -> str:
    """Return what people call a file of a media type: "a PDF", "an Excel workbook". Another one comes back as it is."""
    return next((kind.label for kind in KINDS if kind.content_type == content_type), str(content_type))
