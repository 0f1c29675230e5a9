"""What two administrators do about a round: its dates while it is open, and an extension after an outage.

Until when people may file is what everybody relies on: one administrator proposes it, another one sees what closes when
and how many drafts are open, and confirms it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from exclusions.actions.people.acts import ActBody, Carried, Facts, Ground
from exclusions.actions.record.events import record_event
from exclusions.actions.rounds import orders
from exclusions.actions.rounds.versions import COLUMNS, DAYS, WINDOW, Change, refuse_mistakes, subject_of, write_round
from exclusions.errors import Incomplete, WrongState
from exclusions.models import Round, RoundOrder, User
from exclusions.queries.people.round_dates import effect_of
from exclusions.workflow.deadlines import end_of_day

Kind = RoundOrder.Kind
EXTENSIONS = {str(Kind.EXTEND_FILING): "closes_at", str(Kind.EXTEND_RESPONSES): "responses_until"}


@dataclass(frozen=True)
class _Found:
    """The version in force, locked, and its days as they are to be, by column."""

    round: Round
    wanted: Mapping[str, Any] = field(default_factory=dict)
    until: date | None = None


def _round(key: str) -> Round:
    found = Round.objects.current().select_for_update().filter(slug=key).order_by("version").first()
    if found is None:
        raise WrongState("There is no such round.")
    return found


def _ground_of_dates(key: str, facts: Facts) -> Ground:
    """Read what is to change; the basis is what changes for the public, so that what both saw is the same."""
    round = _round(key)
    found = _extension(round, facts) if facts.get("kind") in EXTENSIONS else _rules(round, facts)
    effect = effect_of(round, found.wanted)
    if not effect.changed:
        raise Incomplete("Nothing of this changes the round. Change at least one date.")
    return Ground(f"{round.title}: {effect.summary}", {"what is corrected": effect.rows}, found=found)


def _extension(round: Round, facts: Facts) -> _Found:
    until = date.fromisoformat(str(facts["until"]))
    column = EXTENSIONS[str(facts["kind"])]
    return _Found(round, {column: end_of_day(until)}, until)


def _rules(round: Round, facts: Facts) -> _Found:
    """Return the days that are proposed, in the kinds of their columns."""
    given = dict(facts.get("days") or {})
    unknown = set(given) - set(DAYS)
    if unknown:
        raise Incomplete(f"These are no dates of a round: {', '.join(sorted(unknown))}.")
    wanted = {name: _read(name, given[name]) for name in DAYS if name in given}  # in one order, whatever the database
    return _Found(round, {name: value for name, value in wanted.items() if getattr(round, name) != value})


def _read(name: str, value: Any) -> Any:
    return datetime.fromisoformat(str(value)) if name in WINDOW else value


def look_at_dates(found: _Found, facts: Facts, reason: str, by: User, at: datetime) -> None:
    """Refuse an extension that is none, and what a round cannot be. Raises Incomplete, WrongState."""
    citation = str(facts.get("citation", ""))
    orders.refuse_words(citation, reason)
    if found.until is not None and facts["kind"] == Kind.EXTEND_FILING:
        orders.filing_end(found.round, found.until, at)
    elif found.until is not None:
        orders.responses_end(found.round, found.until, at)
    else:
        refuse_mistakes(_change(found, citation, reason))


def _change(found: _Found, citation: str, reason: str) -> Change:
    """Return the round as it is, but for the days that are proposed."""
    stands = {name: getattr(found.round, name) for name in COLUMNS}
    lists = list(found.round.actions.values_list("code", flat=True))
    return Change(found.round.slug, {**stands, **found.wanted}, lists, reason, citation, by_two=True)


def _change_dates(key: str, facts: Facts, carried: Carried) -> None:
    found: _Found = carried.found
    citation = str(facts.get("citation", ""))
    if found.until is not None:
        give = orders.extend_filing if facts["kind"] == Kind.EXTEND_FILING else orders.extend_responses
        give(found.round, until=found.until, citation=citation, reason=carried.reason, by=carried.by, at=carried.at)
    else:
        change = _change(found, citation, carried.reason)
        write_round(found.round, change, by=carried.by, at=carried.at)
    _record(found.round, "change_dates", carried)


def _record(round: Round, kind: str, carried: Carried) -> None:
    subject = subject_of(round)
    record_event(subject, kind, by=carried.by, at=carried.at, reason=carried.reason, data=carried.data)


def _ground_of_keeping(key: str, facts: Facts) -> Ground:
    round = _round(key)
    order = RoundOrder.objects.filter(pk=int(facts.get("order") or 0), slug=key, kind=Kind.EXTEND_PENDING).first()
    if order is None:
        raise WrongState("There is no such extension.")
    if RoundOrder.objects.filter(settles=order).exists():
        raise WrongState("This extension has changed since it was proposed: it is confirmed, or it has ended.")
    moved = list(facts.get("moved") or [])
    count = f"{order.days} day{'' if order.days == 1 else 's'}"
    rows = [["Filing window closes", was, now] for table, _, name, was, now in moved if (table, name) == _WINDOW]
    others = sum(1 for table, *_ in moved if table != "round")
    rows.append(["Other deadlines that end later", "", f"{others:,}"])
    return Ground(
        f"{round.title}: keep the extension of every pending deadline by {count}",
        {"the order": order.pk, "what is corrected": rows},
        found=(round, order),
    )


_WINDOW = ("round", "closes_at")


def _keep(key: str, facts: Facts, carried: Carried) -> None:
    round, order = carried.found
    orders.give(round, Kind.CONFIRM, {}, order.citation, carried.reason, carried.by, carried.at, "", settles=order)
    _record(round, "keep_extension", carried)


ROUND_ACTS = {
    "change_dates": ActBody(_ground_of_dates, _change_dates, look_at_dates),
    "keep_extension": ActBody(_ground_of_keeping, _keep),
}
