"""Pairs to be read by hand, drawn at random from the real dockets: `python -m tests.bench.casework.pairs SEED`, as CSV.

What was read is docs/likeness/pairs.csv; its last two columns are a person's.
"""

import csv
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator

from exclusions.likeness import Group, Row, alike, propose
from exclusions.likeness.words import parse_name
from tests.bench.casework.likeness import real_rows

HEADER = ("draw", "hts10", "one", "one_product", "other", "other_product", "why", "right", "remark")
Pair = tuple[Row, Row] | None


class Draws:
    """The proposed groups, and the ways to draw a pair from them; None where a draw does not fit: draw again."""

    def __init__(self, groups: list[Group], seed: int) -> None:
        self.chance = random.Random(seed)
        self.groups = groups
        self.sizes = [len(group.members) for group in groups]
        self.by_number: defaultdict[str, list[Group]] = defaultdict(list)
        for group in groups:
            self.by_number[group.members[0].hts10].append(group)
        self.numbers = sorted(number for number, there in self.by_number.items() if len(there) > 1)

    def joined(self) -> Pair:
        """Return any case that is not alone, and another one of its group."""
        group = self.chance.choices(self.groups, self.sizes)[0]
        return _two(self.chance.sample(group.members, 2)) if len(group.members) > 1 else None

    def apart(self) -> Pair:
        """Return any case, and another one of its number that is in another group."""
        group = self.chance.choices(self.groups, self.sizes)[0]
        others = [
            row for there in self.by_number[group.members[0].hts10] if there is not group for row in there.members
        ]
        return (self.chance.choice(group.members), self.chance.choice(others)) if others else None

    def joined_unlike(self) -> Pair:
        """Return a joined pair whose names are not alike in letters and digits, which is harder."""
        pair = self.joined()
        return pair if pair and parse_name(pair[0].product).letters != parse_name(pair[1].product).letters else None

    def apart_by_number(self) -> Pair:
        """Return a pair kept apart, each number being as likely, which is harder: few cases have a number of many."""
        one, other = self.chance.sample(self.by_number[self.chance.choice(self.numbers)], 2)
        return self.chance.choice(one.members), self.chance.choice(other.members)


WANTED: tuple[tuple[str, int, Callable[[Draws], Pair]], ...] = (
    ("joined", 200, Draws.joined),
    ("apart", 200, Draws.apart),
    ("joined, names unlike", 100, Draws.joined_unlike),
    ("apart, by number", 100, Draws.apart_by_number),
)


def drawn(groups: list[Group], seed: int) -> Iterator[tuple[str, Row, Row]]:
    """Yield the pairs of each draw, no pair twice."""
    draws, seen = Draws(groups, seed), set()
    for name, count, draw in WANTED:
        found = 0
        while found < count:
            pair = draw(draws)
            key = frozenset(row.reference for row in pair or ())
            if pair and key not in seen:
                seen.add(key)
                found += 1
                yield name, *pair


def main(seed: int) -> None:
    """Print the pairs."""
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(HEADER)
    for name, one, other in drawn(propose(row for rows in real_rows().values() for row in rows), seed):
        why = alike(one, other) or propose([one, other])[0].apart.split("”: ")[-1]
        out.writerow([name, one.hts10, one.reference, one.product, other.reference, other.product, why, "", ""])


def _two(rows: list[Row]) -> tuple[Row, Row]:
    return rows[0], rows[1]


if __name__ == "__main__":
    main(int(sys.argv[1]))
