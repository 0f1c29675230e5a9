"""Whose program sends bulk sheets."""

import pytest

from exclusions.models import Round, User
from tests.conftest import Clock
from tests.integration.api.test_own_petitions import Ask, asks


@pytest.fixture
def ask(importer: User, list3: Round, clock: Clock) -> Ask:
    """Return what asks with the importer's token; the round of List 3 is open."""
    return asks(importer, clock)
