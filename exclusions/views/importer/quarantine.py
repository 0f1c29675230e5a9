"""Taking a public thing of one's own petition down, and giving a corrected file for it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from exclusions.actions.filing.documents import Upload
from exclusions.actions.record import quarantine as actions
from exclusions.errors import Incomplete
from exclusions.forms.take_down import ReplaceForm
from exclusions.models import Quarantine
from exclusions.views.frame.moment import moment
from exclusions.views.frame.refusals import Pressed
from exclusions.views.frame.signed_in import SignedInRequest, signed_in
from exclusions.views.frame.take_down import back, take_down_page
from exclusions.views.importer.owned import owned_petition


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def petition_quarantine(request: SignedInRequest, petition_id: UUID) -> HttpResponse:
    """Let the petition's owners take down what they filed."""
    return take_down_page(request, owned_petition(request, petition_id), staff=False)


@signed_in
@require_POST
def petition_replace(request: SignedInRequest, petition_id: UUID, quarantine_id: int) -> HttpResponse:
    """Take a corrected file for one that was taken down; staff look it through before it is public."""
    petition = owned_petition(request, petition_id)
    taken = get_object_or_404(Quarantine, pk=quarantine_id, petition=petition)
    form = ReplaceForm(request.POST, request.FILES)
    pressed = Pressed(request)
    with pressed:
        if not form.is_valid():
            raise Incomplete("Choose the corrected file.")
        actions.replace_document(taken, Upload.of(form.cleaned_data["file"]), by=request.user, at=moment(request))
        messages.success(
            request, "The corrected file is here. It becomes public once the agency has looked through it."
        )
    return pressed.answer(back(petition, staff=False))
