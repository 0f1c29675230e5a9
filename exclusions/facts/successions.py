"""Which numbers came before and after a number, through all editions, and what shows it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from exclusions.models.tariff import LineSuccession

# What was renumbered more often than this in the life of the lists is a mistake in the records.
MOST_STEPS = 8
SURENESS = {value: place for place, value in enumerate(LineSuccession.Confidence.values)}
COLUMNS = ("change_type", "revision_to", "effective_on", "confidence", "evidence")


@dataclass(frozen=True, slots=True)
class Succession:
    """A number that came before or after; a hint and not law. `effective_on` is unknown for some.

    `confidence` is that of the weakest step between the two, `evidence` a sentence on the last step, `via` the numbers
    between them, from the one asked for on.
    """

    number: str
    change_type: str
    revision: str
    effective_on: date | None
    confidence: str = LineSuccession.Confidence.MEDIUM
    evidence: str = ""
    via: tuple[str, ...] = ()


Steps = dict[str, list[Succession]]


def successions(numbers: Collection[str]) -> dict[str, tuple[list[Succession], list[Succession]]]:
    """For each plain number those before it and those after it, through all editions, each once, the nearest first.

    One statement for all, and one more for each further step that any of them takes.
    """
    before: Steps = {}
    after: Steps = {}
    asked = set(numbers)
    for _ in range(MOST_STEPS):
        if not asked:
            break
        _read(asked, before, after)
        asked = {step.number for steps in (before, after) for found in steps.values() for step in found}
        asked -= before.keys() | after.keys()
    return {
        number: (
            _all(number, before, back=True) if before.get(number) else [],
            _all(number, after, back=False) if after.get(number) else [],
        )
        for number in numbers
    }


_STEPS = LineSuccession.objects.order_by().values_list("old_number", "new_number", *COLUMNS)  # put together once


def _read(numbers: Collection[str], before: Steps, after: Steps) -> None:
    """Add the steps from each of the numbers, back and on. One statement."""
    rows: Iterable[tuple[Any, ...]] = _STEPS.filter(Q(old_number__in=numbers) | Q(new_number__in=numbers))
    for number in numbers:
        before[number], after[number] = [], []
    for old, new, *rest in sorted(rows, key=lambda row: row[:2]):
        if old in numbers and new:
            after[old].append(Succession(new, *rest))
        if new in numbers and old:
            before[new].append(Succession(old, *rest))


def _all(number: str, steps: Steps, *, back: bool) -> list[Succession]:
    """Every number that can be reached, by the fewest steps; of several ways of one length the surest.

    The days of the steps follow each other: what one edition joined and another split again is no circle.
    """
    reached: dict[str, Succession] = {}
    edge = [Succession(number, "", "", None, LineSuccession.Confidence.HIGH)]
    while edge:
        found: dict[str, Succession] = {}
        for here in edge:
            for step in steps.get(here.number, ()):
                if step.number == number or step.number in reached or not _follows(here, step, back=back):
                    continue
                one = _joined(here, step, is_first=here.number == number)
                known = found.get(one.number)
                if known is None or SURENESS[one.confidence] < SURENESS[known.confidence]:
                    found[one.number] = one
        reached |= found
        edge = list(found.values())
    return list(reached.values())


def _follows(here: Succession, step: Succession, *, back: bool) -> bool:
    if here.effective_on is None or step.effective_on is None:
        return True
    return step.effective_on <= here.effective_on if back else step.effective_on >= here.effective_on


def _joined(here: Succession, step: Succession, *, is_first: bool) -> Succession:
    weaker = max(here.confidence, step.confidence, key=lambda value: SURENESS[value])
    via = () if is_first else (*here.via, here.number)
    return Succession(step.number, step.change_type, step.revision, step.effective_on, weaker, step.evidence, via)
