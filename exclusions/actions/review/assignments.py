"""Who works a case: taking it, giving it back, handing it to a colleague."""

from datetime import datetime

from django.db import transaction

from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.disclosure_checks import look_through, require_reason
from exclusions.actions.record.events import notify, petition_subject, record_event
from exclusions.actions.record.many.batch import Batch, petition_event, standing_in
from exclusions.actions.record.transition import lock
from exclusions.errors import Conflict, NotPermitted, WrongState
from exclusions.models import Assignment, Petition, User
from exclusions.queries.casework.lists.team import absence_of
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.roles import JUDGES, Role
from exclusions.workflow.seats import seat
from exclusions.workflow.states import CLOSED, Status


def take(petition: Petition, *, by: User, at: datetime, reason: str = "", batch: Batch | None = None) -> Assignment:
    """Take a case that nobody of the person's role has, or take it over and say why; return the assignment.

    Raises NotPermitted without a staff role or with a tie, WrongState when closed, Conflict when a colleague has it and
    no reason is given, Incomplete for a reason that says nothing, Repeats.
    """
    return assign(petition, to=by, by=by, at=at, reason=reason, batch=batch)


def assign(
    petition: Petition,
    *,
    to: User,
    by: User,
    at: datetime,
    reason: str = "",
    tell: bool = True,
    batch: Batch | None = None,
) -> Assignment:
    """Give a case to a person of one's own role, oneself included; level 2 also assigns level 1. Return the assignment.

    Who hands on what a colleague of the same role has gives a reason: it goes on the record, and to that colleague,
    unless the caller tells that person (`tell`) of many cases at once. Who is away is given nothing by others.
    Raises as `take` does.
    """
    with transaction.atomic():
        locked = lock(petition, batch)
        _may_assign(locked, to, by, at, batch)
        if to != by and (away := absence_of(to, eastern_date(at))):
            raise WrongState(f"{to} is away through {away.last_day:%B} {away.last_day.day}. Choose someone else.")
        place = seat(to.role, locked.status)
        current = _current(locked, place, batch)
        if current and current.user_id == to.pk:
            return current
        if current:
            if current.user_id != by.pk and by.role == to.role:
                _require_why(locked, current, to, reason, by, at, batch)
            current.ended_at = at
            current.save(update_fields=["ended_at"])
        made = Assignment.objects.create(petition=locked, user=to, role=place, assigned_at=at)
        data = {"to": to.pk, "seat": place}
        petition_event(locked, "assign", by=by, at=at, reason=reason.strip(), data=data, batch=batch)
        if current and current.user_id != by.pk and tell:
            _tell_former(locked, current.user, to, by, reason.strip(), at)
    return made


def _current(petition: Petition, place: str, batch: Batch | None) -> Assignment | None:
    """Who has the seat; the lock on the petition is what keeps others from taking it meanwhile."""
    if batch:
        return next((row for row in petition.assignments.all() if row.role == place and row.ended_at is None), None)
    taken = petition.assignments.select_for_update().filter(role=place, ended_at__isnull=True)
    return taken.order_by("assigned_at").first()


def _require_why(
    petition: Petition, current: Assignment, to: User, reason: str, by: User, at: datetime, batch: Batch | None
) -> None:
    if to == by and not reason.strip():
        asked = "Ask for its release, or take it over and say why."
        raise Conflict(f"{current.user} has this case. {asked}")
    look_through("assign", petition, {"reason": reason}, by=by, at=at, batch=batch)
    require_reason(reason, f"{current.user} has this case. Say why it goes to another person.")


def _tell_former(petition: Petition, former: User, to: User, by: User, reason: str, at: datetime) -> None:
    """Tell who had the case that it is another person's now."""
    context = {
        "reference": petition.reference or "",
        "to": str(to),
        "by": str(by),
        "reason": reason,
        "url": page_address("case", petition.reference),
    }
    title = f"{petition.reference}: the case is no longer yours"
    notify(to=former.email, template="case_taken_over", subject=title, context=context, at=at)


def release(petition: Petition, *, by: User, at: datetime) -> Petition:
    """Give one's case back to the worklist; return the petition. Raises WrongState when one does not have it."""
    with transaction.atomic():
        locked = lock(petition)
        held = locked.assignments.select_for_update().filter(user=by, ended_at__isnull=True)
        if not held.update(ended_at=at):
            raise WrongState("This case is not assigned to you.")
        record_event(petition_subject(locked), "release", by=by, at=at)
    return locked


def _may_assign(petition: Petition, to: User, by: User, at: datetime, batch: Batch | None) -> None:
    if by.role not in JUDGES - {Role.CUSTOMS}:
        raise NotPermitted("You can assign a case only to staff who work it.")
    if petition.status in CLOSED or petition.status == Status.DRAFT:
        raise WrongState(f"This petition is “{petition.get_status_display()}”. You cannot assign it.")
    if to.role != by.role and (by.role, to.role) != (Role.REVIEWER2, Role.REVIEWER1):
        raise NotPermitted("Assign a case to a person of your own role. Level 2 may also assign level 1.")
    for person in {by, to}:
        standing = standing_in(batch, person, petition, at)
        barred = standing.kept_from_acting if person == to else standing.kept_from_assigning
        if barred:
            raise NotPermitted(*(barred if person == by else [f"{to} may not act in this case."]))
