"""The 300 queries by which the search for goods is measured stay as they were written, before any words."""

import csv
import hashlib
from pathlib import Path

QUERIES = Path("tests/bench/lookup/queries.csv")
FROZEN = "860e7aa457b616bbd19ae9acbf7ea3e37b94dce768d0955668a97702913eade9"


def test_the_queries_are_the_frozen_ones() -> None:
    assert hashlib.sha256(QUERIES.read_bytes()).hexdigest() == FROZEN


def test_they_are_three_hundred_of_which_thirty_two_are_misspelt() -> None:
    rows = list(csv.DictReader(QUERIES.read_text(encoding="utf-8").splitlines()))
    assert len({row["query"] for row in rows}) == len(rows) == 300
    assert sum(row["group"] == "misspelt" for row in rows) == 32
    assert all(len(heading) == 4 and heading.isdigit() for row in rows for heading in row["acceptable_hs4"].split())
