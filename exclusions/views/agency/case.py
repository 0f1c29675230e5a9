"""The page of a case, its assignment, and the transitions taken on it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exclusions.actions import transitions
from exclusions.actions.record.accesses import log_reading
from exclusions.actions.review import assignments
from exclusions.errors import ActionRefused, NotPermitted
from exclusions.forms.decisions import PostForm
from exclusions.forms.review import show_refusal
from exclusions.models import Petition, User
from exclusions.queries.agency import case as cases
from exclusions.views.agency.open_case import open_case
from exclusions.views.frame.moment import moment
from exclusions.views.frame.refusals import status_of
from exclusions.views.frame.signed_in import SignedInRequest
from exclusions.workflow.deadlines import in_words
from exclusions.workflow.transitions import TRANSITIONS


@login_required
@require_safe
def case(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show a case; a reading of its confidential part is logged."""
    return _case_page(request, open_case(request, reference))


def _case_page(request: SignedInRequest, petition: Petition, refused: ActionRefused | None = None) -> HttpResponse:
    at = moment(request)
    page = cases.case_page(petition, request.user, at)
    if page.confidential:
        log_reading(petition, "case file", by=request.user, at=at)
    context: dict[str, Any] = {"page": page, "petition": petition, "now": at}
    context["reasons"] = refused.reasons if refused else []
    context["seat"] = assignments.seat(petition, request.user.role)
    colleagues = User.objects.filter(role=request.user.role, is_active=True).exclude(pk=request.user.pk)
    context["colleagues"] = colleagues.order_by("email")
    return render(request, "agency/case/case.html", context, status=status_of(refused) if refused else 200)


@login_required
@require_http_methods(["GET", "POST"])
def transition(request: SignedInRequest, reference: str, name: str) -> HttpResponse:
    """Take a transition of the workflow, or show the page of one that asks for more than a reason."""
    if name not in TRANSITIONS:
        raise Http404
    petition = open_case(request, reference)
    if name == "post":
        return _post(request, petition)
    if request.method == "GET":
        elsewhere = {"grant": "sign-case", "deny": "sign-case", "publish": "notices"}.get(name)
        if elsewhere == "notices":
            return redirect("notices")
        return redirect(elsewhere or "case", petition.reference)
    data = {**request.POST.dict(), "denial_codes": request.POST.getlist("denial_codes")}
    data.pop("published_on", None)
    try:
        moved = transitions.take(
            petition, name, by=request.user, at=moment(request), reason=request.POST.get("reason", ""), data=data
        )
    except ActionRefused as refused:
        return _case_page(
            request, Petition.objects.select_related("round", "organization").get(pk=petition.pk), refused
        )
    messages.success(request, f"{TRANSITIONS[name].label}: done. The petition is now “{moved.get_status_display()}”.")
    return redirect("case", petition.reference)


def _post(request: SignedInRequest, petition: Petition) -> HttpResponse:
    at = moment(request)
    form = PostForm(request.POST if request.method == "POST" else None)
    page = cases.case_page(petition, request.user, at)
    offer = next((offer for offer in page.offers if offer.name == "post"), None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            moved = transitions.take(petition, "post", by=request.user, at=at, data=form.cleaned_data)
        except ActionRefused as refused:
            show_refusal(form, refused)
            status = status_of(refused)
        else:
            closes = moved.response_closes_at
            messages.success(request, f"Posted. Responses close on {in_words(closes)}." if closes else "Posted.")
            return redirect("case", petition.reference)
    if page.confidential:
        log_reading(petition, "case file", by=request.user, at=at)
    context = {"form": form, "petition": petition, "page": page, "reasons": offer.reasons if offer else [], "now": at}
    return render(request, "agency/case/post.html", context, status=422 if form.errors and status == 200 else status)


@login_required
@require_POST
def assignment(request: SignedInRequest, reference: str, verb: str) -> HttpResponse:
    """Take a case, give it back, or hand it to a colleague."""
    petition, at = open_case(request, reference), moment(request)
    try:
        if verb == "take":
            assignments.take(petition, by=request.user, at=at)
            messages.success(request, f"{petition.reference} is yours.")
        elif verb == "release":
            assignments.release(petition, by=request.user, at=at)
            messages.success(request, f"{petition.reference} is back in the queue.")
        else:
            to = User.objects.filter(pk=request.POST.get("to") or 0, is_active=True).first()
            if to is None:
                raise NotPermitted("Choose a colleague.")
            assignments.assign(petition, to=to, by=request.user, at=at)
            messages.success(request, f"{petition.reference} is assigned to {to}.")
    except ActionRefused as refused:
        return _case_page(request, petition, refused)
    if request.POST.get("next") == "worklist":
        return redirect("review")
    return redirect("case", petition.reference)
