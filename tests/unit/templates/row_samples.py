"""What each template of rows is given, with one text wherever people, files or the tariff write one."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from exclusions.charts import bars as bars_drawn
from exclusions.charts.lines import lines as drawn_lines
from exclusions.charts.steps import LEFT, Line, Mark, StepChart
from exclusions.charts.terms import Bar, Term, TermBars, term_axis
from exclusions.queries.lookup.sheets import Drawn, Sheet
from exclusions.queries.public.docket_columns import ListRow
from exclusions.questionnaires import Visibility
from exclusions.templatetags import number_tables, registry_rows
from exclusions.templatetags.docket_rows import STAGES, Row, splitter
from tests.unit.templates import case_samples, own_samples

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
DAY = date(2026, 3, 2)
Given = Mapping[str, Any]


def docket(text: str) -> Given:
    """Return a petition that is decided and one that is open, whose texts are marked where words were looked for."""
    reference, pieces = "USTR-2019-0005-0001", splitter("script pump")(text)
    badge = STAGES["stage1"]._replace(name=text, what=text)
    decided = ListRow(reference, text, text, text, "stage1", DAY, NOW, DAY, False)
    row = Row(decided, True, pieces, pieces, badge, False)
    rows = [row, row._replace(petition=decided._replace(decided_on=None), is_fictional=False, is_open=True)]
    return {"rows": rows, "fictional": text}


AXIS = term_axis([Term(DAY, None)], on=DAY)


def bars(text: str) -> TermBars:
    """Return the bars of an exclusion that say a text."""
    return TermBars([Bar(1.5, 20.25, True), Bar(30.0, 2.0, False)], text)


def registry(text: str) -> Given:
    """Return an exclusion of the registry with two numbers and two terms, and one of whose terms no day is known."""
    drawn = registry_rows.Row(text, text, text, True, text, (text, text), text, bars(text), [text, text])
    rows = [drawn, registry_rows.Row(text, "quiet", text, False, "", (), text, None, [])]
    return {"rows": rows, "axis": AXIS, "as_of": "2026-03-02", "fictional": text}


def number_exclusions(text: str) -> Given:
    """Return an exclusion that names a number, and one of whose terms no day is known."""
    drawn = number_tables.Row(text, text, text, True, True, text, DAY, bars(text), [text, text])
    rows = [drawn, number_tables.Row(text, text, "", False, False, text, None, None, [])]
    return {"rows": rows, "axis": AXIS, "as_of": "2026-03-02", "fictional": text}


def goods(text: str) -> Given:
    """Return a heading with one of its lines, and one without."""
    lines = [{"number": text, "words": text, "coverage": text}]
    groups = [{"number": text, "words": text, "why": text, "lines": lines}]
    bare = {"number": text, "words": text, "why": text, "lines": ()}
    return {"groups": [*groups, bare], "as_of": DAY, "lists_of": lambda coverage, number: coverage}


def rates_chart(text: str) -> Given:
    """Return a drawing of steps."""
    mark = Mark(LEFT, 28, text, "end")
    chart = StepChart([Line(LEFT, 28, 50.5, 28)], [mark], [mark], [mark], 40.0, text)
    return {"chart": chart, "key": "rates", "title": text, "text": text, "as_of": DAY}


def bar_chart(text: str) -> Given:
    """Return a drawing of bars of two series."""
    row = bars_drawn.Row(text, text, (bars_drawn.Part(0.0, 39.5, 0), bars_drawn.Part(39.5, 38.5, 1)), 0)
    return {"chart": bars_drawn.BarChart((text, text), (row,)), "key": "bars", "title": text, "text": text}


def line_chart(text: str) -> Given:
    """Return a drawing of two lines."""
    points = [(1.0, 2.0), (2.0, 3.5)]
    chart = drawn_lines([(text, points), (text, points)], [(1.0, text), (2.0, text)], unit=text)
    return {"chart": chart, "key": "lines", "title": text, "text": text}


def sheet(text: str) -> Sheet:
    """Return a sheet of a row that leads somewhere, with more rows than are shown at once."""
    name = f"{text}, in one line or in several"
    rows = [(name, 1200), (name, None), (text, text), (text, 2.5)]
    return Sheet("sheet", text, (text, f"{text} "), rows, text, (text,), urls={name: f"?q={text}"})


def sheets(text: str) -> Given:
    """Return a sheet without a drawing, one with both kinds of drawing, and one without rows."""
    plain, drawings = sheet(text), (bar_chart(text)["chart"], line_chart(text)["chart"])
    charts = (Drawn("bars", text, text, bars=drawings[0]), Drawn("lines", text, "", lines=drawings[1]))
    empty = replace(plain, rows=(), says="", empty=text)
    return {"sheets": [plain, replace(plain, charts=charts, says=""), empty], "route": "context-table"}


def key_facts(text: str) -> Given:
    """Return an answer of each visibility, as an object has it and as a mapping, which says none."""
    shown = [{"label": text, "value": text, "visibility": {"value": one.value}} for one in Visibility]
    return {"lines": [*shown, {"label": text, "value": text, "confidential": True}], "badges": True, "mark": text}


def hits(text: str) -> Given:
    """Return a heading that was found with one of its lines, and an exclusion."""
    found = {"title": text, "number": text, "label": text, "why": text, "standing": text}
    heading = {**found, "is_tariff": True, "address": "/tariff/", "lines": [{"number": text, "ending": text}]}
    other = {**found, "is_tariff": False, "address": "/exclusions/", "lines": (), "fictional": True}
    return {"hits": [{**heading, "fictional": False}, other], "as_of": DAY, "fictional": text}


# Each template in `templates/rows`; a test names the one that is missing.
ROWS: Mapping[str, Callable[[str], Given]] = {
    **case_samples.ROWS,
    **own_samples.ROWS,
    "chart.html": bar_chart,
    "chart_bars.html": bar_chart,
    "chart_lines.html": line_chart,
    "chart_rates.html": rates_chart,
    "docket.html": docket,
    "goods.html": goods,
    "hits.html": hits,
    "key_facts.html": key_facts,
    "number_exclusions.html": number_exclusions,
    "options.html": lambda text: {"offered": [(text, text), ("a", text)], "chosen": text},
    "registry.html": registry,
    "sheet_table.html": lambda text: {"sheet": sheet(text), "lines": sheet(text).lines, "title": text},
    "sheets.html": sheets,
    "term_bars.html": lambda text: {"bars": bars(text), "axis": AXIS},
}


def facets(text: str) -> Given:
    """Return a facet of the docket's list with one value."""
    values = [{"url": f"?q={text}", "chosen": True, "label": text, "number": 1200}]
    facet = {"name": text, "title": text, "values": values}
    return {"counted": {"facets": True}, "facets_open": True, "found": {"facets": [facet]}}


def record(text: str) -> Given:
    """Return a moment of a case of which all is known, and one of which hardly anything is."""
    names = ("what", "about", "before", "after", "who", "role", "reason")
    bare = {**dict.fromkeys(names, ""), "what": text, "role": text, "after": text}
    return {"page": {"events": [{**moment, "at": NOW} for moment in (dict.fromkeys(names, text), bare)]}}


def number_facts(text: str) -> Given:
    """Return what is said of a number: lists, actions on all goods, goods in transit, duties that are not counted."""
    days = {"valid_from": DAY, "valid_to": DAY, "exported_before": DAY, "entered_before": DAY, "rate_pct": "25.00"}
    said = ("label", "short", "citation", "heading_dotted", "question", "goods", "action", "source", "what", "heading")
    item = SimpleNamespace(**days, **dict.fromkeys((*said, "rate"), text), in_part=True, only=("84138100",), code="")
    lists = ("coverage", "in_transit", "history", "all_goods", "not_counted", "also_owed")
    child = {"line": {"number": "8413810040", "description": text}, "coverage": ()}
    facts = {name: [item] for name in lists} | {"children": [child]}
    return {"facts": facts, "as_of": DAY}


def petitions(text: str) -> Given:
    """Return a petition on a number."""
    one = {"reference": "USTR-2019-0005-0001", "decided_on": DAY, "posted_on": None}
    return {"answer": {"petitions": {"latest": [one | dict.fromkeys(("product", "organization", "label"), text)]}}}


def reckoning(text: str) -> Given:
    """Return a step of each kind, and a total that is a range."""
    step = {**dict.fromkeys(("duty", "heading", "rate", "calculation"), text), "amount": 12.5, "hangs": True}
    steps = [step, {**step, "amount": None}]
    return {"reckoned": SimpleNamespace(steps=steps, known=1000, most=1250.5, is_range=True, is_complete=False)}


# Templates of Django's own that show rows, by their names.
PAGES: Mapping[str, Callable[[str], Given]] = {
    **case_samples.PAGES,
    "casework/case/_record.html": record,
    "lookup/number/_children.html": number_facts,
    "lookup/number/_covering.html": number_facts,
    "lookup/number/_not_counted.html": number_facts,
    "lookup/number/_petitions.html": petitions,
    "lookup/number/_rates.html": number_facts,
    "lookup/number/_reckoning.html": reckoning,
    "public/docket_list/_facets.html": facets,
}
