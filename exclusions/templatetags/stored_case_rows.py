"""The tables of stored cases, built in one go: a template of a table costs as much as its rows."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils.safestring import SafeString

from exclusions.gateways.templates.markup import Once, escaped
from exclusions.templatetags.quick_table import AFTER, BEFORE
from exclusions.templatetags.tariff_format import dotted, eastern

register = template.Library()

COUNT = '<td data-label="{}">{}</td>'
HEADINGS = ("Reference", "Product", "HTSUS number", "{}", "Outcome", "Filed")


@register.simple_tag
def found_cases(cases: Iterable[Any], count: int) -> SafeString:
    """Return the table of cases that were found, each with its kind; `count` is how many there are on all pages."""
    caption = f"{count} case{'' if count == 1 else 's'}"
    rows = _rows("Kind", [(case, case.get_kind_display()) for case in cases])
    return _table("Cases found", caption, [heading.format("Kind") for heading in HEADINGS], rows)


@register.simple_tag
def like_cases(rows: Iterable[Any], count: int) -> SafeString:
    """Return the table of like cases (`queries.desk.like_page.Like`), each with why it is one."""
    caption = f"{count} case{'' if count == 1 else 's'}, the nearest first"
    found = _rows("Why", [(row.case, row.why) for row in rows])
    return _table("Table of like cases", caption, [heading.format("Why") for heading in HEADINGS], found)


@register.simple_tag
def like_counts(table: Iterable[tuple[str, int, Sequence[tuple[str, int]]]], outcomes: Iterable[str]) -> SafeString:
    """Return the table of counted like cases (`LikePage.table`): all of a relation, and those of each outcome."""
    rows = "".join(
        f'<tr><th scope="row" data-label="Relation">{escaped(words)}</th>{COUNT.format("All", every)}'
        f"{''.join(COUNT.format(escaped(outcome), count) for outcome, count in counts)}</tr>"
        for words, every, counts in table
    )
    headings = ["Relation", "All", *map(escaped, outcomes)]
    return _table("Like cases, counted", "All related cases, by relation and outcome", headings, rows)


@register.simple_tag
def decided_before(decisions: Iterable[Any]) -> SafeString:
    """Return the items of a list of decisions (`queries.agency.related.PriorDecision`), in one go like the tables."""
    before, after = reverse("case", args=["*"]).split("*")
    return SafeString("\n".join([_decided(decision, before, after) for decision in decisions]))


def _decided(decision: Any, before: str, after: str) -> str:
    """Whatever people typed is escaped here."""
    reference, codes = escaped(decision.reference), ", ".join(decision.denial_codes)
    return (
        f'<li><a href="{before}{reference}{after}">{reference}</a>, {escaped(decision.organization)}, '
        f'<span class="tc-number">{escaped(dotted(decision.hts10))}</span>: '
        f"<strong>{escaped(decision.get_outcome_display().lower())}</strong>{f' ({escaped(codes)})' if codes else ''}, "
        f"{eastern(decision.signed_at)}. {escaped(truncatechars(decision.rationale, MOST_SHOWN))}</li>"
    )


MOST_SHOWN = 200  # characters of a rationale


def _table(label: str, caption: str, headings: Iterable[str], rows: str) -> SafeString:
    """A table like `_components/table.html`, of words of this module and rows that are HTML already."""
    heads = "".join([f'<th scope="col">{heading}</th>' for heading in headings])
    begin = BEFORE.format(label=label, more="", caption=f"<caption>{caption}</caption>")
    return SafeString(f"{begin}{heads}{AFTER.format(rows=rows)}")


class _Said:
    """What the rows of one table say of numbers, days, outcomes and names, each escaped and made once."""

    def __init__(self) -> None:
        # The routes are looked up once and not once a row.
        self.ways = {
            kind: reverse(route, args=["*"]).split("*") for kind, route in (("live", "case"), ("", "past-case"))
        }
        self.words = Once(escaped)
        self.numbers = Once(lambda number: escaped(dotted(number)))
        self.days = Once(lambda day: eastern(day) if day else "")
        self.decided = Once(lambda day: f", {eastern(day)}" if day else "")


def _rows(heading: str, cases: Iterable[tuple[Any, str]]) -> str:
    said = _Said()
    return "\n".join([_row(case, heading, words, said) for case, words in cases])


def _row(case: Any, heading: str, words: str, said: _Said) -> str:
    """Whatever people typed or a table holds is escaped here."""
    reference, (before, after) = escaped(case.reference), said.ways.get(case.kind, said.ways[""])
    return (
        f'<tr><th scope="row" data-label="Reference"><a class="tc-nowrap" href="{before}{reference}{after}">{reference}'
        f'</a></th><td data-label="Product">{said.words[case.product or "Not given in the docket"]}<br>'
        f'<span class="tc-quiet">{said.words[case.requester or "Requester not given in the docket"]}</span></td>'
        f'<td data-label="HTSUS number"><span class="tc-number">{said.numbers[case.hts10]}</span></td>'
        f'<td data-label="{heading}">{said.words[words]}</td><td data-label="Outcome">'
        f"{said.words[case.get_outcome_display()]}{said.decided[case.decided_on]}</td>"
        f'<td data-label="Filed">{said.days[case.filed_on]}</td></tr>'
    )
