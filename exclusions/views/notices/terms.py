"""The desk of listed exclusions: choose one or many, recommend, sign, publish."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from exclusions.actions.decision.notices import Notice
from exclusions.actions.notices.comments import log_comments_read
from exclusions.actions.notices.term_decisions import recommend_terms, sign_terms
from exclusions.actions.notices.term_drafts import draft_terms
from exclusions.actions.notices.term_notices import publish_terms
from exclusions.errors import Unconfirmed
from exclusions.forms.notices.terms import RecommendForm, TermDraftForm, TermNoticeForm, chosen_references
from exclusions.models import Round
from exclusions.permissions.notices.terms import READS, RECOMMENDS
from exclusions.queries.casework.submissions import comments_on
from exclusions.queries.notices.term_desk import desk_lines, listed_number, rounds_that_list
from exclusions.queries.public import listed
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.views.public.listed import chosen, list_context
from exclusions.workflow.roles import READS_CONFIDENTIAL, Role

OTHERS = "Only reviewers, counsel, the committee, the signatory, the publisher and the auditor open listed exclusions."


def open_desk(request: SignedInRequest, slug: str) -> Round:
    """Return the round for who may open the desk. Raises PermissionDenied, Http404."""
    if request.user.role not in READS:
        raise PermissionDenied(OTHERS)
    round = listed.round_listing(slug)
    if round is None:
        raise Http404
    return round


@signed_in
@require_safe
def term_rounds(request: SignedInRequest) -> HttpResponse:
    """Show the rounds that list exclusions, with how many wait for a decision."""
    if request.user.role not in READS:
        raise PermissionDenied(OTHERS)
    return render(request, "notices/terms/rounds.html", {"rounds": rounds_that_list(), "now": moment(request)})


@signed_in
@require_safe
def term_desk(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the exclusions of a round, and what the person's role can do with the chosen ones."""
    return _page(request, open_desk(request, slug))


def _page(request: SignedInRequest, round: Round, form: forms.Form | None = None, **refused: Any) -> HttpResponse:
    role = request.user.role
    context = list_context(request, round)
    blank: dict[str, Callable[[], forms.Form]] = {
        **dict.fromkeys(map(str, RECOMMENDS), RecommendForm),
        str(Role.PUBLISHER): TermNoticeForm,
    }
    context |= {
        "rows": desk_lines(context["lines"]),
        "form": form or (blank[role]() if role in blank else None),
        "recommends": role in RECOMMENDS,
        "signs": role == Role.SIGNATORY,
        "publishes": role == Role.PUBLISHER,
        "reads_whole": role in READS_CONFIDENTIAL,
        "chosen": [],
        "all_of_them": False,
    }
    status = refused.pop("status", 200)
    return render(request, "notices/terms/desk.html", {**context, **refused}, status=status)


def _references(request: SignedInRequest, round: Round) -> list[str]:
    """Return the chosen exclusions: the ticked ones, or all that the filters of the address leave."""
    if request.POST.get("all_of_them"):
        rows = listed.listed(round, **chosen(request, round))
        return list(rows.values_list("exclusion__reference", flat=True))
    return chosen_references(request.POST.getlist("exclusion"))


def _again(request: SignedInRequest, round: Round, attempt: Attempt, form: forms.Form | None = None) -> HttpResponse:
    """Show the page again with what was chosen and typed, and why it was not done."""
    return _page(
        request,
        round,
        form,
        status=attempt.status,
        reasons=attempt.reasons,
        chosen=request.POST.getlist("exclusion"),
        all_of_them=bool(request.POST.get("all_of_them")),
    )


def _counted(made: Sequence[object]) -> str:
    """Say of how many exclusions."""
    return f"{len(made)} exclusion{'' if len(made) == 1 else 's'}"


@signed_in
@require_POST
def recommend(request: SignedInRequest, slug: str) -> HttpResponse:
    """Recommend the same for the chosen exclusions."""
    round, form = open_desk(request, slug), RecommendForm(request.POST)
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            made = recommend_terms(
                slug=slug,
                references=_references(request, round),
                choice=form.cleaned_data["choice"],
                first=form.cleaned_data["first"],
                last=form.cleaned_data["last"],
                reasons=form.cleaned_data["reasons"],
                findings=form.entered_findings(),
                by=request.user,
                at=moment(request),
                meant=form.cleaned_data["meant"],
            )
            messages.success(request, f"Recommended for {_counted(made)}. The signatory signs next.")
            return redirect("term-desk", slug=slug)
    return _again(request, round, attempt, form)


@signed_in
@require_POST
def sign(request: SignedInRequest, slug: str) -> HttpResponse:
    """Sign what is recommended for the chosen exclusions."""
    round, attempt = open_desk(request, slug), Attempt()
    with attempt:
        made = sign_terms(
            slug=slug,
            references=_references(request, round),
            by=request.user,
            at=moment(request),
            seen=request.POST.get("seen", ""),
        )
        messages.success(request, f"Signed for {_counted(made)}. The notice is pending.")
        return redirect("term-desk", slug=slug)
    if isinstance(attempt.refused, Unconfirmed):
        return _asked_again(request, round, attempt.refused)
    return _again(request, round, attempt)


def _asked_again(request: SignedInRequest, round: Round, asked: Unconfirmed) -> HttpResponse:
    """Show what one press would sign, in figures, and the button that signs it."""
    context = {
        "round": round,
        "reasons": asked.reasons,
        "figures": asked.figures,
        "seen": asked.seen,
        "chosen": request.POST.getlist("exclusion"),
        "all_of_them": bool(request.POST.get("all_of_them")),
    }
    return render(request, "notices/terms/sign.html", context)


@signed_in
@require_POST
def draft(request: SignedInRequest, slug: str) -> HttpResponse:
    """Draft a notice of what was signed of the chosen exclusions; of all of them, of those that wait for one."""
    round, form = open_desk(request, slug), TermDraftForm(request.POST)
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            references = _references(request, round)
            made = draft_terms(
                slug=slug,
                references=references,
                heading=form.cleaned_data["heading"],
                note=form.cleaned_data["note"],
                only_waiting=bool(request.POST.get("all_of_them")),
                by=request.user,
                at=moment(request),
            )
            drafted = made.items.count()
            rest = len(references) - drafted
            left = f" {rest} left out: not signed, without a term or a text, or in a notice already." if rest else ""
            messages.success(request, f"Drafted with {drafted} item{'' if drafted == 1 else 's'}.{left}")
            return redirect("notice-draft", made.pk)
    return _again(request, round, attempt, form)


@signed_in
@require_POST
def publish(request: SignedInRequest, slug: str) -> HttpResponse:
    """Publish what was decided of the chosen exclusions under one notice."""
    round, form = open_desk(request, slug), TermNoticeForm(request.POST)
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            made = publish_terms(
                slug=slug,
                references=_references(request, round),
                notice=Notice(**form.cleaned_data),
                by=request.user,
                at=moment(request),
            )
            messages.success(request, f"Published for {_counted(made)}.")
            return redirect("term-desk", slug=slug)
    return _again(request, round, attempt, form)


@signed_in
@require_safe
def term_comments(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Show the posted comments on one listed exclusion with their confidential answers."""
    round = open_desk(request, slug)
    if request.user.role not in READS_CONFIDENTIAL:
        raise PermissionDenied("The publisher reads only the public version of comments.")
    row = listed_number(round, number)
    if row is None:
        raise Http404
    found = comments_on(row)
    log_comments_read([read.submission for read in found], by=request.user, at=moment(request))
    context = {"round": round, "row": row, "comments": found, "now": moment(request)}
    return render(request, "notices/terms/comments.html", context)
