"""The rows of the registry's list."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django import template
from django.utils.safestring import SafeString

from exclusions.charts.terms import Axis, TermBars
from exclusions.facts.fictional import FICTIONAL
from exclusions.hts import dotted
from exclusions.queries.lookup.registry_rows import Listed, ListedTerm
from exclusions.queries.lookup.registry_standings import AHEAD, IN_FORCE, STANDINGS
from exclusions.templatetags.rows import draw_rows
from exclusions.templatetags.tariff_format import short_day
from exclusions.templatetags.term_bars import term_bars

register = template.Library()

TONES = {IN_FORCE: "good", AHEAD: "open"}


class Row(NamedTuple):
    """An exclusion of the list; `days` are its terms in words, each under its heading."""

    reference: str
    tone: str
    standing: str
    fictional: bool
    list_code: str
    numbers: tuple[str, ...]
    text: str
    bars: TermBars | None
    days: list[str]


@register.simple_tag
def registry_rows(found: Iterable[Listed], axis: Axis | None, on: date) -> SafeString:
    """Return the exclusions of a page, each with its standing and the bars of its terms."""
    rows = list(_rows(found, axis, on))
    return draw_rows("registry.html", rows=rows, axis=axis, as_of=on.isoformat(), fictional=FICTIONAL)


def _rows(found: Iterable[Listed], axis: Axis | None, on: date) -> Iterator[Row]:
    for one in found:
        yield Row(
            one.reference,
            TONES.get(one.standing, "quiet"),
            STANDINGS[one.standing],
            one.fictional,
            one.list_code,
            one.numbers,
            one.text,
            term_bars(one.terms, axis, on),
            [f"{dotted(term.heading)}: {_days_of(term)}" for term in one.terms],
        )


def _days_of(term: ListedTerm) -> str:
    days = "dates not known"
    if term.valid_from:
        days = f"{short_day(term.valid_from)} to {short_day(term.valid_to, 'no stated end')}"
    days = f"{days} ({term.status_shown.lower()})" if term.status_shown else days
    return f"{days} ({FICTIONAL.lower()})" if term.fictional else days
