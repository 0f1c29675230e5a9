"""The intake clerk's worklist of responses: read, post, or decline with a reason."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from exclusions.actions.filing.responses import post_response, refuse_response
from exclusions.models import Response
from exclusions.queries.agency.responses import waiting_responses
from exclusions.views.agency.desk import open_to, waiting_list
from exclusions.views.frame.moment import moment
from exclusions.views.frame.refusals import Attempt
from exclusions.views.frame.signed_in import SignedInRequest, signed_in
from exclusions.workflow.roles import Role

OTHERS = "Only an intake clerk posts or refuses responses."


@signed_in
@require_safe
def response_worklist(request: SignedInRequest) -> HttpResponse:
    """Show the confirmed responses that wait to be posted, oldest first."""
    open_to(Role.INTAKE, request, OTHERS)
    return _page(request)


def _page(request: SignedInRequest, refused: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    waiting = waiting_responses(request.user)
    cases = [found.response.petition for found in waiting]
    return waiting_list(
        request, "agency/responses.html", waiting, cases, "responses that wait to be posted", refused, status
    )


@signed_in
@require_POST
def response_decide(request: SignedInRequest, response_id: UUID) -> HttpResponse:
    """Post a response, or decline it with the reason that was typed, which stays on the page when it is refused."""
    open_to(Role.INTAKE, request, OTHERS)
    response = get_object_or_404(Response.objects.select_related("petition__round"), pk=response_id)
    now, reason = moment(request), request.POST.get("reason", "")
    attempt = Attempt()
    with attempt:
        if request.POST.get("decision") == "refuse":
            refuse_response(response, reason=reason, by=request.user, at=now)
            messages.success(request, "Declined. We told the author why.")
        else:
            posted = post_response(response, by=request.user, at=now)
            messages.success(request, f"Posted as {posted.reference}.")
        return redirect("review-responses")
    refused = {"refused": response.pk, "reasons": attempt.reasons, "reason": reason}
    return _page(request, refused, attempt.status)
