"""What tests of bulk sheets begin with: a sheet with the company's part, and no rows."""

import pytest

from exclusions.models import BulkSheet, Organization, Round, User
from tests.conftest import Clock
from tests.factories.importer.bulk_sheets import make_sheet


@pytest.fixture
def sheet(importer: User, meadowlark: Organization, list3: Round, clock: Clock) -> BulkSheet:
    """Return a sheet of the importer's own company."""
    return make_sheet(list3, meadowlark, importer, clock.now)
