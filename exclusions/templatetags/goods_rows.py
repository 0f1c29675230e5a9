"""What words found in the schedule, built in one go: fifty lines with their lists are most of such a page."""

from collections.abc import Iterable
from datetime import date

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from exclusions.facts.coverage import Coverage
from exclusions.gateways.templates.markup import escaped
from exclusions.hts import dotted
from exclusions.queries.answers.found.worded import Group, WordedLine
from exclusions.templatetags.tariff_format import percent

register = template.Library()

GROUP = (
    '<li><h2 class="tc-hits__title"><a href="{}"><span class="tc-number">{}</span> {}</a></h2>'
    '<p class="tc-hits__why tc-quiet">{}</p>{}</li>'
)
LINE = '<li><a href="{}"><span class="tc-number">{}</span> {}</a> <span class="tc-quiet">{}</span></li>'


@register.simple_tag
def goods_found(groups: Iterable[Group], as_of: date) -> SafeString:
    """Return each heading with why it was found and the lines of it that fit best, linked as of the day."""
    # The route is looked up once and not once a line.
    before, after = reverse("tariff-number", args=["*"]).split("*")
    after = f"{after}?as_of={as_of}"
    found = []
    lists: dict[tuple[int, bool], str] = {}  # what the lines of one list share is written out once
    for group in groups:
        lines = "".join([_line(line, before, after, lists) for line in group.lines])
        inside = f'<ul class="tc-hits__lines">{lines}</ul>' if lines else ""
        number = escaped(group.number)
        address = f"{before}{number}{after}"
        found.append(GROUP.format(address, number, escaped(group.words), escaped(group.why), inside))
    return SafeString(f'<ol class="tc-hits">{"".join(found)}</ol>')


def _line(line: WordedLine, before: str, after: str, lists: dict[tuple[int, bool], str]) -> str:
    number, kind = dotted(line.number), (id(line.coverage), len(line.number) < 8)
    if kind not in lists:
        lists[kind] = lists_of(line.coverage, line.number)
    return LINE.format(f"{before}{number}{after}", number, escaped(line.words), lists[kind])


@register.simple_tag
def lists_of(coverage: Iterable[Coverage], number: str = "") -> SafeString:
    """Return the lists that cover a number with their rates, in a phrase; "No list" where there are none.

    Lists name subheadings of 8 digits: a shorter number (digits alone) is answered by the lines below it.
    """
    if 0 < len(number) < 8:
        return SafeString("See its lines")
    said = (f"{item.label}, {percent(item.rate_pct)}{' (in part)' if item.in_part else ''}" for item in coverage)
    return SafeString(escaped("; ".join(said) or "No list"))
