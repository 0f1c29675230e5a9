"""Drafts of notices: chosen from granted cases, read before they go out, sent, published, and their files."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from exclusions.actions.notices import drafting
from exclusions.actions.notices.publishing import publish_draft
from exclusions.errors import Incomplete
from exclusions.forms.decisions import PublishedForm
from exclusions.forms.notices.notices import DraftForm, ItemForm, WithdrawalForm
from exclusions.gateways.annex.files import TYPES, notice_file
from exclusions.models import NoticeDraft
from exclusions.queries.casework.lists.short_worklists import granted_cases
from exclusions.queries.notices import notice_drafts as drafts
from exclusions.queries.notices.notices import heading_choices
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.roles import Role

READERS = frozenset({Role.PUBLISHER, Role.LEGAL, Role.SIGNATORY})
# What the message says, by the status that an act led to.
DONE: dict[str, str] = {
    NoticeDraft.Status.DRAFTED: "Saved. You can still change the draft",
    NoticeDraft.Status.SENT: "Marked as sent to the Federal Register",
    NoticeDraft.Status.DROPPED: "The draft is dropped",
}
FOR_PUBLISHER = "Only the publisher of notices drafts notices."


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def notice_drafts(request: SignedInRequest) -> HttpResponse:
    """List the drafts; draft a notice of the granted cases that are chosen."""
    if request.user.role != Role.PUBLISHER:
        raise PermissionDenied(FOR_PUBLISHER)
    by, at = request.user, moment(request)
    cases = list(granted_cases(by))
    headings = heading_choices(cases, eastern_date(at))
    form = DraftForm(request.POST if request.method == "POST" else None, cases=cases, headings=headings)
    attempt = Attempt(form)
    if form.is_valid():
        chosen = set(form.cleaned_data["cases"])
        with attempt:
            made = drafting.draft_notice(
                [case for case in cases if case.reference in chosen],
                heading=form.cleaned_data["heading"],
                note=form.cleaned_data["note"],
                ends_on=form.cleaned_data["ends_on"],
                by=by,
                at=at,
            )
            return redirect("notice-draft", made.pk)
    context = {"form": form, "cases": cases, "drafts": drafts.open_drafts()}
    return render(request, "notices/notice_drafts/list.html", context, status=attempt.status)


def _draft_or_404(request: SignedInRequest, draft_id: int) -> NoticeDraft:
    if request.user.role not in READERS:
        raise PermissionDenied("This page is for the publisher of notices, counsel and the signatory.")
    found = drafts.notice_draft(draft_id)
    if found is None:
        raise Http404
    return found


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def notice_draft(request: SignedInRequest, draft_id: int) -> HttpResponse:
    """Show a draft: what it says, what stands in its way, what it changes; do one thing with it."""
    draft = _draft_or_404(request, draft_id)
    at, verb = moment(request), request.POST.get("verb", "")
    items = drafts.items_of(draft)
    item_form = ItemForm(request.POST if verb in ("paragraph", "take_out") else None, items=items)
    published_form = PublishedForm(request.POST if verb == "publish" else None)
    attempt = Attempt(published_form if verb == "publish" else item_form if item_form.is_bound else None)
    act = _acts(draft, item_form, published_form).get(verb)
    if act and (attempt.form is None or attempt.form.is_valid()):
        with attempt:
            act(by=request.user, at=at)
            draft.refresh_from_db()
            if draft.notice_id:
                messages.success(request, f"Published under {draft.notice.citation}." if draft.notice else "")
                return redirect("notice", draft.notice_id)
            messages.success(request, f"{DONE[draft.status]}.")
            return redirect("notice-draft", draft.pk) if draft.status in drafts.OPEN else redirect("notice-drafts")
    day = eastern_date(at)
    facts = drafts.facts_of(draft, items)
    blocks = drafts.blocks_of(facts)
    context = {
        "draft": draft,
        "items": items,
        "item_form": item_form,
        "published_form": published_form,
        "faults": drafts.draft_faults(items, facts, blocks, day) if draft.status == draft.Status.DRAFTED else [],
        "refused": attempt.refused,
        "blocks": blocks[1:],
        "differences": drafts.differences(facts),
        "kinds": list(TYPES),
        "publishes": request.user.role == Role.PUBLISHER,
    }
    return render(request, "notices/notice_drafts/draft.html", context, status=attempt.status)


def _acts(draft: NoticeDraft, item: ItemForm, published: PublishedForm) -> dict[str, Callable[..., Any]]:
    """Return what can be done with a draft, by the verb that is sent; forms are read when it is done."""

    def paragraph(**how: Any) -> object:
        number = item.cleaned_data["number"]
        if number is None:
            raise Incomplete(fields={"number": ["Enter the new paragraph."]})
        return drafting.change_paragraphs(draft, {int(item.cleaned_data["item"]): number}, **how)

    return {
        "paragraph": paragraph,
        "take_out": lambda **how: drafting.take_out(draft, [int(item.cleaned_data["item"])], **how),
        "send": lambda **how: drafting.send_draft(draft, **how),
        "reopen": lambda **how: drafting.reopen_draft(draft, **how),
        "drop": lambda **how: drafting.drop_draft(draft, **how),
        "publish": lambda **how: publish_draft(draft, **published.cleaned_data, **how),
    }


@signed_in
@require_safe
def notice_draft_file(request: SignedInRequest, draft_id: int, kind: str) -> HttpResponse:
    """Send a file of a draft: `docx`, `pdf`, `csv` or `json`; for staff alone until it is published."""
    draft = _draft_or_404(request, draft_id)
    if kind not in TYPES:
        raise Http404
    at = moment(request)
    facts = drafts.facts_of(draft, drafts.items_of(draft))
    name = f'attachment; filename="notice-draft-{draft.pk}.{kind}"'
    body = notice_file(facts, kind, at=at)
    return HttpResponse(body, content_type=TYPES[kind], headers={"Content-Disposition": name})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest) -> HttpResponse:
    """Draft a notice by which the agency withdraws exclusions."""
    if request.user.role != Role.LEGAL:
        raise PermissionDenied("Only legal counsel drafts withdrawals of exclusions.")
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            last_day = form.cleaned_data["last_day"]
            made = drafting.draft_withdrawal(
                drafts.terms_to_withdraw(form.references(), last_day),
                last_day=last_day,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=moment(request),
            )
            return redirect("notice-draft", made.pk)
    return render(request, "notices/notice_drafts/withdraw.html", {"form": form}, status=attempt.status)
