"""Can I get it back? Lines of entries, answered at once and not kept."""

from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from exclusions.duties.refunds import RULES
from exclusions.forms.answers.refunds import RefundsForm
from exclusions.gateways.calendar_file import CONTENT_TYPE, calendar_file
from exclusions.gateways.documents.inspection import FileRefused
from exclusions.gateways.documents.parsing import sheet_rows
from exclusions.gateways.entry_lines import LABELS, MOST, NEEDED, EntryTable, read_entry_lines, text_rows
from exclusions.gateways.rows import ZIP_MAGIC
from exclusions.gateways.spreadsheet import csv_lines, workbook
from exclusions.queries.answers.own_goods import refund_sheets
from exclusions.queries.answers.own_goods.refunds import STRIDE, RefundsFound, answering, refunds_found
from exclusions.views.frame.moment import moment
from exclusions.workflow.deadlines import eastern_date

PAGE = "answers/refunds.html"
SHOWN = 200
ANSWER = "<!--answer-->"
ECHOED = 1_000_000  # characters of a file that the page gives back as text, to be corrected and sent again
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOT_TEXT = "This file is neither a spreadsheet nor UTF-8 text. Save it as .xlsx, or choose “Save as: CSV UTF-8”."


@require_http_methods(["GET", "HEAD", "POST"])
def refunds(request: HttpRequest) -> HttpResponseBase:
    """Ask for lines of entries; answer them on the page, as a sheet or as a calendar. Nothing is written down."""
    context: dict[str, Any] = {"form": RefundsForm(), "rules": RULES, "needed": [LABELS[name] for name in NEEDED]}
    if request.method != "POST":
        return render(request, PAGE, context)
    form = context["form"] = RefundsForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, PAGE, context, status=422)
    today = eastern_date(moment(request))
    given = form.cleaned_data["file"]
    table = EntryTable()
    try:
        text, rows = _given(form.cleaned_data["lines"], given)
        table = read_entry_lines(rows, given.name if given else "pasted lines", today=today)
    except FileRefused as refused:
        text, table.fault = form.cleaned_data["lines"], str(refused)
    if table.fault:
        form.add_error("file" if given else "lines", table.fault)
        return render(request, PAGE, {**context, "echoed": text[:ECHOED]}, status=422)
    kind = form.cleaned_data["answer_as"]
    if table.lines and kind in ("xlsx", "csv", "ics"):
        return _file(request, kind, refunds_found(table.lines, today))
    context |= {"table": table, "today": today}
    context |= {"echoed": text if len(text) <= ECHOED else "", "choose_again": len(text) > ECHOED}
    if len(table.lines) > STRIDE:
        response = StreamingHttpResponse(_pieces(request, context, table, today))
        response["X-Accel-Buffering"] = "no"  # a proxy in front passes each piece on as it comes
        return response
    context |= _shown(refunds_found(table.lines, today))
    return render(request, PAGE, context, status=200 if table.lines else 422)


def _pieces(request: HttpRequest, context: dict[str, Any], table: EntryTable, today: date) -> Iterator[str]:
    """Yield the page of many lines: its beginning at once, then how far it is, then the answer. No script is needed."""
    page = render_to_string(PAGE, {**context, "large": len(table.lines)}, request)
    before, _, after = page.partition(ANSWER)
    yield before
    found = RefundsFound(today)
    for count in answering(found, table.lines):
        yield f'<p class="tc-quiet">{count:,} of {len(table.lines):,} lines are answered.</p>\n'
    yield render_to_string("answers/refunds/_whole.html", context | _shown(found), request)
    yield after


def _shown(found: RefundsFound) -> dict[str, Any]:
    return {"found": found, "shown": found.by_last_day[:SHOWN]}


def _given(pasted: str, given: BinaryIO | None) -> tuple[str, Any]:
    """Return the lines as text, to be shown again, and as rows. Raises FileRefused."""
    if given is None:
        return pasted, text_rows(pasted)
    begins = given.read(4)
    given.seek(0)
    if begins == ZIP_MAGIC:
        name = str(getattr(given, "name", "file"))
        rows = sheet_rows(name, given, most=MOST + 2)
        return "\n".join("\t".join(str(cell) for cell in cells) for _, cells in rows), rows
    try:
        text = given.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefused(NOT_TEXT) from None
    if "\0" in text:
        raise FileRefused(NOT_TEXT)
    return text, text_rows(text)


def _file(request: HttpRequest, kind: str, found: RefundsFound) -> HttpResponseBase:
    headers = {"Content-Disposition": f'attachment; filename="refunds.{kind}"', "Cache-Control": "no-store"}
    if kind == "ics":
        entries = refund_sheets.calendar_entries(found, request.build_absolute_uri(reverse("refunds")))
        return HttpResponse(calendar_file(entries, made_at=moment(request)), content_type=CONTENT_TYPE, headers=headers)
    rows = refund_sheets.sheet_rows(found)
    if kind == "xlsx":
        body = workbook("Refunds", refund_sheets.COLUMNS, rows)
        return HttpResponse(body, content_type=XLSX, headers=headers)
    lines = csv_lines(refund_sheets.COLUMNS, rows)
    return StreamingHttpResponse(
        lines, content_type="text/csv; charset=utf-8", headers=cast("dict[str, object]", headers)
    )
