"""One act on many cases: all of it is done, or none and each case that refuses is named with its reason.

Nothing is half done without being said: a refusal by one case undoes what was done to the others, and whoever asked
sends the rest again, if that is what they want.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from exclusions.actions import transitions
from exclusions.actions.casework import notes
from exclusions.actions.review import assignments
from exclusions.errors import ActionRefused, Incomplete, NotPermitted, SomeRefused, WrongState
from exclusions.models import Petition, User
from exclusions.queries.casework.acts import MOST, simple_transitions
from exclusions.workflow.states import Status
from exclusions.workflow.transitions import TRANSITIONS


@dataclass(frozen=True)
class Chosen:
    """One case as it was chosen: its reference, and the status in which the page showed it ("" where it did not)."""

    reference: str
    status: str = ""


def take_many(chosen: Sequence[Chosen], *, by: User, at: datetime) -> list[Petition]:
    """Take the cases that nobody of one's role has; return them. Raises SomeRefused, Incomplete, NotPermitted."""

    def take(petition: Petition) -> None:
        assignments.take(petition, by=by, at=at)

    return do_to_each(chosen, take, by=by, at=at)


def release_many(chosen: Sequence[Chosen], *, by: User, at: datetime) -> list[Petition]:
    """Give one's own cases back to the worklist; return them. Raises SomeRefused, Incomplete, NotPermitted."""

    def release(petition: Petition) -> None:
        assignments.release(petition, by=by, at=at)

    return do_to_each(chosen, release, by=by, at=at)


def assign_many(chosen: Sequence[Chosen], *, to: User, by: User, at: datetime, reason: str = "") -> list[Petition]:
    """Hand the cases to a colleague; return them. The reason is for those that another person has.

    Raises SomeRefused, Incomplete, NotPermitted.
    """

    def assign(petition: Petition) -> None:
        assignments.assign(petition, to=to, by=by, at=at, reason=reason)

    return do_to_each(chosen, assign, by=by, at=at)


def tag_many(chosen: Sequence[Chosen], tag_id: int, *, put: bool, by: User, at: datetime) -> list[Petition]:
    """Put a tag of one's team on the cases, or take it off; return them. Raises SomeRefused, Incomplete."""

    def mark(petition: Petition) -> None:
        (notes.put_tag if put else notes.take_tag)(petition, tag_id, by=by, at=at)

    return do_to_each(chosen, mark, by=by, at=at)


def move_many(chosen: Sequence[Chosen], name: str, *, by: User, at: datetime) -> list[Petition]:
    """Take a transition for which nothing is typed on each case; return them as they are then.

    Raises SomeRefused, Incomplete, NotPermitted: for a transition that asks for words or a page of its own, too.
    """
    if name not in simple_transitions(by.role):
        label = TRANSITIONS[name].label if name in TRANSITIONS else "This"
        raise NotPermitted(f"Your role cannot do “{label}” for many cases at once. Open each case.")

    def move(petition: Petition) -> None:
        transitions.take(petition, name, by=by, at=at)

    return do_to_each(chosen, move, by=by, at=at)


def do_to_each(chosen: Sequence[Chosen], act: Callable[[Petition], None], *, by: User, at: datetime) -> list[Petition]:
    """Do one act to each case in one transaction, in the order of their references; return the cases as they are then.

    Raises SomeRefused, with nothing done, where a case refuses: it names each one, with its reason.
    """
    wanted = {item.reference: item for item in chosen}
    if not wanted:
        raise Incomplete("Choose at least one case: tick the box in front of it.")
    if len(wanted) > MOST:
        raise Incomplete(f"Choose at most {MOST} cases at once. You chose {len(wanted)}.")
    with transaction.atomic():
        found = _lock(wanted, by)
        refused: dict[str, list[str]] = {}
        for reference in sorted(wanted.keys() - {str(row.reference) for row in found}):
            refused[reference] = ["There is no such case, or it is not open to you."]
        for petition in found:
            said = _try(petition, wanted[str(petition.reference)], act)
            if said:
                refused[str(petition.reference)] = said
        if refused:
            raise SomeRefused({name: refused[name] for name in wanted if name in refused}, of=len(wanted))
    return _as_they_are(found)


def _lock(wanted: Mapping[str, Chosen], by: User) -> list[Petition]:
    """Lock the cases, always in the same order, so that two who act on overlapping ones wait and never deadlock."""
    rows = Petition.objects.filter(reference__in=list(wanted)).exclude(status=Status.DRAFT)
    locked = rows.select_for_update(of=("self",)).select_related("round", "organization").order_by("reference")
    open_to = set(rows.open_to(by).values_list("pk", flat=True))
    return [row for row in locked if row.pk in open_to]


def _try(petition: Petition, seen: Chosen, act: Callable[[Petition], None]) -> list[str]:
    """Do the act within a savepoint; return the sentences that refuse it, none where it is done."""
    try:
        if seen.status and petition.status != seen.status:
            raise WrongState(_moved(petition, seen))
        with transaction.atomic():
            act(petition)
    except ActionRefused as refused:
        return refused.sentences
    return []


def _moved(petition: Petition, seen: Chosen) -> str:
    known = dict(Status.choices).get(seen.status, seen.status)
    return f"It changed after you opened the page: it was “{known}” and is “{petition.get_status_display()}” now."


def _as_they_are(rows: Iterable[Petition]) -> list[Petition]:
    return list(Petition.objects.filter(pk__in=[row.pk for row in rows]).order_by("reference"))
