"""What the lead of a team does: sets targets, enters absences, hands many cases from one person to others."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.disclosure_checks import require_reason
from exclusions.actions.record.events import notify
from exclusions.actions.review import assignments
from exclusions.errors import ActionRefused, Incomplete, NotPermitted, SomeRefused, WrongState
from exclusions.models import Absence, Petition, StageTarget, User
from exclusions.permissions import standing_of
from exclusions.permissions.gates import another_level2_reviewer, not_the_level1_reviewer
from exclusions.queries.casework.acts import MOST
from exclusions.queries.casework.lists.next_case import present_loads
from exclusions.queries.casework.lists.team import open_cases, workers
from exclusions.queries.casework.lists.worklist import statuses_for
from exclusions.queries.casework.targets import targets
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.states import Status


def set_target(status: str, days: int, *, by: User, at: datetime) -> StageTarget:
    """Set how many days of New York a case should take in a status of one's team, from now on; return the row.

    Earlier targets stay on record. Raises NotPermitted, Incomplete, WrongState where it is the target already.
    """
    _lead(by)
    if status not in {str(one) for one in statuses_for(by.role)}:
        raise NotPermitted("Only the lead of the team that works this status sets its target.")
    if not 1 <= days <= 999:
        said = "Enter a number of days from 1 to 999."
        raise Incomplete.beside("days", said)
    if targets().get(status) == days:
        raise WrongState(f"The target of “{Status(status).label}” is {days} days already.")
    return StageTarget.objects.create(of_status=status, days=days, set_by=by, set_at=at)


def enter_absence(user: User, *, first_day: date, last_day: date, by: User, at: datetime) -> Absence:
    """Enter from when through when a person of one's team is away; return the row.

    Meanwhile the person is given no new case. Raises NotPermitted, Incomplete.
    """
    _lead(by)
    if user.role != by.role or not user.is_active:
        raise NotPermitted("Only the lead of the person’s team enters an absence.")
    if last_day < first_day:
        said = "The last day is before the first."
        raise Incomplete.beside("last_day", said)
    if last_day < eastern_date(at):
        said = "The absence is over already."
        raise Incomplete.beside("last_day", said)
    return Absence.objects.create(user=user, first_day=first_day, last_day=last_day, entered_by=by, entered_at=at)


def withdraw_absence(absence_id: int, *, by: User, at: datetime) -> Absence:
    """Take an absence back that does not come, or ends early; return the row. Raises NotPermitted, WrongState."""
    _lead(by)
    with transaction.atomic():
        rows = Absence.objects.select_for_update(of=("self",)).select_related("user").filter(pk=absence_id)
        found = next(iter(rows), None)
        if found is None or found.user.role != by.role:
            raise NotPermitted("There is no such absence in your team.")
        if found.withdrawn_at:
            raise WrongState("This absence was taken back already.")
        found.withdrawn_at, found.withdrawn_by = at, by
        found.save(update_fields=["withdrawn_at", "withdrawn_by"])
    return found


def reassign(
    holder: User,
    *,
    to: User | None,
    by: User,
    at: datetime,
    reason: str,
    but: Sequence[str] = (),
) -> Mapping[User, list[Petition]]:
    """Hand the open cases of a person of one's team to another, or (`to` is None) evenly to those who are present.

    Each goes to the one with the fewest who may work it. `but` are references that stay where they are. All are handed
    on in one transaction, or none. Returns the cases by the person who has them now. Raises NotPermitted, Incomplete,
    WrongState where there is nothing to hand on or nobody to have it, SomeRefused with each case that nobody may take.
    """
    _lead(by)
    if holder.role != by.role:
        raise NotPermitted("You can hand over only your own team’s cases.")
    require_reason(
        reason, "Say why you hand over the cases. Your reason goes on record and to the people who had them."
    )
    with transaction.atomic():
        keys = open_cases(by.role).filter(user=holder).exclude(petition__reference__in=but).values("petition")
        rows = Petition.objects.filter(pk__in=keys).select_related("round", "organization").order_by("pk")
        cases = list(rows.select_for_update(of=("self",))[:MOST])
        if not cases:
            raise WrongState(f"{holder} has no open case to hand over.")
        people, load = _takers(holder, to, by, at)
        given: dict[User, list[Petition]] = {}
        refused: dict[str, list[str]] = {}
        for petition in sorted(cases, key=lambda row: (row.status_since, str(row.reference))):
            said = _give(petition, people, load, given, by, at, reason)
            if said:
                refused[str(petition.reference)] = said
        if refused:
            raise SomeRefused(refused, of=len(cases))
        _tell(holder, given, by, reason, at)
    return given


def _lead(by: User) -> None:
    if not by.leads:
        raise NotPermitted("Only the lead of a team can do this. Two administrators appoint a lead.")


def _takers(holder: User, to: User | None, by: User, at: datetime) -> tuple[dict[int, User], dict[int, int]]:
    """Return who may be given cases, and how many each has."""
    load = present_loads(by.role, at)
    load.pop(holder.pk, None)
    if to is not None:
        if to.pk not in load:
            raise WrongState(f"{to} cannot get these cases: away, in another team, or the same person.")
        load = {to.pk: load[to.pk]}
    people = {person.pk: person for person in workers(by.role) if person.pk in load}
    if not people:
        raise WrongState("No one else on the team is present to take the cases.")
    return people, load


def _give(
    petition: Petition,
    people: Mapping[int, User],
    load: dict[int, int],
    given: dict[User, list[Petition]],
    by: User,
    at: datetime,
    reason: str,
) -> list[str]:
    """Give a case to the one with the fewest who may have it; return why nobody may, none where somebody has it."""
    why: list[str] = []
    for key in sorted(people, key=lambda key: (load[key], key)):
        person = people[key]
        if _is_paired(petition, person, at) or standing_of(person, petition, at).kept_from_acting:
            why.append(f"{person} may not act in this case.")
            continue
        try:
            with transaction.atomic():
                assignments.assign(petition, to=person, by=by, at=at, reason=reason, tell=False)
        except ActionRefused as refused:
            why += refused.reasons
            continue
        load[key] += 1
        given.setdefault(person, []).append(petition)
        return []
    return list(dict.fromkeys(why))


def _is_paired(petition: Petition, person: User, at: datetime) -> bool:
    """Say whether the person made the recommendation that another one has to look at in this status."""
    if petition.status == Status.LEVEL2:
        return bool(not_the_level1_reviewer(petition, person, at, None))
    return petition.status == Status.CONSISTENCY and bool(another_level2_reviewer(petition, person, at, None))


def _tell(holder: User, given: Mapping[User, list[Petition]], by: User, reason: str, at: datetime) -> None:
    """Tell who had the cases, and each who has them now, in one message each: references and the reason."""
    said = {"by": str(by), "reason": reason.strip(), "url": page_address("review")}
    moved = sorted(str(petition.reference) for cases in given.values() for petition in cases)
    notify(
        to=holder.email,
        template="cases_moved",
        subject=f"{len(moved)} of your cases went to other people",
        context={**said, "references": moved, "what": "These cases are no longer yours"},
        at=at,
    )
    for person, cases in given.items():
        notify(
            to=person.email,
            template="cases_moved",
            subject=f"{len(cases)} cases are yours now",
            context={
                **said,
                "references": sorted(str(petition.reference) for petition in cases),
                "what": f"These cases of {holder} are yours now",
            },
            at=at,
        )


def require_entered(errors: Mapping[str, Sequence[str]]) -> None:
    """Raise Incomplete with what a form found wrong, as {field: sentences}; nothing where it found nothing."""
    if errors:
        said = list(dict.fromkeys(sentence for found in errors.values() for sentence in found))
        raise Incomplete(*said, fields=errors)
