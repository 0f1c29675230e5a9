"""The rows of stored cases, built in one go: a loop of a template costs most of the page."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from exclusions.templatetags.quick_table import escaped
from exclusions.templatetags.tariff_format import dotted, eastern

register = template.Library()

ROW = (
    '<tr><th scope="row" data-label="Reference"><a class="tc-nowrap" href="{before}{reference}{after}">{reference}</a>'
    '</th><td data-label="Product">{product}<br><span class="tc-quiet">{requester}</span></td>'
    '<td data-label="HTSUS number"><span class="tc-number">{number}</span></td><td data-label="{heading}">{said}</td>'
    '<td data-label="Outcome">{outcome}{decided}</td><td data-label="Filed">{filed}</td></tr>'
)


@register.simple_tag
def found_rows(cases: Iterable[Any]) -> SafeString:
    """Return the table rows of cases that were found, each with its kind."""
    return _rows("Kind", ((case, case.get_kind_display()) for case in cases))


@register.simple_tag
def like_rows(rows: Iterable[Any]) -> SafeString:
    """Return the table rows of like cases (`queries.desk.like_page.Like`), each with why it is one."""
    return _rows("Why", ((row.case, row.why) for row in rows))


COUNT = '<td data-label="{}">{}</td>'


@register.simple_tag
def count_rows(table: Iterable[tuple[str, int, Iterable[tuple[str, int]]]]) -> SafeString:
    """Return the table rows of counted like cases (`LikePage.table`): all of a relation, and those of each outcome."""
    return mark_safe(
        "".join(
            f'<tr><th scope="row" data-label="Relation">{escaped(words)}</th>{COUNT.format("All", every)}'
            f"{''.join(COUNT.format(escaped(outcome), count) for outcome, count in counts)}</tr>"
            for words, every, counts in table
        )
    )


def _rows(heading: str, cases: Iterable[tuple[Any, str]]) -> SafeString:
    # The routes are looked up once and not once a row.
    ways = {kind: reverse(route, args=["*"]).split("*") for kind, route in (("live", "case"), ("", "past-case"))}
    return mark_safe("\n".join([_row(case, heading, said, *ways.get(case.kind, ways[""])) for case, said in cases]))


def _row(case: Any, heading: str, said: str, before: str, after: str) -> str:
    """Whatever people typed or a table holds is escaped here."""
    return ROW.format(
        before=before,
        reference=escaped(case.reference),
        after=after,
        product=escaped(case.product or "Not given in the docket"),
        requester=escaped(case.requester or "Requester not given in the docket"),
        number=escaped(dotted(case.hts10)),
        heading=heading,
        said=escaped(said),
        outcome=escaped(case.get_outcome_display()),
        decided=f", {eastern(case.decided_on)}" if case.decided_on else "",
        filed=eastern(case.filed_on),
    )
