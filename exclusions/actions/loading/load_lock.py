"""Let loads of reference data wait for each other: each compares the whole table with its file before it writes."""

from exclusions.actions.store.turns import wait_for_turn
from exclusions.models import TariffLine


def one_load_at_a_time() -> None:
    """Wait for other loads, of whatever table; call it first in the load's transaction."""
    wait_for_turn(TariffLine)
