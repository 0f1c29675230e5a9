"""Taking any public thing of a case down, and putting it back, for staff."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from exclusions.actions.record import quarantine as actions
from exclusions.models import Quarantine
from exclusions.views.agency.open_case import open_case
from exclusions.views.frame.moment import moment
from exclusions.views.frame.refusals import Pressed
from exclusions.views.frame.signed_in import SignedInRequest, signed_in
from exclusions.views.frame.take_down import back, take_down_page


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def case_quarantine(request: SignedInRequest, reference: str) -> HttpResponse:
    """Let staff take down anything public of a case."""
    return take_down_page(request, open_case(request, reference), staff=True)


@signed_in
@require_POST
def case_restore(request: SignedInRequest, reference: str, quarantine_id: int) -> HttpResponse:
    """Put back what was taken down, or a corrected file in its stead."""
    petition = open_case(request, reference)
    taken = get_object_or_404(Quarantine, pk=quarantine_id, petition=petition)
    pressed = Pressed(request)
    with pressed:
        actions.restore(taken, by=request.user, at=moment(request))
        messages.success(request, "It is public again.")
    return pressed.answer(back(petition, staff=True))
