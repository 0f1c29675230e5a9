"""What every page asks of the database, for everybody who gets in: at most 15 statements, or its row says how many.

Under load each statement waits for its turn. The addresses are those of `test_every_url_every_role`, so that a new page
is counted by itself.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exclusions.actions.statistics import keep_statistics
from exclusions.facts import like_cases
from exclusions.gateways.shared_cache import remembered
from exclusions.models import User
from tests.factories.cast import SignedIn
from tests.factories.world import World
from tests.integration.core.test_every_url_every_role import EVERYBODY, ROWS, each, every_address

pytestmark = pytest.mark.django_db
AT_MOST = 15
# What takes more, with how many at most.
MORE = {
    "petition": 18,  # the whole life of a petition, with what can be done of it, on one page
    "tariff-number": 16,  # 13 where the edition and rates have been read once
    "case": 16,  # for who declared an interest: 15 for everybody else
    "cluster-act": 28,  # up to 500 cases at once, with all that their desks have said; five for a declared interest
}
BOUNDS = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


def statements(captured: CaptureQueriesContext) -> int:
    """Return how many were sent, but for the begin and end of transactions."""
    return sum(not row["sql"].startswith(BOUNDS) for row in captured.captured_queries)


@pytest.mark.parametrize("who", each(EVERYBODY))
def test_every_page_takes_at_most_15_statements(
    world: World, cast: dict[str, User], who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(like_cases, "MOST_COMPARED", -1)  # each wording is compared anew, as on the first visit
    keep_statistics(at=timezone.now(), at_once=True)  # as the clock does
    client, addresses, over = SignedIn(cast.get(who)), every_address(world), dict[str, int]()
    for name in ROWS:
        remembered.clear()  # nothing is known from the page before
        with CaptureQueriesContext(connection) as captured:
            response = client.get(addresses[name])
            if response.streaming:
                b"".join(response)
        if (count := statements(captured)) > MORE.get(name, AT_MOST):
            over[name] = count
    assert over == {}
