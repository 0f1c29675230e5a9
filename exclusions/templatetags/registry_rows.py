"""The table of the registry's list, built in one go."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from exclusions.charts.terms import Axis
from exclusions.facts.fictional import FICTIONAL
from exclusions.gateways.templates.markup import escaped
from exclusions.hts import dotted
from exclusions.queries.answers.registry.listed import Listed, ListedTerm
from exclusions.queries.answers.registry.standings import AHEAD, IN_FORCE, STANDINGS
from exclusions.templatetags.quick_table import MADE_UP, quick_table, short_day
from exclusions.templatetags.term_bars import term_bars, term_years

register = template.Library()

TONES = {IN_FORCE: "good", AHEAD: "open"}
HEAD = '<a class="tc-nowrap" href="{}{}{}?as_of={}">{}</a> <span class="tc-tag tc-tag--{}">{}</span>'


@register.simple_tag
def registry_table(found: Iterable[Listed], axis: Axis | None, on: date) -> SafeString:
    """The exclusions of a page, each with its standing and the bars of its terms."""
    before, after = reverse("exclusion", args=["*"]).split("*")
    day = on.isoformat()
    show = _shown_once(axis, on)
    rows = (
        (
            SafeString(HEAD.format(before, reference, after, day, reference, TONES.get(one.standing, "quiet"),
                                   STANDINGS[one.standing]) + (f" {MADE_UP}" if one.fictional else "")),
            one.list_code,
            SafeString("<br>".join([escaped(dotted(number)) for number in one.numbers])),
            one.text,
            show(tuple(one.terms)),
        )
        for one in found
        for reference in (escaped(one.reference),)
    )  # fmt: skip
    headings = ("Reference", "List", "Numbers", "Text", "Terms")
    return quick_table("Exclusions", headings, rows, more="tc-termtable", beside=term_years(axis))


def _shown_once(axis: Axis | None, on: date) -> Callable[[tuple[ListedTerm, ...]], SafeString]:
    """What shows the terms of an exclusion, in bars and in words: most of a list have the terms of their notice, which
    are drawn once."""

    @cache
    def show(terms: tuple[ListedTerm, ...]) -> SafeString:
        return SafeString(f"{term_bars(terms, axis, on)}{_days(terms)}")

    return show


def _days(terms: Iterable[ListedTerm]) -> str:
    """The terms in words, each under its heading."""
    return "".join([f'<span class="tc-termdays">{dotted(term.heading)}: {_days_of(term)}</span>' for term in terms])


def _days_of(term: ListedTerm) -> str:
    days = "dates not known"
    if term.valid_from:
        days = f"{short_day(term.valid_from)} to {short_day(term.valid_to, 'no stated end')}"
    days = f"{days} ({term.status_shown.lower()})" if term.status_shown else days
    return f"{days} ({FICTIONAL.lower()})" if term.fictional else days
