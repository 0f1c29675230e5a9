"""A page with confidential matter is shown only where its reading is on record, and goes on record once."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from exclusions.models import AccessLog, User
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
REFUSED = "ALTER TABLE exclusions_accesslog ADD CONSTRAINT nothing_more CHECK (what <> 'case file') NOT VALID"


def test_no_page_without_its_reading_on_record(
    journey: Callable[..., Journey], cast: dict[str, User], client_of: Callable[[User | None], Client], clock: Clock
) -> None:
    trip = journey()
    for name in PATHS[Status.POSTED]:
        trip.take(name)
    clock.move_to(trip.at)
    client, address = client_of(cast["reviewer1"]), reverse("case", args=[trip.petition.reference])
    client.raise_request_exception = False
    before = AccessLog.objects.count()
    whole = client.get(address)
    assert whole.status_code == 200
    assert AccessLog.objects.count() == before + 1
    with connection.cursor() as cursor:
        cursor.execute(REFUSED)
    try:
        refused = client.get(address)
        assert refused.status_code == 503
        assert len(refused.content) < len(whole.content) / 2
        assert AccessLog.objects.count() == before + 1
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE exclusions_accesslog DROP CONSTRAINT nothing_more")
    assert client.get(address).status_code == 200
    assert AccessLog.objects.count() == before + 2
