"""Status by transition by role, all of them: the table decides, and nothing else opens a way.

The cells are made from the table itself, so a new status, transition or role is in the matrix without a line here.
Each petition was brought into its status by actions, and each open cell is taken by the action of its door.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction

from exclusions.actions.record.transition import move
from exclusions.errors import ActionRefused, NotPermitted, WrongState
from exclusions.models import Event, Notification, Petition, User
from exclusions.permissions import refusal
from exclusions.permissions.standing import Standing, standing_of
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status
from exclusions.workflow.transitions import TRANSITIONS, Transition
from tests.factories.casework.ways import ACTORS, PATHS
from tests.factories.petitions import SEVERAL, Journey

# The person of each role; the second level 2 reviewer acts where the first one may not.
PERSON_OF = {Role.REQUESTER: "importer"} | {role: role.value for role in Role if role != Role.REQUESTER}


class _Undo(Exception):
    """Ends a savepoint after its outcome was looked at."""


def expected(transition: Transition, status: Status, role: Role) -> type[ActionRefused] | None:
    """Return what the table says of one cell: the kind of refusal, or None for an open way."""
    if role not in transition.roles:
        return NotPermitted
    return None if status in transition.sources else WrongState


def person(journey: Journey, name: str, role: Role) -> User | None:
    """Return who plays the role in this transition; nobody for the clock."""
    if role == Role.CLOCK:
        return None
    usual = ACTORS.get(name, "")
    if usual in journey.cast and journey.cast[usual].role == role.value:
        return journey.cast[usual]
    return journey.cast[PERSON_OF[role]]


def written(petition: Petition) -> tuple[str, int, int]:
    """Return what a refused transition must leave as it is."""
    events = Event.objects.filter(subject=f"petition:{petition.pk}").count()
    return Petition.objects.values_list("status", flat=True).get(pk=petition.pk), events, Notification.objects.count()


def changes() -> int | None:
    """Return how many rows were written so far, those of savepoints that were undone among them; None: not told."""
    return int(connection.connection.total_changes) if connection.vendor == "sqlite" else None


def refused(
    journey: Journey,
    transition: Transition,
    by: User | None,
    kind: type[ActionRefused],
    before: tuple[str, int, int],
    held: Standing,
) -> list[str]:
    """Try a closed cell through the one writer of a status; return what was wrong with the refusal.

    Who asks whether it may be offered has looked the person's standing up; the writer looks it up by itself.
    """
    petition, rows = journey.petition, changes()
    entered = {"certified": True, "screened": True, **journey.entered(transition.name)}
    asked = refusal(transition.name, petition, by, journey.at, entered, held)
    try:
        with transaction.atomic():
            move(petition, transition.name, by=by, at=journey.at, reason="The record shows it.", data=entered)
    except ActionRefused as error:
        wrong = [] if type(error) is kind is type(asked) else [f"{type(error).__name__} instead of {kind.__name__}"]
        wrong += (
            [] if error.reasons and all(reason.endswith((".", "?")) for reason in error.reasons) else ["no sentence"]
        )
    else:
        wrong = ["went through"]
    left = rows is not None and rows == changes()  # nothing was written, so nothing needs to be looked up
    return wrong if left or written(petition) == before else [*wrong, "wrote something"]


def taken(journey: Journey, transition: Transition, by: User | None) -> list[str]:
    """Take an open cell with its records made, look at the outcome, and undo it; return what was wrong."""
    petition, at = journey.petition, journey.at
    wrong: list[str] = []
    try:
        with transaction.atomic():
            journey.prepare(transition.name)
            after = journey.act(transition.name, by)
            last = Event.objects.filter(subject=f"petition:{petition.pk}").order_by("sequence").last()
            wrong += [] if after.status == transition.target else [f"leads to {after.status}"]
            wrong += [] if last and last.kind == transition.name and last.by == by else ["no event of it"]
            raise _Undo
    except _Undo:
        pass
    except ActionRefused as error:
        wrong += [f"refused: {error}"]
    journey.at, journey.petition = at, Petition.objects.get(pk=petition.pk)
    return wrong


@pytest.mark.parametrize("status", list(Status))
def test_a_transition_is_open_exactly_where_the_table_says(journey: Callable[..., Journey], status: Status) -> None:
    path = PATHS[status]
    case = journey("deny" if "deny" in path else "grant", through_firm=True, answers=SEVERAL)
    case.take(*path)
    assert case.petition.status == status
    case.at += timedelta(minutes=1)
    wrong, before, held = {}, written(case.petition), {}
    for name, transition in TRANSITIONS.items():
        for role in Role:
            by, kind = person(case, name, role), expected(transition, status, role)
            if by not in held:
                held[by] = standing_of(by, case.petition, case.at)
            found = refused(case, transition, by, kind, before, held[by]) if kind else taken(case, transition, by)
            if found:
                wrong[f"{name} by {role.value}"] = found
    assert wrong == {}


def test_every_transition_is_taken_somewhere() -> None:
    reachable = {(status, name) for name, transition in TRANSITIONS.items() for status in transition.sources}
    assert {status for status, _ in reachable} <= set(PATHS)
    assert {name for _, name in reachable} == set(TRANSITIONS)
