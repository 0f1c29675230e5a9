"""Taking a public thing of one's own petition down, and giving a corrected file for it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from exclusions.models import Quarantine
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.views.core.take_down import back, replace_file, take_down_page
from exclusions.views.importer.owned import owned_petition, owned_with_standing


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def petition_quarantine(request: SignedInRequest, petition_id: UUID) -> HttpResponse:
    """Let the petition's owners take down what they filed."""
    petition, standing = owned_with_standing(request, petition_id)
    return take_down_page(request, petition, standing, staff=False)


@signed_in
@require_POST
def petition_replace(request: SignedInRequest, petition_id: UUID, quarantine_id: int) -> HttpResponse:
    """Take a corrected file for one that was taken down; staff look it through before it is public."""
    petition = owned_petition(request, petition_id)
    taken = get_object_or_404(Quarantine, pk=quarantine_id, petition=petition)
    return replace_file(request, taken, back(petition, staff=False))
