"""The rows of the worklist, built in one go: a loop of a template costs most of the page."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from exclusions.templatetags.quick_table import escaped

register = template.Library()

BOX = (
    '<td data-label="Choose"><input class="tc-box" type="checkbox" name="chosen" value="{reference}:{status}"'
    ' form="select-many" aria-label="Choose {reference}"{checked}></td>'
)
ROW = (
    '<tr data-case>{box}<th scope="row" data-label="Reference">'
    '<a href="{before}{reference}{after}">{reference}</a></th>'
    '<td data-label="Product" title="{product}">{product}</td><td class="tc-number" data-label="Number">{number}</td>'
    '<td data-label="Requester" title="{requester}">{requester}</td>'
    '<td data-label="Status"><span class="tc-tag tc-tag--{tone}">{label}</span>{to_post}</td>'
    '<td data-label="Whose move">{move}</td><td{late} data-label="Days of target">{days}{over}</td>'
    '<td class="tc-number" data-label="Used by each side">{agency} / {asker} / {customs}</td>'
    '<td data-label="Assigned to">{assignee}</td><td data-label="Tags" title="{tags}">{tags}</td></tr>'
)


@register.simple_tag
def worklist_rows(rows: Iterable[Any], chooses: bool, checked: bool) -> SafeString:
    """Return the table rows of cases as `queries.desk.worklist.rows` gives them; `chooses`: with a box before each."""
    # The route is looked up once and not once a row.
    before, after = reverse("case", args=["*"]).split("*")
    return mark_safe("\n".join([_row(row, before, after, chooses, checked) for row in rows]))


def _row(row: Any, before: str, after: str, chooses: bool, checked: bool) -> str:
    """Whatever people typed or a table holds is escaped here; the rest are numbers and the words of this module."""
    reference, status, tags = escaped(row.reference), escaped(row.status), escaped(row.tags)
    return ROW.format(
        box=BOX.format(reference=reference, status=status, checked=" checked" if checked else "") if chooses else "",
        before=before,
        reference=reference,
        after=after,
        product=escaped(row.product),
        number=escaped(row.number),
        requester=escaped(row.requester),
        tone=escaped(row.tone),
        label=escaped(row.label),
        to_post=f" {row.waiting_responses} to post" if row.waiting_responses else "",
        move=escaped(row.move),
        late=' class="tc-over"' if row.over else "",
        days=f"{row.days} of {row.target}" if row.target else row.days,
        over=f'<span class="usa-sr-only">, {row.over} over</span>' if row.over else "",
        agency=row.sides.agency,
        asker=row.sides.requester,
        customs=row.sides.customs,
        assignee="You" if row.mine else escaped(row.assignee or "Nobody"),
        tags=tags,
    )
