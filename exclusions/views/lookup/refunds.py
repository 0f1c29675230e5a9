"""Can I get it back? Lines of entries, answered at once and not kept."""

from collections.abc import Iterator
from datetime import date
from secrets import token_hex
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from exclusions.duties.refunds import RULES
from exclusions.forms.lookup.refunds import MOST_BYTES, RefundsForm
from exclusions.gateways.calendar_file import CONTENT_TYPE, calendar_file
from exclusions.gateways.documents.inspection import FileRefused
from exclusions.gateways.documents.parsing import Busy
from exclusions.gateways.entries.turns import BUSY, RETRY_AFTER, NoTurn, Turn, Until
from exclusions.gateways.entry_lines import EntryTable, read_entry_lines
from exclusions.gateways.spreadsheet import csv_lines, workbook
from exclusions.queries.lookup import refund_sheets
from exclusions.queries.lookup.refunds import STRIDE, RefundsFound, answering, refunds_found
from exclusions.views.core.clock import moment
from exclusions.views.core.rate_limit import count
from exclusions.views.core.sender import network
from exclusions.views.lookup.refund_files import Given, given_lines
from exclusions.workflow.deadlines import eastern_date

PAGE = "lookup/refunds.html"
SHOWN = 50
ECHOED = 1_000_000  # characters of a file that the page gives back as text, to be corrected and sent again
A_MINUTE = 60  # tables that one network may send
TOO_MANY = "Your network has sent many tables within a minute. Wait a minute, then send yours again."
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
def refunds(request: HttpRequest) -> HttpResponseBase:
    """Ask for lines of entries; answer them on the page, as a sheet or as a calendar. Nothing is written down."""
    context: dict[str, Any] = {"form": RefundsForm(), "rules": RULES}
    if request.method != "POST":
        return render(request, PAGE, context)
    form = context["form"] = RefundsForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, PAGE, context, status=422)
    if count("refunds", network(request), seconds=60) > A_MINUTE:
        return _later(request, context, form, 429, TOO_MANY)
    file = form.cleaned_data["file"]
    try:
        turn = Turn(MOST_BYTES if file else len(form.cleaned_data["lines"]))
    except NoTurn:
        return _later(request, context, form, 503, BUSY)
    response: HttpResponseBase | None = None
    try:
        response = _answered(request, context, form, turn)
    finally:
        if response is None or not response.streaming:
            turn.end()
    return response


def _later(
    request: HttpRequest, context: dict[str, Any], form: RefundsForm, status: int, sentence: str
) -> HttpResponseBase:
    """Ask to send the same again; what was pasted stays on the page."""
    context["echoed"] = form.cleaned_data["lines"][:ECHOED]
    form.add_error("file" if form.cleaned_data["file"] else "lines", sentence)
    response = render(request, PAGE, context, status=status)
    response["Retry-After"] = str(RETRY_AFTER)
    return response


def _answered(request: HttpRequest, context: dict[str, Any], form: RefundsForm, turn: Turn) -> HttpResponseBase:
    """Read the lines and answer them; a streamed answer ends the turn itself."""
    today = eastern_date(moment(request))
    file = form.cleaned_data["file"]
    table, given = EntryTable(), Given(form.cleaned_data["lines"], ())
    try:
        given = given_lines(form.cleaned_data["lines"], file)
        table = read_entry_lines(given.rows, file.name if file else "pasted lines", today=today, choices=form.choices)
    except Busy as busy:
        return _later(request, context, form, 503, str(busy))
    except FileRefused as refused:
        table.fault = str(refused)
    text = given.as_text(table)
    context |= {"table": table, "today": today, "echoed": text if len(text) <= ECHOED else ""}
    context["choose_again"] = len(text) > ECHOED
    if table.layout and (table.asks or form.refuse_twice() or form.cleaned_data["choose"]):
        return _ask(request, context, form)
    if table.fault:
        form.add_error("file" if file else "lines", table.fault)
        return render(request, PAGE, {**context, "table": None, "echoed": text[:ECHOED]}, status=422)
    kind = form.cleaned_data["answer_as"]
    if table.lines and kind in ("xlsx", "csv", "ics"):
        return _file(request, kind, table, refunds_found(table.lines, today), turn)
    context["start"] = form.cleaned_data["start"] or 0
    if len(table.lines) > STRIDE:
        response = StreamingHttpResponse(Until(_pieces(request, context, table, today), turn))
        response["X-Accel-Buffering"] = "no"  # a proxy in front passes each piece on as it comes
        return response
    context |= _page_context(refunds_found(table.lines, today), context["start"])
    return render(request, PAGE, context, status=200 if table.lines or table.elsewhere else 422)


def _ask(request: HttpRequest, context: dict[str, Any], form: RefundsForm) -> HttpResponse:
    """Ask which column is which. What was pasted, or read of a file, goes along on the page; nothing is kept."""
    wanted = form.wanted(context["table"].layout)
    status = 422 if form.errors else 200
    return render(request, "lookup/refunds/columns.html", context | {"wanted": wanted}, status=status)


def _pieces(request: HttpRequest, context: dict[str, Any], table: EntryTable, today: date) -> Iterator[str]:
    """Yield the page of many lines: its beginning at once, then how far it is, then the answer. No script is needed."""
    mark = token_hex()  # stands where the answer goes
    page = render_to_string(PAGE, {**context, "large": len(table.lines), "mark": mark}, request)
    before, _, after = page.partition(mark)
    yield before
    found = RefundsFound(today)
    for done in answering(found, table.lines):
        yield render_to_string("lookup/refunds/_progress.html", {"done": done, "lines": len(table.lines)})
    yield render_to_string("lookup/refunds/_whole.html", context | _page_context(found, context["start"]), request)
    yield after


def _page_context(found: RefundsFound, start: int) -> dict[str, Any]:
    """Return the context of a page of lines; `before` and `after` are where (from 0) the pages beside it begin."""
    total = len(found.answers)
    start = start if start < total else 0
    return {
        "found": found,
        "shown": found.by_last_day[start : start + SHOWN],
        "first": start + 1,
        "last": min(start + SHOWN, total),
        "before": max(0, start - SHOWN) if start else None,
        "after": start + SHOWN if start + SHOWN < total else None,
    }


def _file(request: HttpRequest, kind: str, table: EntryTable, found: RefundsFound, turn: Turn) -> HttpResponseBase:
    headers = {"Content-Disposition": f'attachment; filename="refunds.{kind}"', "Cache-Control": "no-store"}
    if kind == "ics":
        entries = refund_sheets.calendar_entries(found, request.build_absolute_uri(reverse("refunds")))
        return HttpResponse(calendar_file(entries, made_at=moment(request)), content_type=CONTENT_TYPE, headers=headers)
    rows = refund_sheets.sheet_rows(found, table)
    if kind == "xlsx":
        body = workbook("Refunds", refund_sheets.COLUMNS, rows)
        return HttpResponse(body, content_type=XLSX, headers=headers)
    lines = Until(csv_lines(refund_sheets.COLUMNS, rows), turn)
    return StreamingHttpResponse(
        lines, content_type="text/csv; charset=utf-8", headers=cast("dict[str, object]", headers)
    )
