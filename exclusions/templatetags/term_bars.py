"""The bars of an exclusion's terms, built in one go: lists have dozens of them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template
from django.utils.safestring import SafeString

from exclusions.charts.terms import Axis, Term
from exclusions.charts.terms import term_bars as drawn
from exclusions.gateways.templates.markup import escaped

register = template.Library()

BAR = '<rect class="tc-terms__bar{}" x="{}%" y="3" width="{}%" height="12"/>'
BARS = (
    '<svg class="tc-terms" width="100%" height="18" role="img" aria-label="{}" focusable="false">'
    '<line class="tc-terms__base" x1="0" y1="9" x2="100%" y2="9"/>{}'
    '<line class="tc-terms__day" x1="{}%" y1="0" x2="{}%" y2="18"/></svg>'
)
HOLDS = " tc-terms__bar--holds"
YEAR = '<text class="tc-terms__year" x="{}%" y="12">{}</text>'
YEARS = '<svg class="tc-terms" width="100%" height="16" aria-hidden="true" focusable="false">{}</svg>'


@register.simple_tag
def term_bars(terms: Iterable[Any], axis: Axis | None, on: date) -> SafeString:
    """Return the bars of terms (with `valid_from` and `valid_to`) on the days of an axis; "" without one."""
    if axis is None:
        return SafeString("")
    found = drawn([Term(term.valid_from, term.valid_to) for term in terms], axis, on=on)
    bars = "".join([BAR.format(HOLDS if bar.holds else "", bar.x, bar.width) for bar in found.bars])
    return SafeString(BARS.format(escaped(found.in_words), bars, axis.day, axis.day))


@register.simple_tag
def term_years(axis: Axis | None) -> SafeString:
    """Return the years over such bars; "" without an axis."""
    years = "".join(YEAR.format(place, year) for place, year in axis.years) if axis else ""
    return SafeString(YEARS.format(years) if axis else "")
