"""The access log, for the auditor."""

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exclusions.forms.casework.accesses import AccessFilter
from exclusions.gateways.spreadsheet import csv_lines
from exclusions.queries.record import accesses
from exclusions.views.casework.desk import open_to
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.workflow.roles import Role

PER_PAGE = 50
COLUMNS = ("Petition", "What", "Who", "Role", "When (UTC)")


def _narrowed(request: SignedInRequest) -> AccessFilter:
    """Return the log as the query string narrows it, to the auditor; a date that is none narrows nothing."""
    open_to(
        Role.AUDITOR, request, "Only the auditor reads the access log. Requesters see the log of their own petitions."
    )
    return AccessFilter(request.GET, accesses.all_readings())


@signed_in
@require_safe
def review_accesses(request: SignedInRequest) -> HttpResponse:
    """Show the auditor every reading of confidential matter, newest first, narrowed by the query string."""
    log = _narrowed(request)
    page = Paginator(log.qs, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": log.form,
        "page": page,
        "readings": accesses.readings(page.object_list),
        "query": f"?{query.urlencode()}" if query else "",
    }
    return render(request, "casework/accesses.html", context, status=422 if log.errors else 200)


@signed_in
@require_safe
def access_export(request: SignedInRequest) -> HttpResponseBase:
    """Send the auditor the readings that the filters leave, as CSV."""
    log = _narrowed(request)
    if log.errors:
        return HttpResponse("A filter in the address is not valid. See the access log page.", status=400)
    rows = (
        [row.reference, row.what, row.who, row.role, f"{row.at:%Y-%m-%dT%H:%M:%S}"]
        for row in accesses.in_batches(log.qs)
    )
    return StreamingHttpResponse(
        csv_lines(COLUMNS, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="accesses.csv"'},
    )
