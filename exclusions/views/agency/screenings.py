"""Words that wait for intake: replies, and product texts and opinions in which something confidential may stand."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from exclusions.actions.record.accesses import log_reading
from exclusions.actions.review.screenings import let_through, withhold
from exclusions.models import Screening
from exclusions.queries.agency.screenings import waiting_words
from exclusions.views.agency.desk import open_to
from exclusions.views.frame.moment import moment
from exclusions.views.frame.refusals import Attempt
from exclusions.views.frame.signed_in import SignedInRequest, signed_in
from exclusions.workflow.roles import Role

OTHERS = "Only an intake clerk lets words through that wait."


@signed_in
@require_safe
def screenings(request: SignedInRequest) -> HttpResponse:
    """Show what waits, oldest first."""
    open_to(Role.INTAKE, request, OTHERS)
    return _page(request, {}, 200)


def _page(request: SignedInRequest, refused: dict[str, Any], status: int) -> HttpResponse:
    waiting, at = waiting_words(request.user), moment(request)
    for petition in {found.screening.petition_id: found.screening.petition for found in waiting}.values():
        log_reading(petition, "words that wait for intake", by=request.user, at=at)
    return render(request, "agency/screenings.html", {"waiting": waiting, "now": at, **refused}, status=status)


@signed_in
@require_POST
def screening_decide(request: SignedInRequest, screening_id: int) -> HttpResponse:
    """Let words through, or not, with the reason that was typed, which stays on the page when it is refused."""
    open_to(Role.INTAKE, request, OTHERS)
    rows = Screening.objects.select_related("petition__round", "reply__response__petition__round", "draft", "opinion")
    screening = get_object_or_404(rows, pk=screening_id)
    at, reason = moment(request), request.POST.get("reason", "")
    attempt = Attempt()
    with attempt:
        if request.POST.get("decision") == "withhold":
            withhold(screening, reason=reason, by=request.user, at=at)
            messages.success(request, "Not let through. Who wrote it is told.")
        else:
            let_through(screening, by=request.user, at=at)
            messages.success(request, "Posted." if screening.reply_id else "Let through.")
        return redirect("review-words")
    return _page(request, {"refused": screening.pk, "reasons": attempt.reasons, "reason": reason}, attempt.status)
