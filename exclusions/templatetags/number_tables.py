"""The tables of a number's answer page."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from exclusions.charts.steps import StepChart
from exclusions.charts.terms import Axis
from exclusions.days import shortly
from exclusions.duties.owed import Owed, Step, percent
from exclusions.facts.coverage import Coverage
from exclusions.gateways.tariff.other_duties import OtherDuty
from exclusions.hts import dotted
from exclusions.queries.answers.number.exclusions import OfNumber
from exclusions.queries.answers.number.petitions import OnNumber
from exclusions.queries.tariff.number_facts import Child, NumberFacts
from exclusions.templatetags.goods_rows import lists_of
from exclusions.templatetags.quick_table import MADE_UP, quick_table, short_day, shown
from exclusions.templatetags.term_bars import term_bars, term_years

register = template.Library()

WHAT_IS_DRAWN = (
    "Additional duty under Section 301 on all goods of this number, in percent of the customs value, "
    "before any exclusion."
)


@register.simple_tag
def covering_table(facts: NumberFacts) -> SafeString:
    """What covers the number on the day: lists, actions on all goods, lower rates for goods in transit."""
    rows: list[Sequence[str]] = [
        (item.label, item.heading_dotted, _rate(item), _since(item.valid_from, item.valid_to))
        for item in facts.coverage
    ]
    first_of = {item.code: item.heading for item in reversed(facts.also_owed)}  # each says its authority once
    rows += [
        (
            f"{item.short}{f' ({item.citation})' if first_of[item.code] == item.heading else ''}",
            item.heading_dotted,
            f"{percent(item.rate_pct)} on top. {item.question if item.goods else ''}".strip(),
            _since(item.valid_from, item.valid_to),
        )
        for item in facts.also_owed
    ]
    rows += [
        (
            f"{item.label}, in transit",
            item.heading_dotted,
            f"{percent(item.rate_pct)} instead, for goods exported before {short_day(item.exported_before)}",
            f"entered before {short_day(item.entered_before)}" if item.entered_before else "no end known",
        )
        for item in facts.in_transit
    ]
    return quick_table("Lists that cover it", ("List", "Heading", "Additional duty", "At this rate"), rows)


@register.simple_tag
def history_table(facts: NumberFacts) -> SafeString:
    """Every rate of every day, those that began first first."""
    listed = [
        (
            item.label,
            item.heading_dotted,
            f"{percent(item.rate_pct)}{_of_some(item)}",
            short_day(item.valid_from),
            short_day(item.valid_to, "No end"),
            item.source,
        )
        for item in facts.history
    ]
    others = [
        (
            item.action,
            item.heading_dotted,
            f"{percent(item.rate_pct)}{' (in part)' if item.goods else ''}",
            short_day(item.valid_from),
            short_day(item.valid_to, "No end"),
            item.citation,
        )
        for item in facts.all_goods
    ]
    headings = ("List", "Heading", "Rate", "From", "To", "Source")
    return quick_table("Table of rates over time", headings, [*listed, *others])


@register.simple_tag
def not_counted_table(facts: NumberFacts) -> SafeString:
    """The duties that may come on top, with their days and where they are from."""
    rows = [_not_counted(item) for item in facts.not_counted]
    return quick_table("Duties not counted here", ("Duty", "Heading", "Rate", "From", "To", "Source"), rows)


@cache
def _not_counted(item: OtherDuty) -> tuple[SafeString, ...]:
    """The cells of a duty that is shipped with the product: they are written once a process."""
    cells = (
        item.what,
        item.heading or "None",
        item.rate or "Not stated",
        short_day(item.valid_from, "Not established"),
        short_day(item.valid_to, "No end known"),
        item.source,
    )
    return tuple(SafeString(shown(cell)) for cell in cells)


@register.simple_tag
def children_table(children: Iterable[Child], as_of: date) -> SafeString:
    """The lines to choose from, with what covers each."""
    before, after = reverse("tariff-number", args=["*"]).split("*")
    after = f"{after}?as_of={as_of}"
    rows = (
        (
            SafeString(f'<a href="{before}{number}{after}">{number}</a>'),
            child.line.description,
            lists_of(child.coverage, child.line.number),
        )
        for child in children
        for number in [shown(dotted(child.line.number))]
    )
    headings = ("Number", "Description", "Section 301 lists")
    return quick_table("Lines to choose from", headings, rows)


@register.simple_tag
def exclusions_table(found: Iterable[OfNumber], axis: Axis | None, as_of: date, label: str) -> SafeString:
    """Exclusions with their text and the bars of their terms, which share the days of `axis`."""
    before, after = reverse("exclusion", args=["*"]).split("*")
    after = f"{after}?as_of={as_of}"
    rows = []
    for one in found:
        term, note = one.shown, one.shown.note_printed
        words = shown(term.heading_dotted or term.reference)
        cited = f", note {shown(note)}" if note else ""
        made_up = f" {MADE_UP}" if any(each.fictional for each in one.terms) else ""
        head = SafeString(f'<a href="{before}{shown(term.reference)}{after}">{words}</a>{cited}{made_up}')
        rows.append((head, _text(one), SafeString(term_bars(one.terms, axis, as_of) + _days(one))))
    headings = ("Exclusion", "Text", "Terms")
    return quick_table(label, headings, rows, more="tc-termtable", beside=term_years(axis))


@register.simple_tag
def petitions_table(petitions: Iterable[OnNumber]) -> SafeString:
    """The petitions posted last on the number, with their outcome or stage."""
    before, after = reverse("docket-petition", args=["*"]).split("*")
    rows = (
        (
            SafeString(f'<a class="tc-nowrap" href="{before}{shown(one.reference)}{after}">{shown(one.reference)}</a>'),
            one.product or "Not in the source",
            one.organization or "Not in the source",
            f"{one.label}, {short_day(one.decided_on)}" if one.decided_on else one.label,
            short_day(one.posted_on, "Not in the source"),
        )
        for one in petitions
    )
    headings = ("Reference", "Product", "Organization", "Outcome or stage", "Posted")
    return quick_table("Petitions on the number", headings, rows)


@register.simple_tag
def reckoning_table(reckoned: Owed) -> SafeString:
    """The steps of the reckoning, its total last."""
    rows: list[Sequence[str]] = [
        (
            f"{step.duty[:1].upper()}{step.duty[1:]}",
            step.heading or "–",
            step.rate,
            step.calculation,
            _amount(step),
        )
        for step in reckoned.steps
    ]
    total = "Total" if reckoned.is_complete else "Total of what is known"
    rows.append((total, "", "", "", SafeString(f"<strong>{_total(reckoned)}</strong>")))
    headings = ("Duty", "Heading", "Rate", "Calculation", "Amount")
    return quick_table("Each duty and its amount", headings, rows, more="tc-reckoned")


@register.simple_tag
def reckoning_total(reckoned: Owed) -> str:
    """The total in a sentence, for above its steps."""
    return f"{'Total' if reckoned.is_complete else 'Total of what is known'} {_total(reckoned)}"


def _total(reckoned: Owed) -> str:
    if not reckoned.is_range:
        return f"${reckoned.known:,.2f}"
    return f"${reckoned.known:,.2f} to ${reckoned.most:,.2f}, depending on your answers"


def _amount(step: Step) -> str:
    if step.amount is None:
        return "Not known"
    return f"Up to ${step.amount:,.2f}" if step.hangs else f"${step.amount:,.2f}"


@register.simple_tag
def rates_chart(chart: StepChart, as_of: date) -> SafeString:
    """The rates of a number as steps, in the figure that `_components/chart.html` makes, built in one go."""
    return SafeString(
        f'<figure class="tc-chart"><svg width="100%" height="{chart.height}" role="img" '
        'aria-labelledby="rates-title rates-desc" focusable="false"><title id="rates-title">Rates over time</title>'
        f'<desc id="rates-desc">{WHAT_IS_DRAWN} {shown(chart.in_words)}.</desc>{_steps(chart)}</svg>'
        f"<figcaption>{WHAT_IS_DRAWN} The dashed line is {shortly(as_of)}.</figcaption></figure>"
    )


def _steps(chart: StepChart) -> str:
    """The inside of a drawing of steps: levels and years, the day asked for, the steps and the figure over each."""
    pieces = []
    for mark in chart.levels:
        pieces.append(
            f'<line class="tc-chart__grid" x1="{chart.left}%" y1="{mark.y}" x2="{chart.right}%" y2="{mark.y}"/>'
            f'<text class="tc-chart__level" x="{mark.x}%" y="{mark.y}" dx="-6" dy="4" text-anchor="end">'
            f"{shown(mark.label)}</text>"
        )
    pieces += [
        f'<text class="tc-chart__year" x="{mark.x}%" y="{mark.y}" dx="0" dy="20" text-anchor="start">'
        f"{mark.label}</text>"
        for mark in chart.years
    ]
    pieces.append(
        f'<line class="tc-chart__day" x1="{chart.day}%" y1="{chart.top}" x2="{chart.day}%" y2="{chart.bottom}"/>'
    )
    pieces += [
        f'<line class="tc-chart__line" x1="{part.x1}%" y1="{part.y1}" x2="{part.x2}%" y2="{part.y2}"/>'
        for part in chart.lines
    ]
    pieces += [
        f'<text class="tc-chart__figure" x="{mark.x}%" y="{mark.y}" dx="{-4 if mark.anchor == "end" else 4}" dy="0" '
        f'text-anchor="{mark.anchor}">{shown(mark.label)}</text>'
        for mark in chart.figures
    ]
    return "".join(pieces)


def _rate(item: Coverage) -> str:
    words = f"{percent(item.rate_pct)}"
    if item.in_part:
        words += "; in part"
        if item.only:
            words += f": only {', '.join(map(dotted, item.only))}"
        elif item.without:
            words += f": all but {', '.join(map(dotted, item.without))}"
    return SafeString(f"{shown(words)}<br>{shown(item.question)}") if item.question else words


def _of_some(item: Coverage) -> str:
    if not item.in_force:
        return " (suspended)"
    return " (in part)" if item.in_part else ""


def _text(one: OfNumber) -> str:
    text = f"The whole statistical number: {one.shown.text}" if one.shown.whole_number else one.shown.text
    corrected = one.shown.corrected_on
    if not corrected:
        return text
    words = f"Corrected {short_day(corrected)}. The exclusion’s page says what and why."
    return SafeString(f'{shown(text)}<br><span class="tc-quiet">{words}</span>')


def _days(one: OfNumber) -> str:
    """The days of its terms; those of two headings that are the same, once."""
    days = dict.fromkeys(
        f"{short_day(term.valid_from, 'Not known')} to {short_day(term.valid_to, 'no stated end')}"
        f"{'' if term.status == 'published' else f' ({shown(term.status)})'}"
        for term in one.terms
    )
    return "".join(f'<span class="tc-termdays">{words}</span>' for words in days)


def _since(first: date, last: date | None) -> str:
    return f"from {short_day(first)} to {short_day(last)}" if last else f"from {short_day(first)}"
