"""Petitions that one requester filed on one day, as one entry of the queue: compared, and posted or returned."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from exclusions.actions.casework.together import Taken, take_together
from exclusions.actions.record.accesses import log_readings
from exclusions.errors import SomeRefused
from exclusions.facts.forms import petition_form
from exclusions.forms.casework.together import POST, TogetherForm
from exclusions.models import Petition
from exclusions.queries.casework.intake import filed_together, odd_ones
from exclusions.queries.list_pages import page_number
from exclusions.queries.public.rounds import cure_deadline
from exclusions.views.casework.desk import open_to
from exclusions.views.casework.many import chosen_cases
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.roles import Role

PER_PAGE = 25  # entries
SHOWN = 100  # petitions of one entry on a page
OTHERS = "Only an intake clerk posts petitions and returns them."
GONE = "It does not wait any more. Open it to see what became of it."


@signed_in
@require_safe
def together(request: SignedInRequest) -> HttpResponse:
    """List the days on which a requester filed several petitions of a round that wait, the oldest first."""
    open_to(Role.INTAKE, request, OTHERS)
    page = Paginator(filed_together.entries(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "entries": filed_together.entries_as_read(page), "now": moment(request)}
    return render(request, "casework/intake/together/list.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def together_entry(request: SignedInRequest, organization: UUID, slug: str, day: str) -> HttpResponse:
    """Show the petitions of an entry, the odd ones first, and post or return those that are chosen."""
    open_to(Role.INTAKE, request, OTHERS)
    at, of_day = moment(request), _day(day)
    asked = filed_together.filed_together(request.user, organization, slug, of_day)
    if request.method != "POST":
        return _page(request, list(asked[: filed_together.MOST + 1]), None, Attempt(), Taken())
    petition = asked.prefetch_related(None).select_related("round").order_by("reference").first()
    if petition is None:  # somebody was quicker with all of them
        return _page(request, [], None, Attempt(), Taken(left_out={one: [GONE] for one in _chosen(request)}))
    form = _form(request, petition)
    attempt, taken = Attempt(form), Taken()
    if form.is_valid():
        with attempt:
            act, chosen = form.cleaned_data["act"], chosen_cases(request.POST.getlist("chosen"))
            taken = take_together(chosen, act, by=request.user, at=at, data=form.entered)
            messages.success(request, _in_words(act, len(taken.done)))
            if not taken.left_out and not taken.waiting:
                return redirect(request.path)
    return _page(request, list(asked[: filed_together.MOST + 1]), form, attempt, taken)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None


def _form(request: SignedInRequest, petition: Petition) -> TogetherForm:
    default = eastern_date(cure_deadline(petition.round, moment(request)))
    sent = request.POST if request.method == "POST" else None
    return TogetherForm(sent, questionnaire=petition_form(petition.round), default=default)


def _in_words(act: str, number: int) -> str:
    petitions = "petition" if number == 1 else "petitions"
    return f"Posted: {number} {petitions}." if act == POST else f"Returned for correction: {number} {petitions}."


def _page(
    request: SignedInRequest, petitions: list[Petition], form: TogetherForm | None, attempt: Attempt, taken: Taken
) -> HttpResponse:
    """Show the entry: all of it is compared, one page of it is shown, and of these the reading is put on record."""
    at, more = moment(request), len(petitions) > filed_together.MOST
    compared = odd_ones.compare(petitions[: filed_together.MOST], at)
    pages = Paginator(compared.members, SHOWN)
    page = pages.get_page(page_number(request.GET.get("page")))
    members = odd_ones.shown_whole(list(page.object_list))
    log_readings([member.petition for member in members], "case file", by=request.user, at=at)
    left_out = attempt.refused.rows if isinstance(attempt.refused, SomeRefused) else taken.left_out
    context: dict[str, Any] = {
        "form": form or (_form(request, petitions[0]) if petitions else None),
        "first": petitions[0] if petitions else None,
        "compared": compared,
        "page": page,
        "members": members,
        "more": more,
        "most": filed_together.MOST,
        "ticked": _ticked(request, taken),
        "left_out": left_out,
        "waiting": taken.waiting,
        "now": at,
    }
    return render(request, "casework/intake/together/entry.html", context, status=attempt.status)


def _ticked(request: SignedInRequest, taken: Taken) -> frozenset[str]:
    """Return the references whose boxes are ticked: all of the page where that is asked, else those that were sent."""
    if request.method == "POST":
        return frozenset(_chosen(request)) - set(taken.done)
    return frozenset({"*"}) if request.GET.get("all") == "1" else frozenset()


def _chosen(request: SignedInRequest) -> list[str]:
    return [one.reference for one in chosen_cases(request.POST.getlist("chosen"))]
