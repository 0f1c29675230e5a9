"""The clusters of the real List 2 and List 3 dockets, and the opposite answers that they would have shown."""

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from exclusions.likeness import Group, alike, propose
from tests.bench.casework.likeness import Decided, opposite, real_rows
from tests.bench.casework.pairs import WANTED

PAIRS = Path(__file__).resolve().parents[3] / "docs" / "likeness" / "pairs.csv"


@pytest.fixture(scope="module")
def rows(shared_data: Path) -> dict[str, list[Decided]]:
    return real_rows(shared_data)


@pytest.fixture(scope="module")
def groups(rows: dict[str, list[Decided]]) -> dict[str, Group]:
    """Return the group of each case."""
    proposed = propose(row for docket in rows.values() for row in docket)
    return {row.reference: group for group in proposed for row in group.members}


@pytest.mark.parametrize(("docket", "given", "least"), [("USTR-2019-0005", 42, 40), ("USTR-2018-0032", 30, 28)])
def test_opposite_answers_to_one_name_and_number_lie_within_one_cluster(
    rows: dict[str, list[Decided]], groups: dict[str, Group], docket: str, given: int, least: int
) -> None:
    answers = opposite(rows[docket])
    assert len(answers) == given
    stopped = [cases for cases in answers if len({id(groups[row.reference]) for row in cases}) == 1]
    assert len(stopped) >= least
    # The gate before legal review looks at pairs: there is no such answer to which it would not have held up another.
    for cases in stopped:
        granted, denied = (next(row for row in cases if row.outcome == outcome) for outcome in ("granted", "denied"))
        assert alike(granted, denied)


def test_no_number_with_many_part_numbers_becomes_one_cluster(groups: dict[str, Group]) -> None:
    largest: defaultdict[str, int] = defaultdict(int)
    for group in groups.values():
        largest[group.members[0].hts10] = max(largest[group.members[0].hts10], len(group.members))
    assert largest["8511400000"] < 10 < largest["8543709960"]


def test_the_pairs_that_were_read_by_hand_are_still_judged_alike(groups: dict[str, Group]) -> None:
    with PAIRS.open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file))
    assert Counter(pair["draw"] for pair in read) == {name: count for name, count, _ in WANTED}
    right = Counter(pair["draw"] for pair in read if pair["right"] == "yes")
    assert right["joined"] >= 0.95 * 200
    assert right["apart"] >= 0.90 * 200
    changed = [
        (pair["one_product"], pair["other_product"])
        for pair in read
        if (groups[pair["one"]] is groups[pair["other"]]) != pair["draw"].startswith("joined")
    ]
    assert changed == []
