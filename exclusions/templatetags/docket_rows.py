"""The rows of the docket's list, built in one go: it is the most read page, and a template loop costs most of it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from exclusions import hts
from exclusions.templatetags.tariff_format import tone
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.states import Stage

register = template.Library()

STAGES = {
    stage.value: format_html('<span class="tc-tag tc-tag--{}">{}</span>', tone(stage), stage.label) for stage in Stage
}
BLANK = "Not given in the docket"
ROW = (
    '<tr><th scope="row" data-label="Reference"><a class="tc-nowrap" href="{}{}{}">{}</a></th>'
    '<td data-label="Product">{}</td><td data-label="Organization">{}</td><td data-label="HTSUS">{}</td>'
    '<td data-label="Stage">{}</td><td class="tc-nowrap" data-label="Posted">{}</td>'
    '<td class="tc-nowrap" data-label="Responses close">{}</td></tr>'
)


def _day(moment: date | datetime | None) -> str:
    if moment is None:
        return ""
    day = eastern_date(moment)
    return f"{day:%b} {day.day}, {day.year}"


@register.simple_tag
def docket_rows(rows: Iterable[tuple[Any, ...]]) -> SafeString:
    """Return the table rows of petitions given as (reference, product, organization, hts10, stage, posted, closes)."""
    # The route is looked up once and not once a row.
    before, after = reverse("docket-petition", args=["*"]).split("*")
    return format_html_join(
        "\n",
        ROW,
        (
            (before, reference, after, reference, product or BLANK, organization or BLANK, hts.dotted(number),
             STAGES[stage], _day(posted), _day(closes))
            for reference, product, organization, number, stage, posted, closes in rows
        ),
    )  # fmt: skip
