"""The first three hundred petitions of the filer of most in a real docket, in one sheet from dry run to receipt."""

from dataclasses import replace
from pathlib import Path

import pytest

from exclusions.models import Round
from tests.bench.sheet import filer_of_most, run

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_databases("Rows are locked while they are filed."),
]
ROWS, PLANTED = 300, 20


def test_each_is_filed_once_and_everything_that_was_planted_is_found(list3: Round, shared_data: Path) -> None:
    goods = filer_of_most(shared_data)
    assert len(goods) > 10_000
    said: list[str] = []
    of_this_schedule = [replace(one, hts10="6810990010") for one in goods[:ROWS]]  # the numbers are the benchmark's
    came = run("", of_this_schedule, PLANTED, said.append, kills=False)
    assert (came.faults, came.secrets, came.twice) == (PLANTED, PLANTED, 0)
    assert came.filed == ROWS - 2 * PLANTED
    assert len(said) == len(came.seconds) == 7
