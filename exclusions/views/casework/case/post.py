"""Posting a petition to the docket: the intake clerk reads the public version and says so."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from exclusions.actions import transitions
from exclusions.actions.record.accesses import log_reading
from exclusions.forms.decisions import PostForm
from exclusions.queries.casework.case import corrections
from exclusions.queries.casework.case.case_rows import read_entries
from exclusions.views.casework.case.open_case import existing_case, page_of
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.workflow.deadlines import in_words


@signed_in
@require_http_methods(["GET", "POST"])
def post(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show the public version for screening, and post the petition once it is screened."""
    petition, at = existing_case(request, reference), moment(request)
    form = PostForm(request.POST if request.method == "POST" else None)
    page = page_of(request, petition)
    offer = next((offer for offer in page.offers if offer.name == "post"), None)
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            moved = transitions.take(petition, "post", by=request.user, at=at, data=form.cleaned_data)
            closes = moved.response_closes_at
            messages.success(request, f"Posted. Responses close on {in_words(closes)}." if closes else "Posted.")
            return redirect("case", petition.reference)
    if page.confidential:
        log_reading(petition, "case file", by=request.user, at=at)
    read_entries(petition, ("versions", "confidentiality_refusals", "leak_settlements"))  # which several parts ask for
    context = {
        "form": form,
        "petition": petition,
        "page": page,
        "reasons": offer.reasons if offer else [],
        "correction": corrections.correction(petition) if page.confidential else None,
        "warnings": corrections.filers_warnings(petition, at) if page.confidential and offer else [],
        "now": at,
    }
    return render(request, "casework/case/post.html", context, status=attempt.status)
