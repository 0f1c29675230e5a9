"""Figures in a text: without a unit, in a unit that is not metric, in a range that leaves its ends open."""

import re
from collections.abc import Iterator

from exclusions.wording.finding import loose_figures
from exclusions.wording.limits import Limit
from exclusions.wording.remarks.remark import Remark, Text
from exclusions.wording.units import COUNT, in_metric

_ENDS = re.compile(
    r"\s*(?:$|[,;)]|in\s(?:length|width|height|depth|diameter|thickness|size)\b|(?:long|wide|high|thick)\b)"
)
_LISTED = re.compile(r"(?:(?:,\s|,?\s(?:or|and|to|by|x)\s|-)\d[\d.]*)+")
_BY = re.compile(r"\s(?:by|x)\s")
# A filer's own marks for units, which the annex does not print: 6" and 5'.
_MARKS = re.compile(r"(?<![\w.])\d+(?:[.,/]\d+)?\s?(?:\"|\u2033|\u2032|'(?!s))(?=[\s,;x)]|$)")


def measures(text: Text) -> Iterator[Remark]:
    """Yield remarks on figures."""
    body, description = text.body, text.description
    limits = description.limits
    shift = _shift(text)
    if not description.cas:
        loose = loose_figures(body, [], [(limit.start + shift, limit.end + shift) for limit in limits])
        behind = 0
        for start, end in loose:
            last = _LISTED.match(body, end)
            closes = last.end() if last else end
            if start >= behind and _ENDS.match(body, closes) and not _MARKS.match(body, start):
                behind = closes
                remedy = "Give the unit: mm, cm, kg, kW, bar, percent, liters."
                yield text.remark("no-unit", "warning", start, closes, "gives a number without a unit", remedy)
    for limit in limits:
        start, end = limit.start + shift, limit.end + shift
        if text.known.annex and limit.unclear and _is_size(limit) and not _in_chain(body, start, end):
            what = "gives a range but does not say if its ends are included"
            remedy = "Write “at least X but not more than Y” or “over X but not over Y”."
            yield text.remark("unclear-range", "warning", start, end, what, remedy)
    yield from _customary(text, shift)


def _is_size(limit: Limit) -> bool:
    """Whether the ends of a range matter: not of a band of frequencies, nor of what is counted."""
    return limit.measured_in.quantity not in ("frequency", COUNT)


def _in_chain(body: str, start: int, end: int) -> bool:
    """Whether a range is one of “50 cm by 1 m to 60 cm by 2 m”, where the sizes as a whole are meant, or an aside."""
    return bool(_BY.match(body, end) or _BY.search(body, max(0, start - 4), start)) or body[start - 1 : start] == "("


def _customary(text: Text, shift: int) -> Iterator[Remark]:
    limits = text.description.limits
    metric = {limit.measured_in.quantity for limit in limits if limit.measured_in.metric}
    for limit in limits:
        if limit.measured_in.metric or limit.measured_in.quantity in metric:
            continue
        bounds = limit.printed or tuple(bound for bound in (limit.low, limit.high) if bound)
        turned = [in_metric(bound.value, limit.unit) for bound in bounds]
        remedy = f"Give it in metric units, as the annex does: {' and '.join(turned)}."
        what = "uses units other than metric"
        yield text.remark("customary-units", "warning", limit.start + shift, limit.end + shift, what, remedy)
    for match in _MARKS.finditer(text.body):
        remedy = "Give it in metric units, as the annex does (1 inch is 2.54 cm)."
        yield text.remark("customary-units", "warning", *match.span(), "uses units other than metric", remedy)


def _shift(text: Text) -> int:
    """How far the body as given lies behind the body as parsed, whose blanks are single: 0 unless blanks lead."""
    return len(text.body) - len(text.body.lstrip())
