"""What administrators order about a round: its window or periods extended, a pause, going on."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from exclusions.actions.rounds import orders
from exclusions.forms.people.orders import DaysForm, OrderForm, PauseForm, UntilForm
from exclusions.models import Round
from exclusions.queries.public.round_facts import orders_of
from exclusions.queries.record.rounds import history
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import SignedInRequest, signed_in
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
    found = Round.objects.current().filter(slug=slug).order_by("version").first()
    if request.user.role != Role.ADMIN or found is None:
        raise Http404
    return found


@signed_in
@require_safe
def staff_round(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show how a round stands, what may be ordered about it, what was, and its record."""
    round = _round(request, slug)
    offered = [name for name in ORDERS if (name == "resume") == (round.paused_since is not None) or "extend" in name]
    context = {
        "round": round,
        "offered": [(name, ORDERS[name][0]) for name in offered],
        "orders": orders_of(round),
        "events": history(round),
    }
    return render(request, "people/rounds/round.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def order(request: SignedInRequest, slug: str, kind: str) -> HttpResponse:
    """Ask for what an order needs, and give it."""
    round = _round(request, slug)
    if kind not in ORDERS:
        raise Http404
    label, form_class = ORDERS[kind]
    form = form_class(request.POST or None)
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            getattr(orders, kind)(round, by=request.user, at=moment(request), **form.facts())
            messages.success(request, "The order applies now. We email everyone with an open petition in the round.")
            return redirect("staff-round", round.slug)
    context: dict[str, Any] = {"round": round, "label": label, "form": form}
    return render(request, "people/rounds/order.html", context, status=attempt.status)
