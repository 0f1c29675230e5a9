"""Random walks of the workflow: roles, times, refusals. `make walks` walks far more of them than the bar."""

import os

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from exclusions.models import Round, User
from exclusions.workflow.transitions import TRANSITIONS
from tests.conftest import Clock
from tests.depth import so_many
from tests.integration.walks.machine import Walk
from tests.integration.walks.sealing import sealing

pytestmark = pytest.mark.django_db

# Two minutes on one core. `make walks` asks for 2,000 on SQLite and 200 on PostgreSQL, several processes at a time.
WALKS = int(os.environ.get("WALKS") or so_many(8, 24))
AT_A_TIME = 12


@pytest.mark.parametrize("first", range(0, WALKS, AT_A_TIME))
def test_no_walk_breaks_the_record(first: int, cast: dict[str, User], list3: Round, clock: Clock) -> None:
    walk = seed(first)(Walk.of(cast, list3, clock.now))
    how = settings(
        max_examples=min(AT_A_TIME, WALKS - first),
        stateful_step_count=40,
        derandomize=False,
        database=None,
        deadline=None,
        phases=(Phase.generate,),  # the steps are printed; to make them fewer would take minutes
        suppress_health_check=list(HealthCheck),
    )
    sealing(connection).seal()  # what the fixtures wrote, which stays
    run_state_machine_as_test(walk, settings=how)
    assert len(walk.reached) > len(TRANSITIONS) / 2, f"A walk that gets nowhere proves nothing: {walk.reached}"
