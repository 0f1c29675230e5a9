"""The publisher's page: granted cases of a list go out under a Federal Register notice, once its effect was seen."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from exclusions.actions.decision.notices import Effect, Notice, effects, publish_notice
from exclusions.actions.decision.undoing import enter_ace_day
from exclusions.actions.people import proposals
from exclusions.facts.headings import KnownHeading
from exclusions.facts.on_file import is_stale, notices_until
from exclusions.forms.decisions import AceForm, NoticeForm
from exclusions.forms.people.proposals import ActForm, HeadingForm
from exclusions.models import Petition
from exclusions.permissions.notices.taking_back import undo_faults
from exclusions.queries.casework.lists.short_worklists import granted_cases, terms_to_end
from exclusions.queries.casework.lists.worklist import PAGE_SIZE
from exclusions.queries.list_pages import ListPages
from exclusions.queries.notices.notices import (
    Change,
    change,
    entered_notice,
    entered_notices,
    exclusions_of,
    heading_choices,
)
from exclusions.queries.people.proposals import waiting_for
from exclusions.queries.public.notices import published_notice
from exclusions.views.casework.desk import open_to
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.roles import Role
from exclusions.workflow.two_persons import NOTICE_STAFF

NOT_AGAIN = frozenset({"csrfmiddlewaretoken", "change"})


@signed_in
@require_http_methods(["GET", "POST"])
def notices(request: SignedInRequest) -> HttpResponse:
    """List the granted cases whose notice is pending; show what a notice of the chosen ones changes; publish them."""
    open_to(Role.PUBLISHER, request, "This page is for the publisher of notices.")
    by, at = request.user, moment(request)
    granted, changed = granted_cases(by), "change" in request.POST
    page = ListPages(granted, PAGE_SIZE, request.GET.get("page")).page_asked()
    cases = _offered(granted, page, request)
    headings = heading_choices(cases, eastern_date(at))
    sent = request.POST if request.method == "POST" and not changed else None
    typed = {**request.POST.dict(), "cases": request.POST.getlist("cases")} if changed else {}
    everything = page.has_other_pages()
    form = NoticeForm(sent, cases=cases, headings=headings, initial=typed, everything=everything)
    attempt = Attempt(form)
    if sent is not None and form.is_valid():
        entered = dict(form.cleaned_data)
        chosen, confirmed = set(entered.pop("cases")), entered.pop("confirmed")
        whole = entered.pop("everything", False)
        of_it = list(granted) if whole else [case for case in cases if case.reference in chosen]
        with attempt:
            if not confirmed:
                return _confirm_page(request, Notice(**entered), effects(of_it, Notice(**entered), by=by, at=at))
            done = publish_notice(of_it, Notice(**entered), by=by, at=at)
            cases_word = "case" if len(done) == 1 else "cases"
            messages.success(request, f"Published: {len(done)} {cases_word} under {entered['citation']}.")
            return redirect("notices")
    context = {
        "form": form,
        "page": page,
        "cases": cases,
        "exclusions": exclusions_of(cases),
        "now": at,
        "entered": entered_notices(),
        "stale": is_stale(notices_until(), eastern_date(at)),
    }
    context["to_end"] = terms_to_end(eastern_date(at))
    return render(request, "notices/notices/list.html", context, status=attempt.status)


def _offered(granted: QuerySet[Petition], page: Page[Petition], request: SignedInRequest) -> list[Petition]:
    """Return the cases of the page, and those of other pages that were sent: a list may have moved meanwhile."""
    shown = list(page.object_list)
    sent = set(request.POST.getlist("cases")) - {case.reference for case in shown}
    return [*shown, *granted.filter(reference__in=sent)] if sent else shown


def _confirm_page(request: SignedInRequest, notice: Notice, found: list[Effect]) -> HttpResponse:
    """Return what the notice changes for importers, with all that was entered, to be published or changed."""
    context = {
        "changes": _changes(found),
        "cases": len(found),
        "action": found[0].action,
        "notice": notice,
        "sent": [(key, value) for key, values in request.POST.lists() for value in values if key not in NOT_AGAIN],
    }
    return render(request, "notices/notices/confirm.html", context)


def _changes(found: list[Effect]) -> list[Change]:
    """One change an exclusion, with the references of its cases."""
    by_exclusion: dict[int, list[Effect]] = {}
    for effect in found:
        by_exclusion.setdefault(effect.exclusion.pk, []).append(effect)
    return [
        change(
            first.exclusion,
            [str(effect.petition.reference) for effect in of_it],
            first.text,
            *_claimed(first),
            joins=first.waits is None,
        )
        for of_it in by_exclusion.values()
        for first in of_it[:1]
    ]


def _claimed(effect: Effect) -> tuple[KnownHeading, tuple[date | None, date | None]]:
    """Return heading and days of an exclusion: those of the term that applies already, else those of the notice."""
    if (term := effect.applies) is not None:
        return KnownHeading(term.heading, term.note), (term.valid_from, term.valid_to)
    return effect.heading, (effect.days.starts_on, effect.days.ends_on)


@signed_in
@require_http_methods(["GET", "POST"])
def notice(request: SignedInRequest, notice_id: int) -> HttpResponse:
    """Show an entered notice with its cases; propose to take it back; enter from when on ACE accepts it."""
    if request.user.role not in NOTICE_STAFF:
        raise PermissionDenied("This page is for the publisher of notices and the signatory.")
    found = entered_notice(notice_id)
    if found is None:
        raise Http404
    by, at, verb = request.user, moment(request), request.POST.get("verb", "")
    faults = undo_faults(found, at)
    undo_form = ActForm(request.POST if verb == "undo" else None)
    ace_form = AceForm(request.POST if verb == "ace" else None)
    attempt = Attempt(ace_form if verb == "ace" else undo_form)
    if verb in ("undo", "ace") and attempt.form and attempt.form.is_valid():
        with attempt:
            if verb == "ace":
                enter_ace_day(found, ace_form.cleaned_data["in_ace_on"], by=by, at=at)
                messages.success(request, "The day in ACE is on record.")
                return redirect("notice", found.pk)
            proposals.propose("undo_notice", found.pk, by=by, at=at, reason=undo_form.cleaned_data["reason"])
            messages.success(request, "Proposed. A second person must confirm it before midnight, New York time.")
            return redirect("notice", found.pk)
    context = {
        "notice": found,
        "faults": faults,
        "has_words": published_notice(found.pk) is not None,
        "undo_form": undo_form,
        "ace_form": ace_form if by.role == Role.PUBLISHER and not (found.in_ace_on or found.undone_at) else None,
        "waiting": waiting_for(f"notice:{found.pk}", at),
    }
    return render(request, "notices/notices/notice.html", context, status=attempt.status)


@signed_in
@require_http_methods(["GET", "POST"])
def heading(request: SignedInRequest) -> HttpResponse:
    """Propose a heading that nothing uses yet for the exclusions of a list."""
    open_to(Role.PUBLISHER, request, "This page is for the publisher of notices.")
    form = HeadingForm(request.POST if request.method == "POST" else None)
    attempt = Attempt(form)
    if form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("heading", "note")}
        key, why = form.cleaned_data["action"].pk, form.cleaned_data["reason"]
        with attempt:
            proposals.propose("new_heading", key, by=request.user, at=moment(request), reason=why, facts=facts)
            messages.success(request, "Proposed. You can choose it after a second person confirms it.")
            return redirect("notices")
    return render(request, "notices/notices/heading.html", {"form": form}, status=attempt.status)
