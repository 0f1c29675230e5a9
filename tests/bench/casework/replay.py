"""The real dockets, decided once more in the order of posting: where would the gate of likeness have stopped a desk?

`python -m tests.bench.casework.replay SEED` prints the counts, and 100 first stops of a group to be read by hand, as
CSV. A case is stopped where an earlier one that is like it (of the same cluster, or of like text on the same 8 digits)
had the other answer. What was read is docs/likeness/stops.csv; its last two columns are a person's.
"""

import csv
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from exclusions.likeness import propose
from exclusions.likeness.cases import Kind
from tests.bench.casework.likeness import Decided, real_rows

HEADER = (
    *("hts10", "posted", "case", "product", "outcome", "earlier", "earlier_hts10", "earlier_product"),
    *("why", "like", "remark"),
)
ANSWERS = ("granted", "denied")
READ = 100


@dataclass(frozen=True)
class Stop:
    """A case that is concluded otherwise than an earlier like one; `first`: none of its group was before."""

    case: Decided
    earlier: Decided
    why: str
    first: bool


@dataclass
class _Wording:
    """The cases of one 8-digit number and wording that were decided so far: the first with each answer."""

    kind: Kind
    decided: dict[str, Decided] = field(default_factory=dict)


@dataclass
class Replay:
    """What was decided so far: by group of like cases, and by wording for what is like across groups."""

    groups: dict[str, int]
    beside: int = 0
    _of_group: defaultdict[int, dict[str, Decided]] = field(default_factory=lambda: defaultdict(dict))
    _wordings: dict[tuple[str, Kind], _Wording] = field(default_factory=dict)
    _by_key: defaultdict[tuple[str, ...], set[tuple[str, Kind]]] = field(default_factory=lambda: defaultdict(set))
    _stopped: set[int] = field(default_factory=set)

    def conclude(self, case: Decided) -> Stop | None:
        """Decide a case, and return where it is stopped; `beside` counts those that have an earlier like case."""
        group, kind = self.groups[case.reference], Kind.from_row(case)
        near = {answer: (row, "same cluster") for answer, row in self._of_group[group].items()}
        for wording, why in self._near(case, kind):
            for answer, row in wording.decided.items():
                near.setdefault(answer, (row, why))
        self.beside += bool(near)
        self._enter(case, kind, group)
        for answer, (row, why) in near.items():
            if answer != case.outcome:
                first = group not in self._stopped
                self._stopped.add(group)
                return Stop(case, row, why, first)
        return None

    def _near(self, case: Decided, kind: Kind) -> Iterator[tuple[_Wording, str]]:
        keys = {name for key in kind.keys() for name in self._by_key[(case.hts10[:8], *key)]}  # noqa: SIM118
        for name in sorted(keys, key=lambda name: min(row.reference for row in self._wordings[name].decided.values())):
            verdict = kind.near(self._wordings[name].kind)
            if verdict.near:
                yield self._wordings[name], verdict.why

    def _enter(self, case: Decided, kind: Kind, group: int) -> None:
        self._of_group[group].setdefault(case.outcome, case)
        name = (case.hts10[:8], kind)
        if name not in self._wordings:
            self._wordings[name] = _Wording(kind)
            for key in kind.keys():  # noqa: SIM118
                self._by_key[(case.hts10[:8], *key)].add(name)
        self._wordings[name].decided.setdefault(case.outcome, case)


def replayed(rows: Iterable[Decided]) -> tuple[list[Stop], int]:
    """Return the stops in order, and how many cases had an earlier like one at all."""
    cases = [row for row in rows if row.outcome in ANSWERS]
    groups = {row.reference: index for index, group in enumerate(propose(cases)) for row in group.members}
    replay, stops = Replay(groups), []
    for case in sorted(cases, key=lambda row: (row.posted, _natural(row.reference))):
        if stop := replay.conclude(case):
            stops.append(stop)
    return stops, replay.beside


def _natural(reference: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", reference)]


def main(seed: int) -> None:
    """Print the counts of each docket as remarks, then the stops that were drawn from both."""
    out, drawn = csv.writer(sys.stdout, lineterminator="\n"), list[Stop]()
    for docket, rows in real_rows().items():
        stops, beside = replayed(rows)
        first = [stop for stop in stops if stop.first]
        print(
            f"# {docket}: {len(rows):,} cases, {beside:,} with an earlier like one, {len(stops):,} stopped, "
            f"{len(first):,} groups; at the first of a group granted after a denial "
            f"{sum(stop.case.outcome == 'granted' for stop in first):,}",
            file=sys.stderr,
        )
        drawn += first
    out.writerow(HEADER)
    for stop in random.Random(seed).sample(drawn, min(READ, len(drawn))):
        case, earlier = stop.case, stop.earlier
        row = [case.hts10, case.posted, case.reference, case.product, case.outcome, earlier.reference, earlier.hts10]
        out.writerow([*row, earlier.product, stop.why, "", ""])


if __name__ == "__main__":
    main(int(sys.argv[1]))
