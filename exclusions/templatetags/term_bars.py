"""The bars of an exclusion's terms."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template

from exclusions.charts import terms as charts

register = template.Library()


@register.simple_tag
def term_bars(terms: Iterable[Any], axis: charts.Axis | None, on: date) -> charts.TermBars | None:
    """Return the bars of terms (with `valid_from` and `valid_to`) on the days of an axis; None without one."""
    if axis is None:
        return None
    return charts.term_bars([charts.Term(term.valid_from, term.valid_to) for term in terms], axis, on=on)
