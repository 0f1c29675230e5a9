"""Two loads, or two proposals of clusters, wait for each other; those of different tables do not."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, models, transaction

from exclusions.actions.loading.load_lock import one_load_at_a_time
from exclusions.actions.store.turns import wait_for_turn
from exclusions.models import Cluster, TariffLine
from tests.waiting import PATIENCE

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def take_turn(model: type[models.Model], had: threading.Event) -> None:
    """Wait for the turn on a connection of one's own, and say so once it is had."""
    try:
        with transaction.atomic():
            wait_for_turn(model)
            had.set()
    finally:
        connection.close()


def test_a_second_load_waits_for_the_first_and_nobody_else_does() -> None:
    load, proposal = threading.Event(), threading.Event()
    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic():
            one_load_at_a_time()
            waiting = [pool.submit(take_turn, TariffLine, load), pool.submit(take_turn, Cluster, proposal)]
            assert proposal.wait(PATIENCE)
            assert not load.wait(0.5)
        assert load.wait(PATIENCE)
        for one in waiting:
            one.result(PATIENCE)
