"""The files of a petition, for its owners."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from exclusions.actions.record import letters
from exclusions.actions.record.accesses import log_reading
from exclusions.actions.record.addresses import in_calendar
from exclusions.gateways.calendar_file import CONTENT_TYPE, FILE_NAME, as_calendar
from exclusions.models import Document, Letter
from exclusions.queries.importer.deadline_reasons import reasons_of
from exclusions.queries.importer.deadlines import deadlines
from exclusions.queries.importer.petitions import to_reply_to
from exclusions.views.core.clock import moment
from exclusions.views.core.downloads import send_file, send_letter
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.views.importer.owned import owned_petition
from exclusions.workflow.states import Status

ON_REQUEST = (Letter.Kind.RECEIPT, Letter.Kind.WITHDRAWAL)


@signed_in
@require_safe
def document(request: SignedInRequest, petition_id: UUID, document_id: UUID) -> HttpResponseBase:
    """Send one of the petition's files as a download, under the type that its content has."""
    petition = owned_petition(request, petition_id)
    found = Document.objects.filter(petition=petition, pk=document_id, removed_at__isnull=True).first()
    if found is None:
        raise Http404
    if found.visibility != Document.Visibility.PUBLIC and petition.status != Status.DRAFT:
        log_reading(petition, f"document {found.pk}", by=request.user, at=moment(request))
    return send_file(request, found.storage_key, found.file_name, found.content_type, found.scan)


@signed_in
@require_safe
def letter(request: SignedInRequest, petition_id: UUID, code: str) -> HttpResponseBase:
    """Send a letter of the petition as PDF."""
    petition = owned_petition(request, petition_id)
    found = petition.letters.filter(code=code).first()
    if found is None:
        raise Http404
    if found.quarantines.filter(restored_at__isnull=True).exists():
        sentence = f"Letter {found.code} was taken down. Ask the intake clerk for a corrected one."
        return render(
            request, "core/downloads.html", {"sentence": sentence, "heading": "This letter was taken down"}, status=410
        )
    log_reading(petition, f"letter {found.code}", by=request.user, at=moment(request))
    return send_letter(request, found.storage_key, petition.reference, found.kind)


@signed_in
@require_safe
def calendar(request: SignedInRequest, petition_id: UUID) -> HttpResponse:
    """Send the petition's deadlines to come as a calendar file."""
    petition, at = owned_petition(request, petition_id), moment(request)
    to_reply = to_reply_to(petition, at)
    why = reasons_of(petition, to_reply)
    found = [
        in_calendar(petition, kind, due_at, of=of, why=why.get(of or kind, ""))
        for kind, due_at, of in deadlines(petition, at, to_reply)
    ]
    if not found:
        raise Http404
    answer = HttpResponse(as_calendar(found, made_at=at), content_type=f"{CONTENT_TYPE}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{petition.reference or "draft"}-{FILE_NAME}"'
    return answer


@signed_in
@require_POST
def issue_letter(request: SignedInRequest, petition_id: UUID, kind: str) -> HttpResponseBase:
    """Set the receipt or the confirmation of withdrawal as a PDF, if that was not done yet, and lead to it."""
    petition = owned_petition(request, petition_id)
    issued = letters.ensure_letter(petition, kind, at=moment(request)) if kind in ON_REQUEST else None
    if issued is None:
        raise Http404
    return redirect("petition-letter", petition.pk, issued.code)
