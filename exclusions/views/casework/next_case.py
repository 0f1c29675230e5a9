"""“Give me my next case”."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from exclusions.actions.casework.next_case import take_next
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Pressed
from exclusions.views.core.signed_in import SignedInRequest, signed_in


@signed_in
@require_POST
def next_case(request: SignedInRequest) -> HttpResponse:
    """Take the next case for the person and open it; where none is left, say so."""
    pressed, done = Pressed(request), redirect("review")
    with pressed:
        petition = take_next(by=request.user, at=moment(request))
        messages.success(request, f"{petition.reference} is yours.")
        done = redirect("case", petition.reference)
    return pressed.answer(done)
