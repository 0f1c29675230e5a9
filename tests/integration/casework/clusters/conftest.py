"""Two like cases of which one is denied and the other is to be granted."""

from collections.abc import Callable

import pytest

from exclusions.workflow.states import Status
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey

Journeys = Callable[..., Journey]


@pytest.fixture
def denied(journey: Journeys) -> Journey:
    """Return a case that is denied."""
    case = journey("deny")
    case.take(*PATHS[Status.LEGAL], "clear_for_denial", "deny")
    return case


@pytest.fixture
def case(denied: Journey, journey: Journeys) -> Journey:
    """Return a like one that is to be granted, at its consistency review."""
    found = journey()
    found.take(*PATHS[Status.CONSISTENCY])
    return found
