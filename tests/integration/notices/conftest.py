"""What the tests of notices begin with: a case at the signatory."""

from collections.abc import Callable

import pytest

from tests.factories.casework.ways import TO_SIGNATURE
from tests.factories.petitions import Journey

Start = Callable[..., Journey]


@pytest.fixture
def to_sign(journey: Start) -> Journey:
    """Return a journey whose petition awaits the signature."""
    trip = journey()
    trip.take(*TO_SIGNATURE)
    return trip
