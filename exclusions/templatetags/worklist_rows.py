"""The rows of the worklist, built in one go: a loop of a template costs most of the page."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

BOX = (
    '<td data-label="Choose"><input class="tc-box" type="checkbox" name="chosen" value="{}:{}" form="select-many"'
    ' aria-label="Choose {}"{}></td>'
)
ROW = (
    '<tr data-case>{}<th scope="row" data-label="Reference"><a href="{}{}{}">{}</a></th>'
    '<td data-label="Product" title="{}">{}</td><td class="tc-number" data-label="Number">{}</td>'
    '<td data-label="Requester" title="{}">{}</td>'
    '<td data-label="Status"><span class="tc-tag tc-tag--{}">{}</span>{}</td><td data-label="Whose move">{}</td>'
    '<td{} data-label="Days of target">{}{}</td>'
    '<td class="tc-number" data-label="Used by each side">{} / {} / {}</td>'
    '<td data-label="Assigned to">{}</td><td data-label="Tags" title="{}">{}</td></tr>'
)
OVER, CHECKED, NO = format_html(' class="{}"', "tc-over"), format_html(" {}", "checked"), ""


@register.simple_tag
def worklist_rows(rows: Iterable[Any], chooses: bool, checked: bool) -> SafeString:
    """Return the table rows of cases as `queries.desk.worklist.rows` gives them; `chooses`: with a box before each."""
    # The route is looked up once and not once a row.
    before, after = reverse("case", args=["*"]).split("*")
    return format_html_join("\n", ROW, (_cells(row, before, after, chooses, checked) for row in rows))


def _cells(row: Any, before: str, after: str, chooses: bool, checked: bool) -> tuple[Any, ...]:
    box = format_html(BOX, row.reference, row.status, row.reference, CHECKED if checked else NO) if chooses else NO
    over = format_html('<span class="usa-sr-only">, {} over</span>', row.over) if row.over else NO
    return (
        box, before, row.reference, after, row.reference, row.product, row.product, row.number, row.requester,
        row.requester, row.tone, row.label, f" {row.waiting_responses} to post" if row.waiting_responses else "",
        row.move, OVER if row.over else NO, f"{row.days} of {row.target}" if row.target else row.days, over,
        row.sides.agency, row.sides.requester, row.sides.customs, "You" if row.mine else row.assignee or "Nobody",
        row.tags, row.tags,
    )  # fmt: skip
