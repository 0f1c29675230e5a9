"""What words found in the schedule and elsewhere, and the lists that cover a number, in a phrase."""

from collections.abc import Iterable
from datetime import date

from django import template
from django.utils.safestring import SafeString

from exclusions.facts.coverage import Coverage
from exclusions.facts.fictional import FICTIONAL
from exclusions.queries.lookup.search.hits import Hit
from exclusions.queries.lookup.search.worded import Group
from exclusions.templatetags.rows import draw_rows
from exclusions.templatetags.tariff_format import percent

register = template.Library()


@register.simple_tag
def goods_found(groups: Iterable[Group], as_of: date) -> SafeString:
    """Return each heading with why it was found and the lines of it that fit best, linked as of the day."""
    return draw_rows("goods.html", groups=groups, as_of=as_of, lists_of=lists_of)


@register.simple_tag
def hits_found(hits: Iterable[Hit], as_of: date, kind: str) -> SafeString:
    """Return what the search found, each as an item of a list; the lines that a heading shows only where `kind` asks
    for lines."""
    shown = [hit for hit in hits if not hit.within or kind == "line"]
    return draw_rows("hits.html", hits=shown, as_of=as_of, fictional=FICTIONAL)


@register.simple_tag
def lists_of(coverage: Iterable[Coverage], number: str = "") -> str:
    """Return the lists that cover a number with their rates, in a phrase; "No list" where there are none.

    Lists name subheadings of 8 digits: a shorter number (digits alone) is answered by the lines below it.
    """
    if 0 < len(number) < 8:
        return "See its lines"
    said = (f"{item.label}, {percent(item.rate_pct)}{' (in part)' if item.in_part else ''}" for item in coverage)
    return "; ".join(said) or "No list"
