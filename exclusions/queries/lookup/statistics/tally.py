"""Outcomes as statistics tell them apart, the rows that count them, and shares."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Case, CharField, Q, QuerySet, Value, When

from exclusions.charts.bars import BarChart, bars
from exclusions.models.public import PublicPetition
from exclusions.queries.lookup.sheets import Value as Cell
from exclusions.workflow.states import Stage

K = TypeVar("K", bound=Hashable)

GRANTED, IN_PART, DENIED, CLOSED, OPEN = OUTCOMES = ("granted", "in_part", "denied", "closed", "open")
COLUMNS = ("Petitions", "Granted", "Granted in part", "Denied", "Closed without merits", "Under review",
           "Granted, of those decided")  # fmt: skip
SHARE = frozenset({COLUMNS[-1]})
FEW = 5  # of fewer no share is told: "1 of 2" says more than 50%
SERIES = ("Granted, or in part", "Denied", "Closed without merits", "Under review")
CLOSED_STAGES = (Stage.WITHDRAWN, Stage.INCOMPLETE, Stage.COVERED, Stage.DUPLICATE)

# A grant is Stage 4 until its notice is out; whether it is in part is told by what was narrowed.
OUTCOME = Case(
    When(Q(stage=Stage.STAGE4) & ~Q(narrowing={}), then=Value(IN_PART)),
    When(stage__in=(Stage.GRANTED, Stage.STAGE4), then=Value(GRANTED)),
    When(stage=Stage.IN_PART, then=Value(IN_PART)),
    When(stage=Stage.DENIED, then=Value(DENIED)),
    When(stage__in=CLOSED_STAGES, then=Value(CLOSED)),
    default=Value(OPEN),
    output_field=CharField(),
)


def with_outcome() -> "QuerySet[Any, Any]":
    """Return the docket's petitions, each with its `outcome_kind`, one of OUTCOMES; without an order."""
    found: QuerySet[Any, Any] = PublicPetition.objects.annotate(outcome_kind=OUTCOME).order_by()
    return found


@dataclass(frozen=True, slots=True)
class Tally:
    """How many petitions ended how, in the order of OUTCOMES."""

    counts: tuple[int, ...] = (0, 0, 0, 0, 0)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(tuple(one + more for one, more in zip(self.counts, other.counts, strict=True)))

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts)

    @property
    def open(self) -> int:
        """Not decided yet, and not closed."""
        return self.counts[-1]

    @property
    def granted(self) -> int:
        """Granted, or in part."""
        return self.counts[0] + self.counts[1]

    @property
    def decided(self) -> int:
        """Granted, in part, or denied."""
        return self.granted + self.counts[2]

    @property
    def share(self) -> float | str | None:
        """Granted, or in part, of those decided, as `share_of` gives it; None where none is."""
        return share_of(self.granted, self.decided) if self.decided else None

    @property
    def percent(self) -> float | None:
        """The same, where enough were decided to tell it in percent."""
        return self.share if isinstance(self.share, float) else None

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The values of COLUMNS."""
        return (self.total, *self.counts, self.share if self.decided else "None decided")

    @property
    def parts(self) -> list[float]:
        """The values of SERIES."""
        return [self.granted, *self.counts[2:]]


def share_of(part: int, whole: int) -> float | str:
    """Return a part in percent of a whole, to a tenth; of a whole of few "1 of 2", since a share would say too much."""
    return f"{part} of {whole}" if whole < FEW else round(100 * part / whole, 1)


def in_words(share: float | str | None) -> str:
    """Return a share as a bar shows it: "66.7%", "1 of 2", "none yet"."""
    if share is None:
        return "none yet"
    return share if isinstance(share, str) else f"{share:g}%"


def tallies(counted: Iterable[tuple[K, str, int]]) -> dict[K, Tally]:
    """Return the tally of each key, from (key, outcome, count); keys in the order in which they come."""
    found: defaultdict[K, Counter[str]] = defaultdict(Counter)
    for key, outcome, count in counted:
        found[key][outcome] += count
    return {key: Tally(tuple(counts[name] for name in OUTCOMES)) for key, counts in found.items()}


def drawn(rows: Sequence[tuple[str, Tally]]) -> BarChart:
    """Return the bars of tallies, as shares of its own whole, with the share that was granted."""
    return bars(
        [(label, tally.parts, in_words(tally.share)) for label, tally in rows],
        SERIES,
        shares=True,
    )
