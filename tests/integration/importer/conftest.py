"""What the requester's tests begin with: a draft, and the same petition filed."""

from datetime import datetime

import pytest

from exclusions.actions.filing import petitions
from exclusions.models import (
    Organization,
    Petition,
    Round,
    User,
)
from tests.factories.answers import CERTIFIED, petition_answers


@pytest.fixture
def draft(importer: User, meadowlark: Organization, list3: Round, at: datetime) -> Petition:
    """Return a draft with every answer given."""
    return petitions.start(round=list3, organization=meadowlark, by=importer, at=at, answers=petition_answers())


@pytest.fixture
def filed(draft: Petition, importer: User, at: datetime) -> Petition:
    """Return the draft, submitted."""
    return petitions.submit(draft, by=importer, at=at, certified=CERTIFIED)
