"""Staff record that notices were searched; pages then name that day, and an old one is told to staff."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from exclusions.actions.notices.looked_for import record_search
from exclusions.days import EASTERN
from exclusions.errors import Incomplete, NotPermitted
from exclusions.facts.on_file import register
from exclusions.models import Event, LookedForNotices, User

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 29, 12, tzinfo=EASTERN)
TOLD = "Nobody recorded a search for notices in the last 30 days."


def test_a_recorded_search_is_the_day_that_pages_name(cast: dict[str, User], client: Client) -> None:
    record_search(until=date(2026, 11, 20), by=cast["publisher"], at=AT)
    assert register().notices_until == date(2026, 11, 20)
    assert "notices until November 20, 2026" in client.get("/exclusions/?as_of=2026-11-29").content.decode()
    assert Event.objects.get(kind="search_notices").data == {"until": "2026-11-20"}


@pytest.mark.parametrize("who", ["drafter", "auditor", "importer"])
def test_only_the_publisher_and_the_administrator_record_one(cast: dict[str, User], who: str) -> None:
    with pytest.raises(NotPermitted):
        record_search(until=date(2026, 11, 20), by=cast[who], at=AT)


@pytest.mark.parametrize(
    ("until", "said"),
    [
        (date(2026, 11, 30), "November 30, 2026 is in the future."),
        (date(2026, 10, 10), "A search through October 10, 2026 is on record already."),
    ],
)
def test_a_day_to_come_or_on_record_is_refused_with_the_remedy(cast: dict[str, User], until: date, said: str) -> None:
    with pytest.raises(Incomplete, match=said):
        record_search(until=until, by=cast["admin"], at=AT)
    assert not LookedForNotices.objects.exists()


def test_the_page_records_it_and_the_publisher_is_told_when_it_is_old(cast: dict[str, User], client: Client) -> None:
    client.force_login(cast["publisher"])
    assert TOLD in " ".join(client.get("/notices/").content.decode().split())
    refused = client.post("/notices-searched/", {"until": "soon"})
    assert refused.status_code == 422
    assert "This is not a date." in refused.content.decode()
    yesterday = date.today() - timedelta(days=1)  # noqa: DTZ011
    assert client.post("/notices-searched/", {"until": yesterday.isoformat()}).status_code == 302
    assert TOLD not in " ".join(client.get("/notices/").content.decode().split())
    assert LookedForNotices.objects.get().until == yesterday
