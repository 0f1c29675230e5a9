"""Files and letters of a case, for staff. Every confidential file that is opened is logged."""

from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.views.decorators.http import require_safe

from exclusions.actions.record.accesses import log_reading
from exclusions.permissions import may_read_confidential
from exclusions.queries.record.case_files import case_files, is_on_the_docket
from exclusions.views.casework.case.open_case import open_case
from exclusions.views.core.clock import moment
from exclusions.views.core.downloads import send_file, send_letter
from exclusions.views.core.signed_in import SignedInRequest, signed_in


@signed_in
@require_safe
def document(request: SignedInRequest, reference: str, document_id: UUID) -> HttpResponseBase:
    """Send a file of the petition, of a response to it or of a reply, to whom the case shows it.

    Logged unless the file is on the docket at this moment: what waits for its posting, and what was taken down, is
    read as confidential matter is.
    """
    petition, at = open_case(request, reference, level1=False), moment(request)
    whole = may_read_confidential(request.user, petition, at)
    found = case_files(petition, whole=whole).filter(pk=document_id).first()
    if found is None:
        raise Http404
    if whole and not is_on_the_docket(found, petition):
        log_reading(petition, f"document {found.pk}", by=request.user, at=at)
    return send_file(request, found.storage_key, found.file_name, found.content_type, found.scan)


@signed_in
@require_safe
def letter(request: SignedInRequest, reference: str, code: str) -> HttpResponseBase:
    """Send a letter of the case as PDF, to those who read the whole case."""
    petition = open_case(request, reference)
    found = petition.letters.filter(code=code).first()
    if found is None or not may_read_confidential(request.user, petition, moment(request)):
        raise Http404
    log_reading(petition, f"letter {found.code}", by=request.user, at=moment(request))
    return send_letter(request, found.storage_key, petition.reference, found.kind)
