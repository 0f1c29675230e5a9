"""The signatory's list, and the page on which a decision is signed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from exclusions.actions import transitions
from exclusions.actions.record.accesses import log_reading
from exclusions.forms.decisions import DenyForm, GrantForm
from exclusions.models import Petition
from exclusions.queries.agency.case import case_page
from exclusions.queries.agency.determinations import action_of, latest_draft, same_exclusion
from exclusions.queries.agency.short_worklists import cases_of
from exclusions.views.agency.desk import open_to
from exclusions.views.agency.open_case import open_case
from exclusions.views.frame.moment import moment
from exclusions.views.frame.refusals import Attempt
from exclusions.views.frame.signed_in import SignedInRequest, signed_in
from exclusions.workflow.roles import Role

OTHERS = "This page is for the signatory."


@signed_in
@require_safe
def sign(request: SignedInRequest) -> HttpResponse:
    """List the cases that await a signature."""
    open_to(Role.SIGNATORY, request, OTHERS)
    cases = cases_of(Role.SIGNATORY, request.user)
    return render(request, "agency/sign/list.html", {"cases": cases, "now": moment(request)})


@signed_in
@require_http_methods(["GET", "POST"])
def sign_case(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show what the decision stands on, and sign the grant or the denial."""
    open_to(Role.SIGNATORY, request, OTHERS)
    petition = open_case(request, reference)
    name = request.POST.get("transition", "")
    grant_form = GrantForm(request.POST if name == "grant" else None, initial=_proposed(petition))
    deny_form = DenyForm(request.POST if name == "deny" else None, initial=_proposed(petition))
    form = deny_form if name == "deny" else grant_form
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            transitions.take(petition, name, by=request.user, at=moment(request), data=form.cleaned_data)
            word = "granted" if name == "grant" else "denied"
            messages.success(request, f"Signed: {petition.reference} is {word}. The letter is issued.")
            return redirect("case", petition.reference)
    return _sign_page(request, petition, grant_form, deny_form, attempt.status)


def _sign_page(
    request: SignedInRequest, petition: Petition, grant_form: GrantForm, deny_form: DenyForm, status: int
) -> HttpResponse:
    at = moment(request)
    page = case_page(petition, request.user, at)
    if page.confidential:
        log_reading(petition, "case file", by=request.user, at=at)
    draft = latest_draft(petition)
    action = action_of(petition, draft.number) if draft else None
    joins = same_exclusion(action, draft.text) if draft and action else None
    context: dict[str, Any] = {
        "petition": petition,
        "page": page,
        "draft": draft,
        "action": action,
        "joins": joins,
        "grant_form": grant_form,
        "deny_form": deny_form,
        "offers": {offer.name: offer for offer in page.offers},
        "now": at,
    }
    return render(request, "agency/sign/case.html", context, status=status)


def _proposed(petition: Petition) -> dict[str, Any]:
    """The reason codes that counsel named last, as a start for the denial."""
    review = petition.legal_reviews.order_by("made_at", "pk").last()
    return {"denial_codes": review.denial_codes} if review else {}
