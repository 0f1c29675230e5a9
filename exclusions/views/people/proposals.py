"""Acts that wait for a second member of staff: the list, and the page on which one is confirmed or refused."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from exclusions.actions.people import proposals
from exclusions.forms.people.proposals import AnswerForm
from exclusions.models import LetterTemplate, Proposal
from exclusions.permissions.proposals import confirming_refusal, refusing_refusal, withdrawing_refusal
from exclusions.queries.people import proposals as queries
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.workflow.roles import Role
from exclusions.workflow.two_persons import (
    ADMINISTRATORS,
    HAVE_ACTS,
    LETTER_AUTHORS,
    NOTICE_STAFF,
    ROUND,
    TERMS,
    VETTERS,
)

READERS = HAVE_ACTS | {Role.AUDITOR}
PER_PAGE = 50


@signed_in
@require_safe
def worklist(request: SignedInRequest) -> HttpResponse:
    """List what waits for a second person, and what was settled."""
    if request.user.role not in READERS:
        raise Http404
    at = moment(request)
    page = Paginator(queries.settled(request.user, at), PER_PAGE).get_page(request.GET.get("page"))
    context = {"waiting": queries.waiting(request.user, at), "page": page, "settled": page.object_list}
    return render(request, "people/proposals/list.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: SignedInRequest, proposal_id: int) -> HttpResponse:
    """Show one proposal to those whose act it is, who confirm it, refuse it, or take their own back."""
    found = queries.visible_proposal(request.user, proposal_id) if request.user.role in READERS else None
    if found is None:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None)
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            messages.success(request, _answer(request, found, **form.cleaned_data))
            return redirect("proposals")
    by, at = request.user, moment(request)
    barred = confirming_refusal(found, by, at)
    context = {
        "proposal": found,
        "about": _about(found, request.user.role),
        "changes": queries.changes(found),
        "form": form,
        "barred": barred.reasons if barred else [],
        "may_refuse": refusing_refusal(found, by) is None,
        "may_withdraw": withdrawing_refusal(found, by) is None,
    }
    return render(request, "people/proposals/proposal.html", context, status=attempt.status)


def _about(found: Proposal, role: str) -> dict[str, str] | None:
    """Name and address of the page of what it is about, or None for whom there is no such page."""
    kind, _, key = found.subject.partition(":")
    if kind == "organization" and role in VETTERS:
        return {"name": "The organization, its people and its record", "url": reverse("staff-vet", args=[key])}
    if kind == "user" and role in ADMINISTRATORS and found.act != "new_staff":
        return {"name": "The account and its record", "url": reverse("staff-account", args=[key])}
    if kind == "notice" and role in NOTICE_STAFF:
        return {"name": "The notice and its cases", "url": reverse("notice", args=[key])}
    if kind == "letter_template" and role in LETTER_AUTHORS:
        return _version_of_template(int(key))
    if kind == "record":
        return {"name": "The rows without a seal", "url": reverse("staff-seals")}
    if kind == TERMS:
        return {"name": "What was signed in the round", "url": reverse("term-presses", args=[key])}
    if kind == ROUND:
        return {"name": "The round and its record", "url": reverse("staff-round", args=[key])}
    if kind == "petition":
        reference = queries.petition_reference(key)
        return {"name": f"Case {reference}", "url": reverse("case", args=[reference])}
    if kind == "exclusion":
        reference = queries.exclusion_reference(key)
        return {"name": f"Exclusion {reference} and its record", "url": reverse("staff-exclusion", args=[reference])}
    return None


def _version_of_template(key: int) -> dict[str, str] | None:
    found = LetterTemplate.objects.filter(pk=key).first()
    if found is None:
        return None
    url = reverse("letter-template-version", args=[found.kind, found.number])
    return {"name": "The version, and what differs", "url": url}


def _answer(request: SignedInRequest, found: Proposal, *, answer: str, reason: str) -> str:
    by, at = request.user, moment(request)
    if answer == "withdraw":
        proposals.withdraw(found, by=by, at=at)
        return f"Withdrawn: {found.summary}."
    if answer == "refuse":
        proposals.refuse(found, by=by, at=at, reason=reason)
        return f"Refused: {found.summary}."
    proposals.confirm(found, by=by, at=at)
    return f"Done: {found.summary}."
