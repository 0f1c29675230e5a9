"""The rows of the docket's list, built in one go: it is the most read page, and a template loop costs most of it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from exclusions import hts
from exclusions.facts.fictional import demo_dockets
from exclusions.gateways.templates.markup import escaped
from exclusions.templatetags.quick_table import MADE_UP, short_day
from exclusions.templatetags.tariff_format import tone
from exclusions.wording.found_words import finder
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.states import Stage

register = template.Library()


def _stage(stage: Stage) -> SafeString:
    """A short badge, and beside it in plain letters what happens in the stage: a long badge breaks on three lines."""
    name, _, what = stage.label.partition(": ")
    badge = format_html('<span class="tc-tag tc-tag--{}">{}</span>', tone(stage), name)
    return format_html('{} <span class="tc-quiet">{}</span>', badge, what) if what else badge


STAGES = {stage.value: _stage(stage) for stage in Stage}
BLANK = "Not given in the docket"
ROW = (
    '<tr><th scope="row" data-label="Reference"><a class="tc-nowrap" href="{}{}{}">{}</a>{}</th>'
    '<td data-label="Product">{}</td><td data-label="Organization">{}</td><td data-label="HTSUS">{}</td>'
    '<td data-label="Stage or outcome">{}</td><td class="tc-nowrap" data-label="Posted">{}</td>'
    '<td data-label="Decided, or open until">{}</td></tr>'
)
FACET = (
    '<section aria-labelledby="facet-{0}"><h2 class="tc-facets__title" id="facet-{0}">{1}</h2><ul>{2}</ul></section>'
)
VALUE = '<li><a href="{}"{}>{}</a> <span class="tc-quiet">{}</span></li>'


def _day(moment: date | datetime | None) -> str:
    return short_day(moment and eastern_date(moment))


def marker(words: str) -> Callable[[str], str]:
    """Return what escapes a text and marks in it the words that were looked for."""
    if not words:
        return escaped

    find = finder(words)

    def marked(text: str) -> str:
        pieces, done = [], 0
        for begin, end in find(text):
            pieces += [escaped(text[done:begin]), "<mark>", escaped(text[begin:end]), "</mark>"]
            done = end
        return "".join([*pieces, escaped(text[done:])]) if pieces else escaped(text)

    return marked


def _last(stage: str, closes: datetime | None, decided: date | None, historical: bool, now: datetime) -> str:
    """Say when it was decided, or until when anyone may respond; nothing where neither is known."""
    if decided:
        return f"Decided {_day(decided)}"
    is_open = stage == Stage.STAGE1 and closes is not None and closes >= now and not historical
    return f"Open until {_day(closes)}" if is_open else ""


def made_up(reference: str, invented: Collection[str]) -> str:
    """Return the mark of a petition in a demonstration's docket; "" of a real one."""
    return f"<br>{MADE_UP}" if reference.rpartition("-")[0] in invented else ""


@register.simple_tag
def docket_rows(rows: Iterable[tuple[Any, ...]], now: datetime, words: str = "") -> SafeString:
    """Return the table rows of petitions given as tuples of `docket_pages.LIST_COLUMNS`; `words` are marked in them."""
    # The route is looked up once and not once a row.
    before, after = reverse("docket-petition", args=["*"]).split("*")
    show, invented = marker(words), demo_dockets()
    # What people wrote is escaped; nothing else of a row can hold a sign that needs it.
    return SafeString(
        "\n".join(
            ROW.format(before, named, after, named, made_up(reference, invented), show(product) if product else BLANK,
                       show(organization) if organization else BLANK, digits, STAGES[stage], _day(posted),
                       _last(stage, closes, decided, historical, now))
            for reference, product, organization, number, stage, posted, closes, decided, historical in rows
            for named, digits in ((escaped(reference), escaped(hts.dotted(number))),)
        )
    )  # fmt: skip


@register.simple_tag
def docket_facets(facets: Iterable[Mapping[str, Any]]) -> SafeString:
    """Return each facet (name, title, values) as a section; a value has its label, address, number, and is chosen."""
    return SafeString(
        "".join(
            FACET.format(
                facet["name"],
                escaped(facet["title"]),
                "".join(
                    VALUE.format(
                        escaped(one["url"]),
                        ' aria-current="true"' if one["chosen"] else "",
                        escaped(one["label"]),
                        f"{one['number']:,}",
                    )
                    for one in facet["values"]
                ),
            )
            for facet in facets
        )
    )
