"""What is on file about the numbers of entry lines, and which exclusions fit their goods."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from exclusions.facts.action_rates import action_rates
from exclusions.facts.also_owed import AlsoOwed, actions_on_all_goods, also_owed, on_top
from exclusions.facts.coverage import Coverage, CoveredRows, InTransit, covered_rows, in_force
from exclusions.facts.exclusions import NamedExclusion, exclusions_of
from exclusions.facts.exclusions import in_force as exclusions_in_force
from exclusions.facts.number_statuses import NumberStatuses
from exclusions.gateways.entry_lines import EntryLine
from exclusions.hts import HtsNumber
from exclusions.wording import parse
from exclusions.wording.fit import Fit, Verdict, fits
from exclusions.wording.said import Goods

MOST_COMPARED = 100_000  # descriptions compared with texts, for one table: some eight seconds
AT_ONCE = 250  # numbers of one statement: SQLite takes expressions of 1,000 levels
SURE, TO_ASK = Fit(Verdict.YES), Fit(Verdict.ASK)


@dataclass(frozen=True, slots=True)
class OnEntry:
    """What was so of a number on the day of an entry."""

    coverage: list[Coverage]
    transit: list[InTransit]
    also: list[AlsoOwed]
    exclusions: list[NamedExclusion]
    history: list[Coverage]


class OnFile:
    """What is on file about numbers, read once; each number is asked once a day."""

    def __init__(self) -> None:
        self._covered: dict[str, CoveredRows] = {}
        self._history: dict[str, list[Coverage]] = {}
        self._naming: dict[str, list[NamedExclusion]] = {}
        self._days: dict[tuple[str, date], OnEntry] = {}
        self._fits: dict[tuple[str, str], Fit] = {}
        self.left_out: set[str] = set()
        self._rates = action_rates()
        self._on_all_goods = actions_on_all_goods(self._rates)
        self._statuses = NumberStatuses()

    def read(self, lines: Sequence[EntryLine]) -> None:
        """Read what is on file about the numbers that were not read yet; of those on no list, whether they existed."""
        for some in _parts(sorted({line.hts for line in lines} - self._covered.keys())):
            covered = covered_rows({number[:8] for number in some}, self._rates)
            self._naming |= exclusions_of(some)
            self._covered |= dict.fromkeys(some, covered)
        self._statuses.read({line.hts for line in lines if not self.on_entry(line.hts, line.entered_on).coverage})

    def doubt(self, line: EntryLine, on_entry: OnEntry) -> str:
        """Say that the number of a line may not have existed that day; "" where it did, or a list names it."""
        return "" if on_entry.coverage else self._statuses.doubt(line.hts, line.entered_on)

    def on_entry(self, number: str, day: date) -> OnEntry:
        """Return the lists and rates of a number on the day of entry."""
        key = (number, day)
        if key not in self._days:
            covered = self._covered[number]
            if number not in self._history:
                self._history[number] = covered.history(number)
            self._days[key] = OnEntry(
                in_force(self._history[number], day),
                covered.transit(number, day),
                also_owed(
                    HtsNumber(number), day, [*self._on_all_goods, *on_top(covered.beside(number), covered.on_top)]
                ),
                exclusions_in_force(self._naming[number], day),
                self._history[number],
            )
        return self._days[key]

    def fit(self, item: NamedExclusion, line: EntryLine) -> Fit:
        """Say whether the goods of a line fit an exclusion; a line that says nothing of them leaves it to be asked."""
        if item.whole_number:
            return SURE if len(line.hts) >= len(item.number) else TO_ASK
        if not line.description:
            return TO_ASK
        key = (item.text, line.description)
        if key not in self._fits:
            if len(self._fits) >= MOST_COMPARED:
                self.left_out.add(line.description)
                return TO_ASK
            self._fits[key] = fits(parse(item.text), Goods(line.description))
        found = self._fits[key]
        return TO_ASK if found.verdict is Verdict.YES and len(line.hts) < len(item.number) else found


def _parts(numbers: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(numbers), AT_ONCE):
        yield numbers[start : start + AT_ONCE]
