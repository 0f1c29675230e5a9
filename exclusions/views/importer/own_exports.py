"""A person's own petitions as files: CSV, XLSX and JSON, with the list's filters."""

from collections.abc import Iterator

from django.http import Http404, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from exclusions.actions.record.accesses import log_own_readings
from exclusions.forms.petitions import NarrowForm
from exclusions.gateways.spreadsheet import csv_lines, json_pieces, workbook_pieces
from exclusions.models import Petition
from exclusions.queries.importer import own_files, own_list
from exclusions.views.core.clock import moment
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.views.importer.bulk_files import attachment

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


@signed_in
@require_safe
def export(request: SignedInRequest, kind: str) -> HttpResponseBase:
    """Send the person's petitions that the filters leave; confidential answers only where `confidential=1` asks.

    Then the reading is put on record before a byte is sent, and the file's name says what is in it.
    """
    if kind not in TYPES:
        raise Http404
    at = moment(request)
    owned = Petition.objects.owned_by(request.user, at)
    whose = own_list.whose(owned)
    form = NarrowForm(request.GET, organizations=whose.organizations, people=whose.people)
    chosen = form.chosen
    if form.errors:
        said = " ".join(str(one) for found in form.errors.values() for one in found)
        return HttpResponse(said, status=400, content_type="text/plain; charset=utf-8")
    found = own_list.narrowed(owned, at, **chosen)
    confidential = request.GET.get("confidential") == "1"
    if confidential:
        log_own_readings(found, "export of own petitions", by=request.user, at=at)
    name = f"my-petitions{'-BUSINESS-CONFIDENTIAL' if confidential else ''}.{kind}"
    titles = own_files.headings(confidential=confidential)
    pieces: Iterator[str] | Iterator[bytes]
    if kind == "json":
        pieces = json_pieces(own_files.own_objects(found, at, confidential=confidential))
    else:
        rows = own_files.own_rows(found, at, confidential=confidential)
        pieces = workbook_pieces("Petitions", titles, rows) if kind == "xlsx" else csv_lines(titles, rows)
    return attachment(pieces, name, TYPES[kind])
