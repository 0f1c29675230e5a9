"""The page of a team's lead: who has how much, whose cases go to whom, targets, absences."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from exclusions.actions.casework import team as actions
from exclusions.errors import SomeRefused
from exclusions.forms.casework.team import AbsenceForm, ReassignForm, TargetForm
from exclusions.models import User
from exclusions.queries.casework.lists import team as queries
from exclusions.queries.casework.lists.worklist import statuses_for
from exclusions.queries.casework.notes import team_tags
from exclusions.queries.casework.targets import targets
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt, Pressed
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.roles import Role


def _leads_only(request: SignedInRequest) -> None:
    if not request.user.leads:
        raise PermissionDenied("This page is for the lead of a team. Two administrators together name the lead.")


@signed_in
@require_http_methods(["GET", "POST"])
def team(request: SignedInRequest) -> HttpResponse:
    """Show the load of each person; hand the cases of one to another, or evenly to those who are present."""
    _leads_only(request)
    people = list(queries.workers(request.user.role).order_by("full_name", "email"))
    sent = request.POST if request.method == "POST" else None
    form = ReassignForm(sent, people=people, initial={"person": request.GET.get("from")}, prefix="move")
    attempt = Attempt(form)
    if form.is_valid():
        entered = form.cleaned_data
        holder, to = form.people[entered["person"]], form.people.get(entered["to"])
        but = entered["but"].split()
        by, at, why = request.user, moment(request), entered["reason"]
        with attempt:
            given = actions.reassign(holder, to=to, by=by, at=at, reason=why, but=but)
            parts = ", ".join(f"{len(cases)} to {person}" for person, cases in given.items())
            messages.success(request, f"Handed on from {holder}: {parts}.")
            return redirect("review-team")
    context = _context(request, people)
    left = attempt.refused.rows if isinstance(attempt.refused, SomeRefused) else {}
    already = form["but"].value() or ""
    context |= {"form": form, "left": left, "but": " ".join([*str(already).split(), *left])}
    return render(request, "casework/team.html", context, status=attempt.status)


def _context(request: SignedInRequest, people: list[User]) -> dict[str, Any]:
    role, at, known = request.user.role, moment(request), targets()
    statuses = [(str(status), str(status.label)) for status in statuses_for(role)]
    loads = queries.loads(role, at, known)
    return {
        "loads": loads,
        "away": [load for load in loads if load.absence and load.open],
        "unassigned": queries.unassigned_count(role),
        "role": Role(role).label,
        "targets": [(value, label, known.get(value)) for value, label in statuses],
        "absences": queries.coming_absences(role, eastern_date(at)),
        "tags": team_tags(role),
        "absence_form": AbsenceForm(people=people, prefix="away"),
    }


@signed_in
@require_POST
def target(request: SignedInRequest) -> HttpResponse:
    """Set the target of a status."""
    _leads_only(request)
    statuses = [(str(status), str(status.label)) for status in statuses_for(request.user.role)]
    form = TargetForm(request.POST, statuses=statuses)
    pressed = Pressed(request, days="Days")
    with pressed:
        status, days = _entered(form, "status", "days")
        made = actions.set_target(status, days, by=request.user, at=moment(request))
        messages.success(request, f"The target is set. {made}.")
    return pressed.answer(redirect("review-team"))


@signed_in
@require_POST
def absence(request: SignedInRequest) -> HttpResponse:
    """Enter an absence."""
    _leads_only(request)
    form = AbsenceForm(request.POST, people=list(queries.workers(request.user.role)), prefix="away")
    pressed = Pressed(request)
    with pressed:
        person, first, last = _entered(form, "person", "first_day", "last_day")
        by, at = request.user, moment(request)
        made = actions.enter_absence(form.people[person], first_day=first, last_day=last, by=by, at=at)
        messages.success(request, f"Entered: {made}.")
    return pressed.answer(redirect("review-team"))


@signed_in
@require_POST
def absence_withdraw(request: SignedInRequest, absence_id: int) -> HttpResponse:
    """Take an absence back."""
    _leads_only(request)
    pressed = Pressed(request)
    with pressed:
        taken = actions.withdraw_absence(absence_id, by=request.user, at=moment(request))
        messages.success(request, f"Taken back: {taken}.")
    return pressed.answer(redirect("review-team"))


def _entered(form: AbsenceForm | TargetForm, *names: str) -> list[Any]:
    """Return what was entered; a refusal with the form's own sentences where something is missing or wrong."""
    form.is_valid()
    actions.require_entered({name: [str(said) for said in found] for name, found in form.errors.items()})
    return [form.cleaned_data[name] for name in names]
