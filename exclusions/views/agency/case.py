"""The worklist of a staff role, the page of a case, and the steps taken on it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exclusions.actions import transitions as steps
from exclusions.actions.record.accesses import log_reading
from exclusions.actions.review import assignments
from exclusions.errors import ActionRefused, NotPermitted, WrongState
from exclusions.forms.decisions import PostForm
from exclusions.forms.review import show_refusal
from exclusions.models import Petition, User
from exclusions.permissions import standing
from exclusions.queries.agency import case as cases
from exclusions.queries.agency import worklist as lists
from exclusions.views.frame.signed_in import SignedInRequest
from exclusions.workflow.deadlines import in_words
from exclusions.workflow.transitions import TRANSITIONS


def status_of(refused: ActionRefused) -> int:
    """Return the HTTP status that a refusal is answered with."""
    if isinstance(refused, NotPermitted):
        return 403
    return 409 if isinstance(refused, WrongState) else 422


def open_case(request: SignedInRequest, reference: str) -> Petition:
    """Return the case, if the person may open it; 404 for everybody else, 403 with the reason for whom a tie bars."""
    petition = cases.find_case(reference, request.user)
    if petition is None:
        raise Http404
    barred = standing(request.user, petition, timezone.now()).barred
    if barred:
        raise PermissionDenied(*barred)
    return petition


@login_required
@require_safe
def worklist(request: SignedInRequest) -> HttpResponse:
    """List the cases that wait for the person's role, oldest first."""
    user, at = request.user, timezone.now()
    if user.role not in lists.HAS_WORKLIST:
        raise PermissionDenied("This page is for the agency staff who work petitions.")
    filters = lists.Filters.of(request.GET.dict())
    page = Paginator(lists.worklist(user, filters), lists.PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": lists.rows(list(page.object_list), user, at),
        "filters": filters,
        "rounds": lists.round_choices(),
        "statuses": [(status.value, status.label) for status in lists.statuses_for(user.role)],
        "now": at,
    }
    return render(request, "reviewer/worklist.html", context)


@login_required
@require_safe
def case(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show a case; a reading of its confidential part is logged."""
    return _case_page(request, open_case(request, reference))


def _case_page(request: SignedInRequest, petition: Petition, refused: ActionRefused | None = None) -> HttpResponse:
    at = timezone.now()
    page = cases.case_page(petition, request.user, at)
    if page.confidential:
        log_reading(petition, "case file", by=request.user, at=at)
    context: dict[str, Any] = {"page": page, "petition": petition, "now": at}
    context["reasons"] = refused.reasons if refused else []
    context["seat"] = assignments.seat(petition, request.user.role)
    context["colleagues"] = User.objects.filter(role=request.user.role, is_active=True).exclude(pk=request.user.pk)
    return render(request, "reviewer/case.html", context, status=status_of(refused) if refused else 200)


@login_required
@require_http_methods(["GET", "POST"])
def step(request: SignedInRequest, reference: str, name: str) -> HttpResponse:
    """Take a step of the workflow, or show the page of one that asks for more than a reason."""
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
        moved = steps.take_step(
            petition, name, by=request.user, at=timezone.now(), reason=request.POST.get("reason", ""), data=data
        )
    except ActionRefused as refused:
        return _case_page(
            request, Petition.objects.select_related("round", "organization").get(pk=petition.pk), refused
        )
    messages.success(request, f"{TRANSITIONS[name].label}: done. The petition is now “{moved.get_status_display()}”.")
    return redirect("case", petition.reference)


def _post(request: SignedInRequest, petition: Petition) -> HttpResponse:
    at = timezone.now()
    form = PostForm(request.POST if request.method == "POST" else None)
    page = cases.case_page(petition, request.user, at)
    offer = next((offer for offer in page.offers if offer.name == "post"), None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            moved = steps.take_step(petition, "post", by=request.user, at=at, data=form.cleaned_data)
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
    return render(request, "reviewer/post.html", context, status=422 if form.errors and status == 200 else status)


@login_required
@require_POST
def assignment(request: SignedInRequest, reference: str, verb: str) -> HttpResponse:
    """Take a case, give it back, or hand it to a colleague."""
    petition, at = open_case(request, reference), timezone.now()
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
