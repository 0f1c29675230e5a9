"""The clusters of the real List 2 and List 3 dockets, and the opposite answers that they would have shown."""

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from exclusions.likeness import Group, alike, propose
from tests.bench.casework.likeness import Decided, opposite, real_rows
from tests.bench.casework.pairs import WANTED
from tests.bench.casework.replay import READ, replayed

BY_HAND = Path(__file__).resolve().parents[3] / "docs" / "likeness"
PAIRS, STOPS = BY_HAND / "pairs.csv", BY_HAND / "stops.csv"


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


@pytest.mark.parametrize(("docket", "stopped", "groups"), [("USTR-2018-0032", 447, 68), ("USTR-2019-0005", 178, 90)])
def test_a_docket_decided_again_in_the_order_of_posting_stops_where_the_documentation_says(
    rows: dict[str, list[Decided]], docket: str, stopped: int, groups: int
) -> None:
    stops, beside = replayed(rows[docket])
    first = [stop for stop in stops if stop.first]
    assert (len(stops), len(first)) == (stopped, groups)
    assert beside > stopped
    for stop in stops:
        assert stop.case.outcome != stop.earlier.outcome
        assert stop.earlier.posted <= stop.case.posted
    with STOPS.open(encoding="utf-8", newline="") as file:
        read = [row for row in csv.DictReader(file) if row["case"].startswith(docket)]
    pairs = {(stop.case.reference, stop.earlier.reference) for stop in first}
    assert [row["case"] for row in read if (row["case"], row["earlier"]) not in pairs] == []


def test_of_the_stops_that_were_read_by_hand_as_many_are_false_as_the_documentation_says() -> None:
    with STOPS.open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file))
    false = [row for row in read if row["like"] == "no"]
    assert (len(read), len(false)) == (READ, 15)
    assert sum(row["hts10"] != row["earlier_hts10"] for row in false) == 9
    assert all(row["remark"] for row in false)
