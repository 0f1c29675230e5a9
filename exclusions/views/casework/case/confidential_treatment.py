"""Intake refuses to treat one answer of a petition as business confidential, with reasons."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from exclusions.actions.filing.confidentiality import refuse_confidentiality
from exclusions.views.casework.case.open_case import open_case
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Pressed
from exclusions.views.core.signed_in import SignedInRequest, signed_in


@signed_in
@require_POST
def refuse(request: SignedInRequest, reference: str) -> HttpResponse:
    """Record the refusal and lead back to the screening; the petition is then to be returned."""
    petition = open_case(request, reference)
    pressed = Pressed(request, reason="Reasons")
    with pressed:
        refuse_confidentiality(
            petition,
            request.POST.get("question", ""),
            reason=request.POST.get("reason", ""),
            by=request.user,
            at=moment(request),
        )
        messages.success(request, "Recorded. We told the requester. Next, return the petition for correction.")
    return pressed.answer(redirect("case-post", petition.reference))
