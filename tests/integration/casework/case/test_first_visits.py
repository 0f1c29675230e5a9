"""What desks' pages beside the tabs of a case ask of the database: at most 15 statements, on the first visit too."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exclusions.gateways.shared_cache import remembered
from exclusions.models import User
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.casework.ways import PATHS
from tests.factories.people import make_person
from tests.factories.petitions import Journey
from tests.integration.importer.test_case_statements import answered_response

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User | None], Client]
AT_MOST = 15


def over(client: Client, *pages: str) -> dict[str, int]:
    """Return those of the pages that take more, each with how many."""
    found = {}
    for page in pages:
        remembered.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page).status_code == 200
        found[page] = len(captured)
    return {page: number for page, number in found.items() if number > AT_MOST}


def test_pages_of_each_desk_take_at_most_15_statements(
    journey: Callable[..., Journey], cast: dict[str, User], client_of: ClientOf, clock: Clock
) -> None:
    case = journey()
    case.take("submit")
    of_case = f"/review/{case.petition.reference}"
    clock.move_to(case.at)
    intake = client_of(cast["intake"])
    assert over(intake, "/review/", f"{of_case}/return/", f"{of_case}/post/", f"{of_case}/quarantine/") == {}
    assert over(client_of(cast["reviewer1"]), f"{of_case}/post/") == {}
    for name in PATHS[Status.PUBLISHED][1:]:
        if name == "close_responses":
            answered_response(case)
        case.take(name)
        clock.move_to(case.at)
        if name == "grant":
            assert over(client_of(cast["publisher"]), "/notices/", "/notices/drafts/") == {}
    assert over(client_of(cast["publisher"]), "/notices/") == {}
    assert over(client_of(cast["intake"]), f"{of_case}/quarantine/", f"{of_case}/statements/") == {}
    assert over(client_of(make_person("Ada Admin", role="admin")), "/staff/seals/") == {}
