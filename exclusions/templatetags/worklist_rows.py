"""The rows of the worklist, built in one go: a loop of a template costs most of the page."""

from collections.abc import Iterable
from functools import cache
from html import escape
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from exclusions.gateways.templates.markup import escaped, has_markup

register = template.Library()


@register.simple_tag
def worklist_rows(rows: Iterable[Any], chooses: bool, checked: bool) -> SafeString:
    """Return the table rows of cases as `queries.desk.worklist.rows` gives them; `chooses`: with a box before each."""
    # The route is looked up once and not once a row.
    before, after = reverse("case", args=["*"]).split("*")
    marked = " checked" if checked else ""
    return mark_safe("\n".join([_row(row, before, after, chooses, marked) for row in rows]))


@cache
def _of_status(status: str, tone: str, label: str, move: str) -> tuple[str, str, str]:
    """What a row says of its status alone, as HTML: in the box before it, as a tag, and whose move it is."""
    tag = f'<span class="tc-tag tc-tag--{escaped(tone)}">{escaped(label)}</span>'
    return escaped(status), tag, escaped(move)


def _row(row: Any, before: str, after: str, chooses: bool, checked: str) -> str:
    """Whatever people typed or a table holds is escaped here; the rest are numbers and the words of this module."""
    texts: tuple[str, ...] = (row.reference, row.product, row.number, row.requester, row.assignee, row.tags)
    if has_markup("".join(texts)):  # one look at all of them: hardly a row has any
        texts = tuple(map(escape, texts))
    reference, product, number, requester, assignee, tags = texts
    status, tag, move = _of_status(row.status, row.tone, row.label, row.move)
    box = (
        f'<td data-label="Choose"><input class="tc-box" type="checkbox" name="chosen" value="{reference}:{status}"'
        f' form="select-many" aria-label="Choose {reference}"{checked}></td>'
        if chooses
        else ""
    )
    to_post = f" {row.waiting_responses} to post" if row.waiting_responses else ""
    late = ' class="tc-over"' if row.over else ""
    over = f'<span class="usa-sr-only">, {row.over} over</span>' if row.over else ""
    days = f"{row.days} of {row.target}" if row.target else row.days
    sides = row.sides
    return (
        f'<tr data-case>{box}<th scope="row" data-label="Reference">'
        f'<a href="{before}{reference}{after}">{reference}</a></th>'
        f'<td data-label="Product" title="{product}">{product}</td>'
        f'<td class="tc-number" data-label="Number">{number}</td>'
        f'<td data-label="Requester" title="{requester}">{requester}</td>'
        f'<td data-label="Status">{tag}{to_post}</td>'
        f'<td data-label="Whose move">{move}</td><td{late} data-label="Days of target">{days}{over}</td>'
        '<td class="tc-number" data-label="Used by each side">'
        f"{sides.agency} / {sides.requester} / {sides.customs}</td>"
        f'<td data-label="Assigned to">{"You" if row.mine else assignee or "Nobody"}</td>'
        f'<td data-label="Tags" title="{tags}">{tags}</td></tr>'
    )
