"""Customs' pages: product texts and numbers, by the draft's own id. Nothing here names a petition or a company."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from exclusions.actions.review.product_texts import give_opinion
from exclusions.errors import ActionRefused
from exclusions.forms.review import OpinionForm, show_refusal
from exclusions.queries.agency.queues import draft_for_customs, drafts_for_customs, opinions_of
from exclusions.views.frame.moment import moment
from exclusions.views.frame.refusals import status_of
from exclusions.views.frame.signed_in import SignedInRequest
from exclusions.workflow.roles import Role


def _customs_only(request: SignedInRequest) -> None:
    if request.user.role != Role.CUSTOMS:
        raise PermissionDenied("This page is for customs reviewers.")


@login_required
@require_safe
def customs(request: SignedInRequest) -> HttpResponse:
    """List the texts that wait for an opinion, and the person's last opinions."""
    _customs_only(request)
    context = {
        "drafts": drafts_for_customs(request.user),
        "opinions": opinions_of(request.user),
        "now": moment(request),
    }
    return render(request, "agency/customs/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def customs_draft(request: SignedInRequest, draft_id: int) -> HttpResponse:
    """Show one text with its number, and take the opinion on it."""
    _customs_only(request)
    at = moment(request)
    found = draft_for_customs(draft_id, request.user, at)
    if found is None:
        raise Http404
    form = OpinionForm(request.POST if request.method == "POST" else None)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            give_opinion(found.draft, **form.cleaned_data, by=request.user, at=at)
        except ActionRefused as refused:
            show_refusal(form, refused)
            status = status_of(refused)
        else:
            messages.success(request, "The opinion is recorded.")
            return redirect("customs")
    return render(request, "agency/customs/draft.html", {"found": found, "form": form, "now": at}, status=status)
