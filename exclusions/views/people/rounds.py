"""What administrators order about a round: its window or periods extended, a pause, going on."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from exclusions.actions import outages
from exclusions.actions.people import proposals
from exclusions.actions.rounds import orders
from exclusions.actions.rounds.versions import subject_of
from exclusions.facts.rounds import round_in_force
from exclusions.forms.people.orders import DatesForm, DaysForm, OrderForm, PauseForm, UntilForm
from exclusions.models import Round
from exclusions.queries.people.proposals import is_alone, waiting_for
from exclusions.queries.public.round_facts import orders_of
from exclusions.queries.record.rounds import history
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.views.people.proposing import PROPOSED
from exclusions.workflow.roles import Role

# What may be ordered, by the name of the action: its words and its form.
ORDERS: dict[str, tuple[str, type[OrderForm]]] = {
    "extend_filing": ("Extend the filing window", UntilForm),
    "extend_responses": ("Extend the response periods", UntilForm),
    "extend_pending": ("Extend every pending deadline", DaysForm),
    "pause": ("Pause the round", PauseForm),
    "resume": ("Resume the round", OrderForm),
}


def _round(request: SignedInRequest, slug: str) -> Round:
    """Return the version in force; 404 for anybody but an administrator."""
    found = round_in_force(slug)
    if request.user.role != Role.ADMIN or found is None:
        raise Http404
    return found


@signed_in
@require_safe
def staff_round(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show how a round stands, what may be ordered about it, what was, and its record."""
    round, at = _round(request, slug), moment(request)
    offered = [name for name in ORDERS if (name == "resume") == (round.paused_since is not None) or "extend" in name]
    context = {
        "round": round,
        "offered": [(name, ORDERS[name][0]) for name in offered],
        "has_opened": round.opens_at <= at,
        "orders": orders_of(round),
        "events": history(round),
        "waiting": waiting_for(subject_of(round), at),
        "alone": is_alone(),
    }
    return render(request, "people/rounds/round.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def order(request: SignedInRequest, slug: str, kind: str) -> HttpResponse:
    """Ask for what an order needs, and give it; what only extends one period is proposed."""
    round = _round(request, slug)
    if kind not in ORDERS:
        raise Http404
    label, form_class = ORDERS[kind]
    form = form_class(request.POST or None)
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            if isinstance(form, UntilForm):
                return _proposed(request, round, {"kind": kind, **form.plain()}, form.cleaned_data["reason"])
            give = outages.extend_for_outage if kind == "extend_pending" else getattr(orders, kind)
            give(round, by=request.user, at=moment(request), **form.facts())
            messages.success(request, "The order applies now. We email everyone with an open petition in the round.")
            return redirect("staff-round", round.slug)
    context: dict[str, Any] = {
        "round": round,
        "label": label,
        "form": form,
        "by_two": issubclass(form_class, UntilForm),
        "falls": kind == "extend_pending",
        "alone": is_alone(),
    }
    return render(request, "people/rounds/order.html", context, status=attempt.status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def dates(request: SignedInRequest, slug: str) -> HttpResponse:
    """Take the dates of a round that is open as they are to be, and propose them."""
    round = _round(request, slug)
    form = DatesForm(request.POST or None, round=round)
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            return _proposed(request, round, form.facts(), form.cleaned_data["reason"])
    context = {"round": round, "label": "Change the dates", "form": form, "by_two": True, "alone": is_alone()}
    return render(request, "people/rounds/order.html", context, status=attempt.status)


def _proposed(request: SignedInRequest, round: Round, facts: dict[str, Any], reason: str) -> HttpResponse:
    """Propose other dates of a round, and lead to the proposal."""
    made = proposals.propose(
        "change_dates", round.slug, facts=facts, reason=reason, by=request.user, at=moment(request)
    )
    messages.success(request, PROPOSED)
    return redirect("proposal", made.pk)
