"""What is decided of an exclusion in a round that lists exclusions, and the factors that a finding is recorded on.

86 FR 56345 (2021-10-08): each exclusion is judged alone, on whether the product is still to be had only from China, and
on what hangs on it; the decision belongs to the exclusion, never to who commented on it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices

from exclusions.days import in_full

LISTING = ("reinstatement", "extension")  # kinds of rounds that list exclusions and take comments on them


class Choice(TextChoices):
    """What becomes of a listed exclusion."""

    EXTEND = "extend", "Extend"
    REINSTATE = "reinstate", "Reinstate"
    LAPSE = "lapse", "Let lapse"


class Factor(TextChoices):
    """What a decision rests on."""

    CHINA_ONLY = "china_only", "Available only from China"
    ELSEWHERE = "elsewhere", "Comparable product in the United States or third countries"
    SUPPLY_CHAIN = "supply_chain", "Changes in the supply chain since the duty began"
    SOURCING = "sourcing", "Efforts to source elsewhere"
    CAPACITY = "capacity", "Domestic capacity"
    HARM = "harm", "Severe economic harm, small businesses, jobs and critical supply chains"
    OBJECTIVE = "objective", "Effect on the goal of the action"


class Found(TextChoices):
    """Which way a factor points."""

    SUPPORTS = "supports", "Supports it"
    AGAINST = "against", "Speaks against it"
    NEUTRAL = "neutral", "Neutral"
    NOT_SHOWN = "not_shown", "Not shown"


@dataclass(frozen=True)
class Span:
    """The days of a term, both inclusive; `last` None: no stated end."""

    first: date | None
    last: date | None

    def overlaps(self, other: "Span") -> bool:
        """Say whether the two have a day in common; a term without a first day has none."""
        if self.first is None or other.first is None:
            return False
        ends = [last for last in (self.last, other.last) if last is not None]
        return max(self.first, other.first) <= min(ends, default=date.max)


def choice_faults(choice: str, first: date | None, last: date | None, held_until: date | None) -> dict[str, str]:
    """Return what is wrong with the days of a choice, by field; {}: nothing.

    `held_until` is the last day of the exclusion's latest published term, None where that term states none. An
    extension goes on from there without a gap; what is reinstated begins on a day that is given, after a gap; what
    lapses may run on to the last day of a transition.
    """
    if choice == Choice.LAPSE and last is None:
        return {} if first is None else {"first": "An exclusion that lapses has no new first day. Leave this empty."}
    if choice == Choice.REINSTATE and first is None:
        return {"first": "Give the first day of the reinstated exclusion."}
    if last is None:
        return {"last": "Give the last day."}
    begins = first_day(choice, first, held_until)
    if begins is None:
        return {"first": "The latest term of the exclusion has no last day, so no term can follow it."}
    if choice != Choice.REINSTATE and first is not None and first != begins:
        return {
            "first": f"It goes on from {in_full(begins)}, without a gap. Leave this empty, or reinstate the exclusion."
        }
    if last < begins:
        return {"last": f"The last day, {in_full(last)}, is before the first, {in_full(begins)}."}
    return {}


def first_day(choice: str, first: date | None, held_until: date | None) -> date | None:
    """Return the first day of the term that a choice writes; None where it writes none, or it is not known."""
    if choice == Choice.REINSTATE:
        return first
    return held_until + timedelta(days=1) if held_until else None
