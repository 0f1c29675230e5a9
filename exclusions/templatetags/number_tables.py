"""What the tables of a number's answer page show that is not said as it stands."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django import template
from django.utils.safestring import SafeString

from exclusions.charts.terms import Axis, TermBars
from exclusions.duties.owed import Owed
from exclusions.facts.also_owed import AlsoOwed
from exclusions.facts.coverage import Coverage
from exclusions.facts.fictional import FICTIONAL, is_all_invented
from exclusions.hts import dotted
from exclusions.queries.lookup.number.exclusions import OfNumber
from exclusions.templatetags.rows import draw_rows
from exclusions.templatetags.tariff_format import short_day
from exclusions.templatetags.term_bars import term_bars

register = template.Library()


class Row(NamedTuple):
    """An exclusion that names the number; `days` are those of its terms in words, each once."""

    reference: str
    heading: str
    note: str
    fictional: bool
    whole_number: bool
    text: str
    corrected_on: date | None
    bars: TermBars | None
    days: list[str]


@register.simple_tag
def exclusion_rows(found: Iterable[OfNumber], axis: Axis | None, as_of: date) -> SafeString:
    """Return exclusions with their text and the bars of their terms, which share the days of `axis`."""
    rows = list(_rows(found, axis, as_of))
    return draw_rows("number_exclusions.html", rows=rows, axis=axis, as_of=as_of.isoformat(), fictional=FICTIONAL)


def _rows(found: Iterable[OfNumber], axis: Axis | None, as_of: date) -> Iterator[Row]:
    for one in found:
        term = one.shown
        yield Row(
            term.reference,
            term.heading_dotted or term.reference,
            term.note_printed,
            is_all_invented(each.fictional for each in one.terms),
            term.whole_number,
            term.text,
            term.corrected_on,
            term_bars(one.terms, axis, as_of),
            _days(one),
        )


def _days(one: OfNumber) -> list[str]:
    """Return the days of its terms; those of two headings that are the same, once."""
    days = (
        f"{short_day(term.valid_from, 'Not known')} to {short_day(term.valid_to, 'no stated end')}"
        f"{'' if term.status == 'published' else f' ({term.status})'}"
        f"{f' ({FICTIONAL.lower()})' if term.fictional else ''}"
        for term in one.terms
    )
    return list(dict.fromkeys(days))


@register.simple_tag
def part_covered(item: Coverage) -> str:
    """Return that a list covers a subheading in part, and which statistical numbers; "" where it covers all of it."""
    if not item.in_part:
        return ""
    if item.only:
        return f"; in part: only {', '.join(map(dotted, item.only))}"
    return f"; in part: all but {', '.join(map(dotted, item.without))}" if item.without else "; in part"


@register.simple_tag
def total_owed(reckoned: Owed) -> str:
    """Return the total of a reckoning in words; what is not asked yet makes it a range."""
    if not reckoned.is_range:
        return f"${reckoned.known:,.2f}"
    return f"${reckoned.known:,.2f} to ${reckoned.most:,.2f}, depending on your answers"


@register.simple_tag
def with_authority(also_owed: Iterable[AlsoOwed]) -> list[tuple[AlsoOwed, str]]:
    """Return what is owed on top, each with its authority, which an action says once: with its first heading."""
    items = list(also_owed)
    first_of = {item.code: item.heading for item in reversed(items)}
    return [(item, item.citation if first_of[item.code] == item.heading else "") for item in items]
