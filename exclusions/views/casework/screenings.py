"""Words that wait for intake: replies, and product texts and opinions in which something confidential may stand."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from exclusions.actions.review.screenings import let_through, withhold
from exclusions.models import Screening
from exclusions.queries.casework.screenings import waiting_words
from exclusions.views.casework.desk import open_to, waiting_list
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.workflow.roles import Role

OTHERS = "Only an intake clerk lets waiting words through."


@signed_in
@require_safe
def screenings(request: SignedInRequest) -> HttpResponse:
    """Show what waits, oldest first."""
    open_to(Role.INTAKE, request, OTHERS)
    return _page(request)


def _page(request: SignedInRequest, refused: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    waiting = waiting_words(request.user)
    cases = [found.screening.petition for found in waiting]
    shown = {"codes": Screening.ReasonCode.choices, **(refused or {})}
    return waiting_list(
        request, "casework/screenings.html", waiting, cases, "words that wait for intake", shown, status
    )


@signed_in
@require_POST
def screening_decide(request: SignedInRequest, screening_id: int) -> HttpResponse:
    """Let words through, or not, with code and reason as given, which stay on the page when it is refused."""
    open_to(Role.INTAKE, request, OTHERS)
    rows = Screening.objects.select_related("petition__round", "reply__response__petition__round", "draft", "opinion")
    screening = get_object_or_404(rows, pk=screening_id)
    at, reason, code = moment(request), request.POST.get("reason", ""), request.POST.get("code", "")
    attempt = Attempt()
    with attempt:
        if request.POST.get("decision") == "withhold":
            withhold(screening, reason=reason, code=code, by=request.user, at=at)
            messages.success(request, "Not let through. We told the author.")
        else:
            let_through(screening, by=request.user, at=at)
            messages.success(request, "Posted." if screening.reply_id else "Let through.")
        return redirect("review-words")
    typed = {"refused": screening.pk, "reasons": attempt.reasons, "reason": reason, "code": code}
    return _page(request, typed, attempt.status)
