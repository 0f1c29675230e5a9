"""Why a case stands where it stands, and why now: the rule that brought it there, the facts, the time."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from exclusions.models import Event, Petition
from exclusions.queries.importer.deadline_reasons import reasons_of
from exclusions.queries.record.deadlines_due import next_deadline
from exclusions.workflow.conditions import CONDITIONS
from exclusions.workflow.deadlines import eastern_date, in_words
from exclusions.workflow.roles import OWNERS, Role
from exclusions.workflow.states import CLOSED, MOVE_OF, STAGE_OF, Status
from exclusions.workflow.targets import DEFAULT_DAYS
from exclusions.workflow.transitions import TRANSITIONS, Transition


@dataclass(frozen=True)
class Why:
    """The answer, for the page of a case. `brought` is one sentence, `facts` and `now` are some; `at`: since when."""

    brought: str
    rule: str
    facts: list[str] = field(default_factory=list)
    now: list[str] = field(default_factory=list)
    at: datetime | None = None


def why_here(
    petition: Petition,
    at: datetime,
    *,
    whole: bool,
    events: Iterable[Event] | None = None,
    target: int | None = None,
) -> Why:
    """Return why a filed petition is in its status, from the transition that brought it; one statement, or none.

    `events`: those of the petition, where a page has read them; `whole`: whether the reader reads the whole case, and
    so the reason that was given; `target`: the days that the status should take, the shipped ones where None.
    """
    event = _brought(petition, events)
    moved = TRANSITIONS.get(event.kind) if event else None
    if event is None or moved is None:
        brought = f"It has been “{petition.get_status_display()}” since {in_words(petition.status_since)}."
        return Why(brought, "", now=_now(petition, at, target), at=petition.status_since)
    return Why(
        brought=f"{_by(event)} took “{moved.label}” on {in_words(event.at)}.",
        rule=_rule(moved, petition),
        facts=[*_facts(moved.name, petition), *([f"Reason given: {event.reason}"] if whole and event.reason else [])],
        now=_now(petition, at, target),
        at=event.at,
    )


def _brought(petition: Petition, events: Iterable[Event] | None) -> Event | None:
    """Return the last event that led into the petition's status."""
    if events is None:
        found = Event.objects.filter(subject=f"petition:{petition.pk}", to_status=petition.status)
        return found.exclude(from_status=petition.status).select_related("by").order_by("-sequence").first()
    led = [row for row in events if row.to_status == petition.status != row.from_status]
    return max(led, key=lambda row: row.sequence, default=None)


def _by(event: Event) -> str:
    if event.by is None:
        return "The clock"
    role = Role(event.role) if event.role in Role.values else None
    if role in OWNERS:
        return "The requester" if role is Role.REQUESTER else "The third-party filer"
    return f"{event.by}, {role.label}," if role else str(event.by)


_KIND_OF = {Status.RETURNED: "cure", Status.POSTED: "respond", Status.REPLYING: "reply"}


def _rule(moved: Transition, petition: Petition) -> str:
    """Return the row of the transition table in words, and the notice whose procedure it is."""
    sources = " or ".join(sorted(f"“{status.label}”" for status in moved.sources))
    takers = " or ".join(sorted(role.one for role in moved.roles))
    when = "; ".join(CONDITIONS[gate] for gate in moved.gates)
    said = f"From {sources} to “{moved.target.label}”, by {takers}{f', when {when}' if when else ''}"
    told = ", with a reason on the record" if moved.needs_reason else ""
    return f"{said}{told}. Procedure of {petition.round.procedure_version} ({petition.round.citation})."


def _facts(name: str, petition: Petition) -> list[str]:
    """Return what the transition rested on that the petition itself says: its days."""
    found: list[str] = []
    if name in ("submit", "resubmit") and petition.submitted_at:
        found.append(f"It was submitted on {in_words(petition.submitted_at)}.")
    if name == "return" and petition.cure_closes_at:
        found.append(f"It can be corrected until {in_words(petition.cure_closes_at)}.")
    if name in ("post", "close_responses", "begin_review") and petition.posted_at:
        found.append(f"It was posted on {in_words(petition.posted_at)}.")
    if name in ("close_responses", "begin_review"):
        closed = petition.response_closes_at
        found.append(
            f"The response period ended on {in_words(closed)}." if closed else "The round takes no responses to it."
        )
    if name == "begin_review":
        reply = petition.reply_closes_at
        found.append(
            f"The last reply period ended on {in_words(reply)}." if reply else "No response asked for a reply."
        )
    return found


def _now(petition: Petition, at: datetime, target: int | None) -> list[str]:
    """Return whose move it is, how long the case has been there against the target, and what ends next."""
    status = Status(petition.status)
    if status in CLOSED:
        return [f"{MOVE_OF[status]}."]
    days = (eastern_date(at) - eastern_date(petition.status_since)).days
    aim = target if target is not None else DEFAULT_DAYS.get(status)
    against = "" if aim is None else f". The target is {_days(aim)}{_over(days - aim)}"
    found = [f"{MOVE_OF[status]}.", f"It has been here for {_days(days)}{against}."]
    ends, what = next_deadline(petition)
    if ends:
        why = reasons_of(petition).get(_KIND_OF.get(status, ""), "")
        found.append(" ".join(filter(None, (f"{what}: {in_words(ends)}.", why))))
    if STAGE_OF[status] is None:
        found.append("The public cannot see it yet.")
    return found


def _days(number: int) -> str:
    return f"{number} day{'' if number == 1 else 's'}"


def _over(days: int) -> str:
    return f", {_days(days)} over" if days > 0 else ""
