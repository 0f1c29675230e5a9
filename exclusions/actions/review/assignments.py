"""Who works a case: taking it, giving it back, handing it to a colleague."""

from datetime import datetime

from django.db import transaction

from exclusions.actions.record.events import petition_subject, record_event
from exclusions.actions.record.transition import lock
from exclusions.errors import Conflict, NotPermitted, WrongState
from exclusions.models import Assignment, Petition, User
from exclusions.permissions import standing
from exclusions.workflow.roles import JUDGES, Role
from exclusions.workflow.seats import seat
from exclusions.workflow.states import CLOSED, Status


def take(petition: Petition, *, by: User, at: datetime) -> Assignment:
    """Take a case that nobody of the person's role has; return the assignment, the one they have when it is theirs.

    Raises NotPermitted without a staff role or with a tie, WrongState when closed, Conflict when a colleague has it.
    """
    return assign(petition, to=by, by=by, at=at)


def assign(petition: Petition, *, to: User, by: User, at: datetime) -> Assignment:
    """Give a case to a person of one's own role, oneself included; level 2 also assigns level 1. Return the assignment.

    Raises as `take` does; handing on a case that another colleague holds ends that assignment.
    """
    with transaction.atomic():
        locked = lock(petition)
        _may_assign(locked, to, by, at)
        place = seat(to.role, locked.status)
        taken = locked.assignments.select_for_update().filter(role=place, ended_at__isnull=True)
        current = taken.order_by("assigned_at").first()
        if current and current.user_id == to.pk:
            return current
        if current and to == by and by.role == to.role:
            raise Conflict(f"{current.user} has this case; ask them to release it or to assign it to you.")
        if current:
            current.ended_at = at
            current.save(update_fields=["ended_at"])
        made = Assignment.objects.create(petition=locked, user=to, role=place, assigned_at=at)
        record_event(petition_subject(locked), "assign", by=by, at=at, data={"to": to.pk, "seat": place})
    return made


def release(petition: Petition, *, by: User, at: datetime) -> Petition:
    """Give one's case back to the worklist; return the petition. Raises WrongState when one does not have it."""
    with transaction.atomic():
        locked = lock(petition)
        held = locked.assignments.select_for_update().filter(user=by, ended_at__isnull=True)
        if not held.update(ended_at=at):
            raise WrongState("This case is not assigned to you.")
        record_event(petition_subject(locked), "release", by=by, at=at)
    return locked


def _may_assign(petition: Petition, to: User, by: User, at: datetime) -> None:
    if by.role not in JUDGES - {Role.CUSTOMS}:
        raise NotPermitted("Cases are assigned among the staff who work them.")
    if petition.status in CLOSED or petition.status == Status.DRAFT:
        raise WrongState(f"This petition is “{petition.get_status_display()}”; there is nothing to assign.")
    if to.role != by.role and (by.role, to.role) != (Role.REVIEWER2, Role.REVIEWER1):
        raise NotPermitted("Assign a case to a person of your own role; level 2 may also assign level 1.")
    for person in {by, to}:
        barred = standing(person, petition, at).kept
        if barred:
            raise NotPermitted(*(barred if person == by else [f"{to} may not act in this case."]))
