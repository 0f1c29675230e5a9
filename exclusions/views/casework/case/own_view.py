"""Level 2 judges before it reads level 1: the own view, the share of cases that are drawn, and the agreement."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from exclusions.actions.record.accesses import log_reading
from exclusions.actions.review import own_view as actions
from exclusions.facts.forms import criteria_of
from exclusions.facts.rounds import round_in_force
from exclusions.forms.casework.own_view import OwnViewForm, ShareForm
from exclusions.models import BlindShare
from exclusions.permissions.own_view import must_view_first
from exclusions.queries.casework.agreement import LEAST, agreement
from exclusions.queries.casework.case.case_page import CasePage
from exclusions.views.casework.case.open_case import open_with_standing
from exclusions.views.casework.desk import open_to
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def own_view(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show the evidence of a case without level 1's work, and take the reviewer's own view of it."""
    petition, standing = open_with_standing(request, reference, level1=False)
    open_to(Role.REVIEWER2, request, "Only a level 2 reviewer records an own view.")
    if request.method != "POST" and not must_view_first(petition, request.user):
        return redirect("case", reference)
    at = moment(request)
    form = OwnViewForm(request.POST or None, criteria=criteria_of(petition.round))
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            actions.record_own_view(
                petition, views=form.views, outcome=form.cleaned_data["outcome"], by=request.user, at=at
            )
            messages.success(request, "Your own view is recorded. You can now read what level 1 found.")
            return redirect("case", reference)
    page = CasePage(petition, request.user, at, standing)
    log_reading(petition, "case file", by=request.user, at=at)
    context = {
        "page": page,
        "petition": petition,
        "form": form,
        "now": at,
        "waits": petition.status != Status.LEVEL2,
    }
    return render(request, "casework/case/own_view/own_view.html", context, status=attempt.status)


@signed_in
@require_safe
def agreement_report(request: SignedInRequest) -> HttpResponse:
    """Show how often both levels held the same, to the auditor; small counts are suppressed."""
    open_to(Role.AUDITOR, request, "Only the auditor reads the agreement of the two levels.")
    return render(request, "casework/case/own_view/agreement.html", {"report": agreement(), "least": LEAST})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: SignedInRequest, slug: str) -> HttpResponse:
    """Let an administrator set which share of a round's cases is drawn."""
    if request.user.role != Role.ADMIN:
        raise PermissionDenied("Only an administrator sets the share of cases that are drawn.")
    round = round_in_force(slug)
    if round is None:
        raise Http404
    form = ShareForm(request.POST or None)
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            made = actions.set_share(round, percent=form.cleaned_data["percent"], by=request.user, at=moment(request))
            messages.success(request, f"{made.percent} percent of the cases are drawn from now on.")
            return redirect("staff-round-sample", slug)
    shares = BlindShare.objects.filter(slug=slug).select_related("set_by").order_by("-pk")
    context = {"round": round, "form": form, "shares": shares}
    return render(request, "casework/case/own_view/share.html", context, status=attempt.status)
