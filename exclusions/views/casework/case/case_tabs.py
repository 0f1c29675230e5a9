"""The case on one screen: what stands above it, and a tab each for findings, evidence, like cases, texts and record."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from exclusions.facts.coverage import in_force
from exclusions.facts.filing_day import filing_day
from exclusions.facts.numbers import history_of
from exclusions.forms.casework.at_desk import AddedCitations, Conclusion, additions_to
from exclusions.forms.casework.empty_at_desk import EmptyConclusionForm, EmptyFindingForm
from exclusions.models import Petition
from exclusions.permissions import Standing
from exclusions.permissions.arguments.findings import uncited
from exclusions.permissions.case_entries import case_entry_refusal
from exclusions.permissions.likes.groups import LikeGroup, named_read
from exclusions.permissions.likes.referred import referred
from exclusions.permissions.own_view import must_view_first
from exclusions.permissions.standing import holder
from exclusions.queries.casework.case.case_head import case_head
from exclusions.queries.casework.case.case_page import CasePage
from exclusions.queries.casework.case.evidence_tab import evidence_tab
from exclusions.queries.casework.case.likes_on_record import results_for
from exclusions.queries.casework.case.on_case import on_case
from exclusions.queries.casework.case.why import why_here
from exclusions.queries.casework.clusters.adopting import adopting
from exclusions.queries.casework.clusters.like_page import around
from exclusions.queries.casework.who_is_left import Colleague, colleagues, used_up
from exclusions.views.casework.case.case_entries import PAGES
from exclusions.views.casework.case.comparing import answers_in, unlike_form
from exclusions.views.casework.case.open_case import existing_case, log_opening, page_of
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.workflow.roles import Role
from exclusions.workflow.states import CLOSED, DECIDED, Status
from exclusions.workflow.two_persons import CORRESPONDENTS, REOPENERS

# The tabs, each with its address and whether it is for those alone who read the whole case.
TABS = (
    ("case", "Findings", False),
    ("case-evidence", "Evidence", False),
    ("case-arguments", "Arguments", True),
    ("case-like", "Like cases", True),
    ("case-text", "Text", False),
    ("case-events", "Record", False),
    ("case-notes", "Notes", True),
)


@signed_in
@require_safe
def case(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show the findings of a case, where it opens; a reading of its confidential part is logged, on every tab."""
    petition = existing_case(request, reference)
    page = page_of(request, petition, level1=False)
    if must_view_first(petition, request.user):
        return redirect("case-own-view", reference)
    return _findings(request, page, None, {})


def findings_page(
    request: SignedInRequest,
    petition: Petition,
    attempt: Attempt | None = None,
    standing: Standing | None = None,
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show the findings of a case, and why an attempt on this page was refused; `more` is what was typed there."""
    page = CasePage(petition, request.user, moment(request), standing)
    return _findings(request, page, attempt, more or {})


def _colleagues(page: CasePage) -> list[Colleague]:
    """Return to whom the person may hand the case: who has it does, and who leads the team; others take it first."""
    user = page.user
    hands_on = user.leads or page.mine
    return colleagues(user) if hands_on and page.petition.status not in CLOSED and user.role != Role.AUDITOR else []


def _findings(
    request: SignedInRequest, page: CasePage, attempt: Attempt | None, more: Mapping[str, Any]
) -> HttpResponse:
    petition = page.petition
    held, agreement = holder(petition, request.user.role), adopting(page)
    # Read before the parts that ask for them again.
    results, comparison = results_for(petition, page.user) if page.confidential else [], _comparison(page)
    context: dict[str, Any] = {
        "reasons": attempt.reasons if attempt else [],
        "agreement": agreement,
        "like_results": results,
        "comparison": comparison,
        "referred": referred(petition, results) if comparison else [],
        "unlike": more.get("unlike") or (unlike_form(page, results) if agreement else None),
        **_to_enter(page, more, results),
        "added": more.get("added") or _to_cite(page),
        "posted": partial(reverse, "case", args=[petition.reference]),  # asked for where something was sent
        "may_reopen": petition.status in DECIDED and request.user.role in REOPENERS,
        "holder": held.user if held and not page.mine else None,
        "desk": on_case(petition, request.user, page.at, page.inquiries),
        "used_up": used_up(petition, request.user),
        "colleagues": _colleagues(page),
    }
    return tab(
        request, page, "case", "casework/case/case_tabs/findings.html", context, attempt.status if attempt else 200
    )


def _to_enter(page: CasePage, typed: Mapping[str, Any], results: Sequence[LikeGroup]) -> dict[str, Any]:
    """Return the forms beside the evidence, with what was typed into them; none where the person may enter nothing
    now. Where like cases have a result the conclusion asks about them.
    """
    if not page.may_find:
        return {"forms": [], "conclusion": None}
    first = next((state for state in page.criteria if state.finding is None), None)
    forms = typed.get("sent") or [EmptyFindingForm(state, opened=state is first) for state in page.criteria]
    if page.petition.status != Status.LEVEL1:
        return {"forms": forms, "conclusion": None}
    conclusion = typed.get("conclusion")
    if results:
        conclusion = conclusion or Conclusion()
        conclusion.offer_unlike(answers_in(page))
    elif conclusion:
        conclusion.without_unlike()
    return {"forms": forms, "conclusion": conclusion or EmptyConclusionForm()}


def _to_cite(page: CasePage) -> list[AddedCitations]:
    """Return a form for each finding that lacks citations, where the person's desk is to add them."""
    if not page.confidential or not uncited(page.petition):
        return []
    if case_entry_refusal("citations", page.petition, page.user, page.at, page.standing):
        return []
    return additions_to(None, page.criteria)


def _comparison(page: CasePage) -> Form | None:
    """Return the form of the consistency review, for the desk whose move it is; sent to the page of that entry."""
    if page.petition.status != Status.CONSISTENCY:
        return None
    if case_entry_refusal("consistency", page.petition, page.user, page.at, page.standing):
        return None
    return PAGES["consistency"].form(page.petition, None, page.user)


@signed_in
@require_safe
def evidence(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show what was filed: answers, responses, replies and files."""
    petition = existing_case(request, reference)
    page = page_of(request, petition, entries=False)
    number, day = petition.hts10, filing_day(petition.submitted_at, page.at)
    history = history_of(number, page.stamp)
    context = {"evidence": evidence_tab(page, history), "duty": in_force(history, day)}
    return tab(request, page, "case-evidence", "casework/case/case_tabs/evidence.html", context)


@signed_in
@require_safe
def like(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show the cases around it, live and historical, and the decisions and exclusions that it is judged beside."""
    petition = existing_case(request, reference)
    page = page_of(request, petition, entries=False)
    beside = around(petition, request.user, request.GET, page.standing.ties) if page.confidential else None
    return tab(request, page, "case-like", "casework/case/case_tabs/like.html", {"beside": beside})


@signed_in
@require_safe
def text(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show the product text in its versions, and the exclusions that name the number."""
    page = page_of(request, existing_case(request, reference), entries=False)
    return tab(request, page, "case-text", "casework/case/case_tabs/text.html", {"tariff": page.tariff})


@signed_in
@require_safe
def events(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show the record: contacts, recusals, letters, and what happened."""
    petition = existing_case(request, reference)
    page = page_of(request, petition, entries=False)
    record = page.chain if page.confidential else None
    more = {
        "may_reissue": request.user.role in CORRESPONDENTS,
        "why": why_here(petition, page.at, whole=page.confidential, events=record, target=page.target),
    }
    return tab(request, page, "case-events", "casework/case/case_tabs/events.html", more)


def tab(
    request: SignedInRequest, page: CasePage, name: str, template: str, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """Show one tab under the head of the case, by its route and template; a reading of a whole case is logged."""
    log_opening(page, request.user)
    petition = page.petition
    tabs = [(route, label, route == name) for route, label, whole in TABS if page.confidential or not whole]
    duty = context["tariff"].filed.coverage if context.get("tariff") else context.get("duty")
    whole = {
        "page": page,
        "petition": petition,
        "head": case_head(page, duty, named_read(petition)),
        "tabs": tabs,
        "now": page.at,
        **context,
    }
    return render(request, template, whole, status=status)
