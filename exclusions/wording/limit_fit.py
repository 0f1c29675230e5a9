"""Does what is stated of goods keep the limits of a text? Kept, missed, or to be asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from exclusions.wording.limits import Limit


@dataclass(frozen=True, slots=True)
class Kept:
    """Limits that are missed, each with what is stated, and sentences of what is to be asked."""

    missed: list[tuple[str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


def keep(required: Sequence[Limit], stated: Sequence[Limit], *, aside: Sequence[Limit] = ()) -> Kept:
    """Return which of the required limits are missed, and which are left open by what is stated.

    What is stated word for word like a limit of `aside`, which the text leaves out, says nothing of the others.

    A limit that is stated word for word is kept. Of the others, all that is stated of the same measure must be within,
    and must say what it measures; where two limits are of one measure, which of them is meant has to be asked.
    """
    found, others = Kept(), list(stated)
    open_limits = [limit for limit in required if not _taken(limit, others)]
    for limit in aside:
        _taken(limit, others)
    chained = _chains(open_limits, others, found)
    for limit in open_limits:
        if limit in chained:
            continue
        alike = [other for other in open_limits if _of_one(other, limit)]
        _judge(limit, len(alike), [other for other in others if _may_be_of_one(other, limit)], found)
    kept = [limit for limit in required if limit not in open_limits]
    found.asked.extend(_beside(kept, others))
    return found


def _chains(required: Sequence[Limit], stated: Sequence[Limit], found: Kept) -> list[Limit]:
    """Hold “122 cm by 77 cm by 127 cm” against as many measures in whatever order; return the limits that miss.

    Measures fit within ceilings in some order only if they do so in the order of their size.
    """
    missed: list[Limit] = []
    groups: dict[tuple[str, str], list[Limit]] = {}
    for limit in required:
        groups.setdefault((limit.quantity, limit.kind), []).append(limit)
    for of in groups.values():
        same = [other for other in stated if _of_one(other, of[0])]
        ceilings = all(limit.low is None and limit.high is not None for limit in of)
        if len(of) < 2 or len(same) != len(of) or not ceilings or any(other.low is None for other in same):
            continue
        by_size = zip(sorted(of, key=lambda one: one.ends()[1] or 0), sorted(same, key=_least), strict=True)
        outside = [(limit, other) for limit, other in by_size if not _touch(other, limit)]
        if outside:
            found.missed.extend((printed_limit(limit), printed_limit(other)) for limit, other in outside)
            missed.extend(of)
    return missed


def _least(limit: Limit) -> float:
    return limit.ends()[0] or 0.0


def apart(ours: Sequence[Limit], theirs: Sequence[Limit]) -> Iterator[str]:
    """Yield what keeps two texts apart: limits of one measure that do not touch."""
    for limit in ours:
        same = [
            other for other in theirs if other.quantity == limit.quantity and other.kind == limit.kind and limit.kind
        ]
        if same and not any(_touch(other, limit) for other in same):
            yield f"{printed_limit(limit)}, and {printed_limit(same[0])}"


def printed_limit(limit: Limit) -> str:
    """Return a limit as printed, with the measure: “length over 3 m”."""
    return f"{limit.kind} {limit.write()}" if limit.kind and limit.kind not in limit.write() else limit.write()


def _judge(limit: Limit, alike: int, of: list[Limit], found: Kept) -> None:
    """Put a limit that is not stated word for word among what is missed or asked, unless it is kept."""
    required = printed_limit(limit)
    same = [other for other in of if other.kind == limit.kind]
    if same and len(same) >= alike and not any(_touch(other, limit) for other in of):
        found.missed.append((required, printed_limit(same[0])))
    elif same and len(same) >= alike and all(_inside(other, limit) for other in same):
        return
    elif not of:
        found.asked.append(f"{required} is required; the description does not say")
    elif same and alike == 1:
        found.asked.append(f"{required} is required; the description allows more")
    else:
        found.asked.append(f"{required} is required; the description states {printed_limit(of[0])}")


def _beside(kept: Sequence[Limit], others: Sequence[Limit]) -> Iterator[str]:
    """Yield what is stated beside a limit that is kept, of the same measure and outside of it."""
    for limit in kept:
        outside = [other for other in others if _of_one(other, limit) and not _inside(other, limit)]
        if outside:
            yield f"{printed_limit(limit)} is required; the description states {printed_limit(outside[0])} too"


def _taken(limit: Limit, others: list[Limit]) -> bool:
    """Take out what is stated word for word like the limit; say whether there was one."""
    exact = next((other for other in others if _same(other, limit)), None)
    if exact is not None:
        others.remove(exact)
    return exact is not None


def _same(one: Limit, other: Limit) -> bool:
    return _of_one(one, other) and one.ends() == other.ends() and _ends_in(one) == _ends_in(other)


def _ends_in(limit: Limit) -> tuple[bool, bool]:
    return _including(limit.low), _including(limit.high)


def _of_one(one: Limit, other: Limit) -> bool:
    return one.quantity == other.quantity and one.kind == other.kind


def _may_be_of_one(one: Limit, other: Limit) -> bool:
    return one.quantity == other.quantity and (one.kind == other.kind or not one.kind or not other.kind)


def _inside(inner: Limit, outer: Limit) -> bool:
    (low, high), (floor, ceiling) = inner.ends(), outer.ends()
    above = floor is None or (low is not None and (low > floor or (low == floor and _holds(outer, inner, "low"))))
    below = ceiling is None or (
        high is not None and (high < ceiling or (high == ceiling and _holds(outer, inner, "high")))
    )
    return above and below


def _holds(outer: Limit, inner: Limit, side: str) -> bool:
    """Whether the end itself is allowed, or not claimed by the inner limit either."""
    bound, other = getattr(outer, side), getattr(inner, side)
    return bound is None or bound.including or (other is not None and not other.including)


def _touch(one: Limit, other: Limit) -> bool:
    (low, high), (floor, ceiling) = one.ends(), other.ends()
    if (
        low is not None
        and ceiling is not None
        and (low > ceiling or (low == ceiling and not (_including(one.low) and _including(other.high))))
    ):
        return False
    return not (
        high is not None
        and floor is not None
        and (high < floor or (high == floor and not (_including(one.high) and _including(other.low))))
    )


def _including(bound: object) -> bool:
    return bool(getattr(bound, "including", True))
