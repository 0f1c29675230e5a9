"""Taking a public thing of a case down, and putting it back: for the petition's owners and for staff."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from exclusions.actions.filing.documents import Upload
from exclusions.actions.record import quarantine as actions
from exclusions.errors import ActionRefused
from exclusions.forms.review import show_refusal
from exclusions.forms.visibility import ReplaceForm, TakeDownForm
from exclusions.models import Petition, Quarantine
from exclusions.queries.agency.quarantine import quarantine_page
from exclusions.views.agency.case import open_case, status_of
from exclusions.views.frame.signed_in import SignedInRequest, signed_in
from exclusions.views.importer.petitions import owned_petition


def _page(request: SignedInRequest, petition: Petition, *, staff: bool) -> HttpResponse:
    at = timezone.now()
    page = quarantine_page(petition, request.user, at)
    things = {thing.key: thing for thing in page.things}
    form = TakeDownForm(
        request.POST if request.method == "POST" else None, things=[(key, thing.label) for key, thing in things.items()]
    )
    status = 200
    if request.method == "POST" and page.reasons:
        raise PermissionDenied(*page.reasons)
    if request.method == "POST" and form.is_valid():
        thing = things[form.cleaned_data["thing"]]
        try:
            actions.take_down(
                petition,
                response=thing.response,
                document=thing.document,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=at,
            )
        except ActionRefused as refused:
            show_refusal(form, refused)
            status = status_of(refused)
        else:
            messages.success(request, f"Taken down: {thing.label}. It is gone from every public page, file and feed.")
            return _back(petition, staff=staff)
    elif form.errors:
        status = 422
    context = {"petition": petition, "page": page, "form": form, "replace": ReplaceForm(), "staff": staff}
    return render(request, "quarantine/page.html", context, status=status)


def _back(petition: Petition, *, staff: bool) -> HttpResponse:
    return redirect("case-quarantine", petition.reference) if staff else redirect("petition-quarantine", petition.pk)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def petition_quarantine(request: SignedInRequest, petition_id: UUID) -> HttpResponse:
    """Let the petition's owners take down what they filed."""
    return _page(request, owned_petition(request, petition_id), staff=False)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def case_quarantine(request: SignedInRequest, reference: str) -> HttpResponse:
    """Let staff take down anything public of a case."""
    return _page(request, open_case(request, reference), staff=True)


@signed_in
@require_POST
def petition_replace(request: SignedInRequest, petition_id: UUID, quarantine_id: int) -> HttpResponse:
    """Take a corrected file for one that was taken down; staff look it through before it is public."""
    petition = owned_petition(request, petition_id)
    taken = get_object_or_404(Quarantine, pk=quarantine_id, petition=petition)
    form = ReplaceForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, "Choose the corrected file.")
        return _back(petition, staff=False)
    file = form.cleaned_data["file"]
    try:
        actions.replace_document(taken, Upload.of(file), by=request.user, at=timezone.now())
    except ActionRefused as refused:
        sentences = refused.reasons or [sentence for found in refused.fields.values() for sentence in found]
        messages.error(request, " ".join(sentences))
    else:
        messages.success(
            request, "The corrected file is here. It becomes public once the agency has looked through it."
        )
    return _back(petition, staff=False)


@signed_in
@require_POST
def case_restore(request: SignedInRequest, reference: str, quarantine_id: int) -> HttpResponse:
    """Put back what was taken down, or a corrected file in its stead."""
    petition = open_case(request, reference)
    taken = get_object_or_404(Quarantine, pk=quarantine_id, petition=petition)
    try:
        actions.restore(taken, by=request.user, at=timezone.now())
    except ActionRefused as refused:
        raise PermissionDenied(*refused.reasons) from refused
    messages.success(request, "It is public again.")
    return _back(petition, staff=True)
