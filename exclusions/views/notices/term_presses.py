"""What was signed of listed exclusions, press by press, and how a whole press is reopened by two persons."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from exclusions.actions.notices.term_decisions import terms_subject
from exclusions.forms.people.proposals import TermReopeningForm
from exclusions.queries.notices.term_presses import press, presses
from exclusions.queries.people.proposals import waiting_for
from exclusions.views.core.clock import moment
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.views.notices.terms import open_desk
from exclusions.views.people.proposing import propose_or_show
from exclusions.workflow.two_persons import REOPENERS

PER_PAGE = 50


@signed_in
@require_safe
def signed(request: SignedInRequest, slug: str) -> HttpResponse:
    """List what was signed in a round, one row a press, newest first."""
    round = open_desk(request, slug)
    page = Paginator(presses(slug), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "notices/term_presses/list.html", {"round": round, "page": page, "rows": page.object_list})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def one_press(request: SignedInRequest, slug: str, key: int) -> HttpResponse:
    """Show what one press signed; counsel and the signatory propose here to reopen all of it."""
    round, found = open_desk(request, slug), press(slug, key)
    if found is None:
        raise Http404
    reopens = request.user.role in REOPENERS
    if request.method == "POST" and not reopens:
        raise PermissionDenied("Only the signatory and counsel reopen decisions.")
    reopening, faults = found.reopening(), found.faults()
    waiting = waiting_for(terms_subject(slug), moment(request)).filter(act="reopen_terms", facts__press=found.first)
    context = {
        "round": round,
        "press": found,
        "reopening": reopening,
        "faults": faults,
        "waiting": waiting,
        "proposes": reopens and not (reopening or faults),
    }
    form = TermReopeningForm(request.POST or None)
    page = ("notices/term_presses/press.html", context)
    return propose_or_show(request, form, "reopen_terms", slug, page, facts={"press": found.first})
