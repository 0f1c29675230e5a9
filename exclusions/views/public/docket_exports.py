"""The docket for programs and people with spreadsheets: CSV, XLSX and JSON, with the list's filters."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from exclusions.forms.docket import DocketFilter
from exclusions.gateways.spreadsheet import csv_lines, json_pieces, workbook_pieces
from exclusions.models.public import PublicPetition
from exclusions.queries.public import docket
from exclusions.queries.public.docket_columns import COLUMNS, WRITTEN
from exclusions.queries.public.docket_files import file_objects, file_rows
from exclusions.queries.public.docket_pages import SORTS
from exclusions.views.core.clock import moment

PLAIN = "text/plain; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def docket_export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Send every petition that the filters leave, in the list's order, as `csv`, `xlsx` or `json`.

    A program that has the file already, as the docket is now, is told so (304).
    """
    chosen = DocketFilter(request.GET, PublicPetition.objects.all())
    sort = request.GET.get("sort") or "newest"
    if chosen.sentences or sort not in SORTS:
        wrong = chosen.sentences or [f"Order: choose one of {', '.join(SORTS)}, not “{sort[:40]}”."]
        return HttpResponse(" ".join(wrong), status=400, content_type=PLAIN)
    tag = quote_etag(f"{docket.version()}-{docket.key_of(request.GET.dict())}-{kind}-{WRITTEN}")
    answer = _sent(chosen, sort, kind, tag)
    changed = docket.last_changed(moment(request))
    if changed:
        answer["Last-Modified"] = http_date(changed.timestamp())
    since = int(changed.timestamp()) if changed else None
    return get_conditional_response(request, etag=tag, last_modified=since, response=answer) or answer


def _sent(chosen: DocketFilter, sort: str, kind: str, tag: str) -> Any:
    rows = file_rows(chosen.qs, sort)
    headers = {"Content-Disposition": f'attachment; filename="docket.{kind}"', "ETag": tag}
    titles = [column.heading for column in COLUMNS.values()]
    if kind == "xlsx":
        return StreamingHttpResponse(workbook_pieces("Docket", titles, rows), content_type=XLSX, headers=headers)
    if kind == "json":
        pieces = json_pieces(file_objects(chosen.qs, sort))
        return StreamingHttpResponse(pieces, content_type="application/json", headers=headers)
    return StreamingHttpResponse(csv_lines(titles, rows), content_type="text/csv; charset=utf-8", headers=headers)
