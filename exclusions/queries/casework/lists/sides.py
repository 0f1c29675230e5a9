"""How many days each side has had a case: the agency, the requester, Customs."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from exclusions.models import Event
from exclusions.queries.casework.inquiries import Asked, stay, stays_of
from exclusions.queries.casework.lists.beside_cases import About, moves_and_questions
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.states import CLOSED, STATUSES, Mover, Status

_OPEN = frozenset(map(str, STATUSES)) - {str(status) for status in (*CLOSED, Status.DRAFT)}
# Whose days those in a status are: by its text, as a list reads hundreds of them.
_MOVERS = {str(row.status): row.mover for row in STATUSES.values() if isinstance(row.mover, Mover)}
_USES = {status: str(mover) for status, mover in _MOVERS.items() if status in _OPEN}
_AGENCY, _REQUESTER, _CUSTOMS = str(Mover.AGENCY), str(Mover.REQUESTER), str(Mover.CUSTOMS)
_OF_AGENCY = frozenset(status for status, mover in _MOVERS.items() if mover is Mover.AGENCY)


@dataclass(frozen=True)
class Sides:
    """Days of New York since the petition was submitted, by who had to move; while anybody may respond, nobody has."""

    agency: int = 0
    requester: int = 0
    customs: int = 0


def days_by_side(petitions: Iterable[Any], at: datetime, read: Mapping[UUID, About] | None = None) -> dict[str, Sides]:
    """Return the days that each side used of each petition up to a moment, by the petition's key.

    `read` is what is known of them, where it was looked up already; else two statements.

    Read from the events, so that it is what the record says; a day counts for who had the case at its end.
    """
    keys = [petition.pk for petition in petitions]
    known, today = moves_and_questions(keys) if read is None else read, eastern_date(at)
    return {str(key): _used(known[key], today, at) for key in keys}


def _used(case: About, today: date, at: datetime) -> Sides:
    return _sum(case.moves, today, [stay(at, *times) for times in case.questions])


def sides_of(events: Iterable[Event], asked: Iterable[Asked], at: datetime) -> Sides:
    """Return the same of one petition, of events and questions that have been read, oldest first. No statement."""
    moved = [event for event in events if event.from_status != event.to_status]
    stays = [(event.to_status, eastern_date(event.at).toordinal()) for event in moved]
    return _sum(stays, eastern_date(at), stays_of(asked, at))


def _sum(stays: list[tuple[str, int]], today: date, asked: list[tuple[date, date]]) -> Sides:
    """Days on which the filer had a question are its own, where the agency had the case."""
    used: dict[str, int] = defaultdict(int)
    spans = [(begins.toordinal(), ends.toordinal()) for begins, ends in asked]
    for (status, since), (_, until) in pairwise([*stays, ("", today.toordinal())]):
        if status in _USES:
            used[_USES[status]] += until - since
        if spans and status in _OF_AGENCY:
            answering = _covered(spans, since, until)
            used[_AGENCY] -= answering
            used[_REQUESTER] += answering
    return Sides(used[_AGENCY], used[_REQUESTER], used[_CUSTOMS])


def _covered(spans: list[tuple[int, int]], first: int, last: int) -> int:
    """Return on how many days between two days at least one of the spans held; several at once count once."""
    days: set[int] = set()
    for begins, ends in spans:
        days |= set(range(max(begins, first), min(ends, last)))
    return len(days)
