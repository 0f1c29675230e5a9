"""Why a deadline stands where it stands: the rule that set it, and each order about the round that moved it since.

The orders are replayed in their order over the rule's own end. Nothing is stored of it: a reason that did not lead to
the deadline on record is not told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from exclusions.days import in_full
from exclusions.models.round import Round, RoundOrder
from exclusions.queries.public.rounds import day_rule, ends_later, moved_end, reply_deadline
from exclusions.workflow.deadlines import eastern_date, response_closes

Kind = RoundOrder.Kind
Moment = date | datetime


@dataclass(frozen=True)
class Step:
    """One order that moved an end: since when it stands there, where, and how, in words."""

    at: datetime
    end: datetime
    words: str


def in_order(orders: Iterable[RoundOrder]) -> list[RoundOrder]:
    """Return orders as they were given, the first on top."""
    return sorted(orders, key=lambda order: (order.given_at, order.pk))


def response_reason(round: Round, posted: Moment, stands: datetime | None, orders: Sequence[RoundOrder]) -> str:
    """Return why the response period of a petition that was posted then ends when it does; "" where nothing is known.

    `orders` are all of the round, in any order. `posted` may be a plain day, as the public copy has it.
    """
    if round.response_days is None or stands is None:
        return ""
    given = in_order(orders)
    rule = f"{_days(round, round.response_days)} after posting"
    return _reason_sentence(rule, _response_steps(round, posted, given), _own_end(round, posted), stands, given)


def reply_reason(
    round: Round, posted: Moment, response_posted: datetime, stands: datetime | None, orders: Sequence[RoundOrder]
) -> str:
    """Return why the period to reply to a response that was posted then ends when it does; "" where none is known."""
    own = _own_end(round, posted)
    if own is None or stands is None:
        return ""
    given = in_order(orders)
    of_responses = _response_steps(round, posted, given)
    closes = _end_at(of_responses, own, response_posted)
    end = reply_deadline(round, closes, response_posted)
    if end is None:
        return ""
    rule, steps, began = _reply_rule(round), [], end
    for order, since in _moving(given, response_posted):
        before = end
        if order.kind == Kind.EXTEND_RESPONSES:
            moved = next((step for step in of_responses if step.at == order.given_at), None)
            found = reply_deadline(round, moved.end, response_posted) if moved else None
            end = max(filter(None, (found, end)))
        else:
            end = _moved(round, order, since, end, response_posted)
        if end != before:
            steps.append(Step(order.given_at, end, _move_clause(order, since, before, end)))
    return _reason_sentence(rule, steps, began, stands, given)


def cure_reason(
    round: Round, returned: datetime, set_to: datetime, stands: datetime | None, orders: Sequence[RoundOrder]
) -> str:
    """Return why a returned petition can be corrected until then: the day that intake set, and what moved it."""
    if stands is None:
        return ""
    given, end, steps = in_order(orders), set_to, []
    for order, since in _moving(given, returned, whole=False):
        if order.kind == Kind.EXTEND_RESPONSES:
            continue
        before, end = end, _moved(round, order, since, end, returned)
        if end != before:
            steps.append(Step(order.given_at, end, _move_clause(order, since, before, end)))
    return _reason_sentence("the agency set this day", steps, set_to, stands, given)


def window_reason(round: Round, orders: Sequence[RoundOrder]) -> str:
    """Return why the filing window closes when it does: the notice of the round, and each order that moved it."""
    given, steps = in_order(orders), []
    for place, order in enumerate(given):
        before = given[place - 1].closes_at if place else None
        since = _since(given, order)
        if order.kind in (Kind.EXTEND_FILING, Kind.REOPEN):
            steps.append(
                f"extended to {_day(order.closes_at)} by the order of {_day(order.given_at)} ({order.citation})"
            )
        elif order.kind == Kind.FALL and before is not None and order.closes_at != before:
            steps.append(f"put back to {_day(order.closes_at)} on {_day(order.given_at)}, since no one confirmed that")
        elif before is not None and order.closes_at != before:
            steps.append(_move_clause(order, since, before, order.closes_at))
    stand = _standing(round, given, round.closes_at)
    return "; ".join([f"As {round.citation} says", *steps, *stand]) + "." if steps or stand else ""


def _response_steps(round: Round, posted: Moment, given: Sequence[RoundOrder]) -> list[Step]:
    end = _own_end(round, posted)
    if end is None:
        return []
    steps: list[Step] = []
    earlier = [order for order in given if not _after(order.given_at, posted)]
    if earlier and earlier[-1].responses_until and earlier[-1].responses_until > end:
        source = next(order for order in reversed(earlier) if order.responses_until)
        end = earlier[-1].responses_until
        steps.append(Step(source.given_at, end, f"not before {_day(end)}, by the order of {_day(source.given_at)} "
                                                f"({source.citation})"))  # fmt: skip
    for order, since in _moving(given, posted):
        before = end
        until = order.responses_until
        if order.kind == Kind.EXTEND_RESPONSES and until and order.given_at <= end < until:
            end = until
        elif order.kind != Kind.EXTEND_RESPONSES:
            end = _moved(round, order, since, end, posted)
        if end != before:
            steps.append(Step(order.given_at, end, _move_clause(order, since, before, end)))
    return steps


def _own_end(round: Round, posted: Moment) -> datetime | None:
    return None if round.response_days is None else response_closes(posted, day_rule(round), round.response_days)


def _end_at(steps: Sequence[Step], own: datetime, at: datetime) -> datetime:
    return next((step.end for step in reversed(steps) if step.at <= at), own)


def _moving(
    given: Sequence[RoundOrder], begun: Moment, *, whole: bool = True
) -> Iterable[tuple[RoundOrder, RoundOrder | None]]:
    """Yield the orders since a moment that may move a period, each that resumes with the pause that it ends.

    `whole`: the period runs on in a pause in which the clocks do.
    """
    fallen = {order.settles_id for order in given if order.kind == Kind.FALL}
    for order in given:
        if order.pk in fallen or not _after(order.given_at, begun):
            continue
        since = _since(given, order)
        if order.kind == Kind.RESUME and since and (since.clocks_stand or not whole):
            yield order, since
        elif order.kind in (Kind.EXTEND_RESPONSES, Kind.EXTEND_PENDING):
            yield order, None


def _since(given: Sequence[RoundOrder], order: RoundOrder) -> RoundOrder | None:
    """Return the pause that an order ends."""
    before = given[: given.index(order)]
    return (
        next((one for one in reversed(before) if one.kind == Kind.PAUSE), None) if order.kind == Kind.RESUME else None
    )


def _moved(round: Round, order: RoundOrder, since: RoundOrder | None, end: datetime, begun: Moment) -> datetime:
    if order.kind == Kind.EXTEND_PENDING:
        return ends_later(round, end, order.days or 0) if end >= order.given_at else end
    if since is None or end < since.given_at:
        return end
    first = begun if _after(begun, since.given_at) else since.given_at
    return moved_end(round, end, first, order.given_at)


def _after(moment: Moment, other: Moment) -> bool:
    """Whether a moment lies after another one; of a plain day, on that day or after it."""
    if isinstance(moment, datetime) and isinstance(other, datetime):
        return moment >= other
    return eastern_date(moment) >= eastern_date(other)


def _move_clause(order: RoundOrder, since: RoundOrder | None, before: datetime, after: datetime) -> str:
    days = (eastern_date(after) - eastern_date(before)).days
    by = (
        f"the pause of {_day(since.given_at)} to {_day(order.given_at)}"
        if since
        else f"the order of {_day(order.given_at)}"
    )
    return f"moved {days} day{'' if days == 1 else 's'} by {by} ({order.citation})"


def _reason_sentence(
    rule: str, steps: Sequence[Step], own: datetime | None, stands: datetime, given: Sequence[RoundOrder]
) -> str:
    end = steps[-1].end if steps else own
    if end != stands:
        return ""
    stand = [] if not given else _standing(None, given, stands)
    words = "; ".join([rule, *(step.words for step in steps), *stand])
    return f"{words[:1].upper()}{words[1:]}."


def _standing(round: Round | None, given: Sequence[RoundOrder], end: datetime) -> list[str]:
    """Return what is said of a period that stands at this moment."""
    last = next((order for order in reversed(given) if order.kind in (Kind.PAUSE, Kind.RESUME)), None)
    if last is None or last.kind == Kind.RESUME or not last.clocks_stand or end < last.given_at:
        return []
    said = f"the time stopped on {_day(last.given_at)}, while the round is paused ({last.citation})"
    return [f"{said}; the pause will be added to it"]


def _reply_rule(round: Round) -> str:
    close = f"{_days(round, round.reply_days_after_close or 0)} after the response period closes"
    if round.reply_days_after_response is None:
        return close
    return (
        f"{close}, or {_days(round, round.reply_days_after_response)} after the response was posted, whichever is later"
    )


def _days(round: Round, days: int) -> str:
    return f"{days} {round.day_unit} day{'' if days == 1 else 's'}"


def _day(moment: datetime) -> str:
    return in_full(eastern_date(moment))
