"""Files of a bulk sheet: the template, and the rows with what is wrong. Their names tell the docket, and no more."""

from collections.abc import Iterator
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from exclusions.actions.bulk_sheets import sheets
from exclusions.gateways.bulk_sheets.template_file import template_csv, template_workbook
from exclusions.gateways.documents.inspection import CSV, XLSX
from exclusions.queries.importer.bulk_marked import marked_workbook
from exclusions.queries.importer.bulk_templates import template_of
from exclusions.views.core.clock import moment
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.views.importer.bulk_owned import owned_sheet, owned_with_role

CSV_TYPE = f"{CSV.content_type}; charset=utf-8"
_MADE = {"xlsx": (template_workbook, XLSX.content_type), "csv": (template_csv, CSV_TYPE)}


@signed_in
@require_safe
def template(request: SignedInRequest, sheet_id: UUID, kind: str) -> HttpResponseBase:
    """Send the template of the sheet's round."""
    opened = owned_sheet(request, sheet_id)
    if kind not in _MADE:
        raise Http404
    make, content_type = _MADE[kind]
    return attachment(make(template_of(opened.round)), f"petitions-{opened.round.docket}.{kind}", content_type)


@signed_in
@require_safe
def marked(request: SignedInRequest, sheet_id: UUID) -> HttpResponseBase:
    """Send the rows that are no drafts yet, with what is wrong noted at each cell; who fetches them goes on record."""
    opened, role = owned_with_role(request, sheet_id)
    if not opened.headings:
        raise Http404
    sheets.note_fetched(opened, role=role, by=request.user, at=moment(request))
    return attachment(marked_workbook(opened), f"petitions-{opened.round.docket}-marked.xlsx", XLSX.content_type)


def attachment(content: bytes | Iterator[str] | Iterator[bytes], name: str, content_type: str) -> HttpResponseBase:
    """Return a file that is made for one person and kept nowhere on the way; what comes in pieces is sent so."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    answer = HttpResponse if isinstance(content, bytes) else StreamingHttpResponse
    return answer(content, content_type=content_type, headers=headers)
