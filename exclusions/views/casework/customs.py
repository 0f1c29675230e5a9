"""Customs' pages: product texts and numbers, by the draft's own id. Nothing here names a petition or a company."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from exclusions.actions.casework.joint_opinions import give_opinion_on_text
from exclusions.forms.casework.review import OpinionForm
from exclusions.queries.casework.lists.short_worklists import (
    CustomsDraft,
    draft_for_customs,
    drafts_for_customs,
    newest_of,
    one_a_text,
    opinions_of,
)
from exclusions.queries.casework.versions_of_texts import newer_version
from exclusions.views.casework.desk import open_to
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.workflow.roles import Role

OTHERS = "This page is for customs reviewers."


@signed_in
@require_safe
def customs(request: SignedInRequest) -> HttpResponse:
    """List the texts that wait for an opinion, and the person's last opinions."""
    open_to(Role.CUSTOMS, request, OTHERS)
    context = {
        "drafts": one_a_text(drafts_for_customs(request.user)),
        "opinions": opinions_of(request.user),
        "now": moment(request),
    }
    return render(request, "casework/customs/list.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def customs_draft(request: SignedInRequest, draft_id: int) -> HttpResponse:
    """Show one text with its number, and take the opinion on it."""
    open_to(Role.CUSTOMS, request, OTHERS)
    at = moment(request)
    found = draft_for_customs(draft_id, request.user, at)
    if found is None:
        return _outdated(request, draft_id)
    form = OpinionForm(request.POST if request.method == "POST" else None)
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            give_opinion_on_text(found.draft, **form.cleaned_data, by=request.user, at=at)
            messages.success(request, "The opinion is recorded.")
            return redirect("customs")
    return _page(request, found, form, attempt.status)


def _outdated(request: SignedInRequest, draft_id: int) -> HttpResponse:
    """Lead to the version that took a text's place; an opinion on the old one is refused, with what was typed kept."""
    at, newest = moment(request), newest_of(draft_id, request.user)
    found = draft_for_customs(newest[1].pk, request.user, at) if newest else None
    if newest is None or found is None:
        raise Http404
    if request.method != "POST":
        return redirect("customs-draft", found.draft.pk)
    form = OpinionForm(request.POST)
    form.is_valid()
    form.add_error(None, newer_version(newest[0], found.draft))
    return _page(request, found, form, HTTPStatus.CONFLICT)


def _page(request: SignedInRequest, found: CustomsDraft, form: OpinionForm, status: int) -> HttpResponse:
    context = {"found": found, "form": form, "now": moment(request)}
    return render(request, "casework/customs/draft.html", context, status=status)
