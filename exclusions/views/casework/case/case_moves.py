"""The transitions taken on a case, and its assignment."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from exclusions.actions import transitions
from exclusions.actions.review import assignments
from exclusions.errors import NotPermitted
from exclusions.models import Petition, User
from exclusions.permissions.own_view import must_view_first
from exclusions.views.casework.case.case_tabs import findings_page
from exclusions.views.casework.case.open_case import open_case
from exclusions.views.core.clock import moment
from exclusions.views.core.posted_fields import sent_number
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.workflow.transitions import TRANSITIONS

# What asks for more than a reason has a page of its own, where its button leads.
OWN_PAGE: dict[str, Callable[[Petition], HttpResponse]] = {
    "return": lambda petition: redirect("case-return", petition.reference),
    "post": lambda petition: redirect("case-post", petition.reference),
    "grant": lambda petition: redirect("sign-case", petition.reference),
    "grant_in_part": lambda petition: redirect("sign-case", petition.reference),
    "deny": lambda petition: redirect("sign-case", petition.reference),
    "publish": lambda petition: redirect("notices"),
    "reopen_decision": lambda petition: redirect("case-reopen", petition.reference),
}
# What a gate or an action reads beside the reason. Without `published_on`: the page of notices alone publishes.
ENTERED = (
    "points", "last_day", "screened", "beside", "rationale", "departure", "adverse", "contacts", "seen", "facts",
    "narrowing", "narrowing_codes", "proposed_by", "citation",
)  # fmt: skip


@signed_in
@require_http_methods(["GET", "POST"])
def transition(request: SignedInRequest, reference: str, name: str) -> HttpResponse:
    """Take a transition of the workflow; asked for by a link, lead to the page on which it is taken."""
    if name not in TRANSITIONS:
        raise Http404
    petition = open_case(request, reference)
    if request.method == "GET":
        return OWN_PAGE[name](petition) if name in OWN_PAGE else redirect("case", petition.reference)
    reason = request.POST.get("reason", "")
    attempt = Attempt()
    with attempt:
        moved = transitions.take(
            petition, name, by=request.user, at=moment(request), reason=reason, data=_entered(request)
        )
        done = f"{TRANSITIONS[name].label}: done. The petition is now “{moved.get_status_display()}”."
        messages.success(request, done)
        return redirect("case", petition.reference)
    unmoved = Petition.objects.select_related("round", "organization").get(pk=petition.pk)
    return findings_page(request, unmoved, attempt)


def _entered(request: SignedInRequest) -> dict[str, Any]:
    """Return what was sent that `transitions.take` asks for, by name; whatever else was sent counts for nothing."""
    sent = request.POST
    return {
        **{name: sent[name] for name in ENTERED if name in sent},
        "denial_codes": sent.getlist("denial_codes"),
    }


@signed_in
@require_POST
def assignment(request: SignedInRequest, reference: str, verb: str) -> HttpResponse:
    """Take a case, give it back, or hand it to a colleague."""
    petition = open_case(request, reference, level1=False)
    attempt = Attempt()
    with attempt:
        messages.success(request, ASSIGNMENTS[verb](request, petition))
        if request.POST.get("next") == "worklist":
            return redirect("review")
        return redirect("case", petition.reference)
    if must_view_first(petition, request.user):  # the page of the case is closed to them
        raise PermissionDenied(*attempt.reasons)
    return findings_page(request, petition, attempt)


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
