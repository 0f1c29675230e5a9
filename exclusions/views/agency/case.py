"""The page of a case, its assignment, and the transitions taken on it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exclusions.actions import transitions
from exclusions.actions.record.accesses import log_reading
from exclusions.actions.review import assignments
from exclusions.errors import NotPermitted
from exclusions.models import Petition, User
from exclusions.permissions import Standing
from exclusions.queries.agency import case as cases
from exclusions.queries.agency.case_rows import read_case
from exclusions.queries.agency.team import used_up
from exclusions.queries.desk.on_case import on_case
from exclusions.queries.desk.why import why_here
from exclusions.views.agency.open_case import open_case, open_with_standing
from exclusions.views.frame.moment import moment
from exclusions.views.frame.refusals import Attempt
from exclusions.views.frame.sent import sent_number
from exclusions.views.frame.signed_in import SignedInRequest, signed_in
from exclusions.workflow.seats import seat
from exclusions.workflow.states import DECIDED
from exclusions.workflow.transitions import TRANSITIONS
from exclusions.workflow.two_persons import CORRESPONDENTS, REOPENERS

# What asks for more than a reason has a page of its own, where its button leads.
OWN_PAGE: dict[str, Callable[[Petition], HttpResponse]] = {
    "return": lambda petition: redirect("case-return", petition.reference),
    "post": lambda petition: redirect("case-post", petition.reference),
    "grant": lambda petition: redirect("sign-case", petition.reference),
    "deny": lambda petition: redirect("sign-case", petition.reference),
    "publish": lambda petition: redirect("notices"),
    "reopen_decision": lambda petition: redirect("case-reopen", petition.reference),
}


@signed_in
@require_safe
def case(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show a case; a reading of its confidential part is logged."""
    petition, held = open_with_standing(request, reference)
    return _case_page(request, petition, held=held)


def _case_page(
    request: SignedInRequest, petition: Petition, attempt: Attempt | None = None, held: Standing | None = None
) -> HttpResponse:
    at = moment(request)
    page = cases.case_page(petition, request.user, at, held)
    if page.confidential:
        log_reading(petition, "case file", by=request.user, at=at)
    context: dict[str, Any] = {"page": page, "petition": petition, "now": at}
    events = read_case(petition, whole=True).events if page.confidential else None
    context["why"] = why_here(petition, at, whole=page.confidential, events=events)
    context["reasons"] = attempt.reasons if attempt else []
    context["posted"] = reverse("case", args=[petition.reference])
    context["may_reopen"] = petition.status in DECIDED and request.user.role in REOPENERS
    context["may_reissue"] = request.user.role in CORRESPONDENTS
    mine = context["seat"] = seat(request.user.role, petition.status)
    others = [row.user for row in page.assignments if row.role == mine and row.user_id != request.user.pk]
    context["holder"] = others[0] if others else None
    context["desk"] = on_case(petition, request.user, at)
    context["used_up"] = used_up(petition)
    colleagues = User.objects.filter(role=request.user.role, is_active=True).exclude(pk=request.user.pk)
    context["colleagues"] = colleagues.order_by("email")
    return render(request, "agency/case/case.html", context, status=attempt.status if attempt else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def transition(request: SignedInRequest, reference: str, name: str) -> HttpResponse:
    """Take a transition of the workflow; asked for by a link, lead to the page on which it is taken."""
    if name not in TRANSITIONS:
        raise Http404
    petition = open_case(request, reference)
    if request.method == "GET":
        return OWN_PAGE[name](petition) if name in OWN_PAGE else redirect("case", petition.reference)
    data = {**request.POST.dict(), "denial_codes": request.POST.getlist("denial_codes")}
    data.pop("published_on", None)  # a text here and a date on the page of notices, which alone publishes
    reason = request.POST.get("reason", "")
    attempt = Attempt()
    with attempt:
        moved = transitions.take(petition, name, by=request.user, at=moment(request), reason=reason, data=data)
        done = f"{TRANSITIONS[name].label}: done. The petition is now “{moved.get_status_display()}”."
        messages.success(request, done)
        return redirect("case", petition.reference)
    unmoved = Petition.objects.select_related("round", "organization").get(pk=petition.pk)
    return _case_page(request, unmoved, attempt)


@signed_in
@require_POST
def assignment(request: SignedInRequest, reference: str, verb: str) -> HttpResponse:
    """Take a case, give it back, or hand it to a colleague."""
    petition = open_case(request, reference)
    attempt = Attempt()
    with attempt:
        messages.success(request, ASSIGNMENTS[verb](request, petition))
        if request.POST.get("next") == "worklist":
            return redirect("review")
        return redirect("case", petition.reference)
    return _case_page(request, petition, attempt)


def _take(request: SignedInRequest, petition: Petition) -> str:
    assignments.take(petition, by=request.user, at=moment(request), reason=request.POST.get("reason", ""))
    return f"{petition.reference} is yours."


def _release(request: SignedInRequest, petition: Petition) -> str:
    assignments.release(petition, by=request.user, at=moment(request))
    return f"{petition.reference} is back on the worklist."


def _assign(request: SignedInRequest, petition: Petition) -> str:
    key = sent_number(request, "to")
    to = User.objects.filter(pk=key, is_active=True).first() if key is not None else None
    if to is None:
        raise NotPermitted("Choose a colleague.")
    reason = request.POST.get("reason", "")
    assignments.assign(petition, to=to, by=request.user, at=moment(request), reason=reason)
    return f"{petition.reference} is assigned to {to}."


ASSIGNMENTS: dict[str, Callable[[SignedInRequest, Petition], str]] = {
    "take": _take,
    "release": _release,
    "assign": _assign,
}
