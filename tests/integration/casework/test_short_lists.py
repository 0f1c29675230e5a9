"""The lists of counsel, signatory and publisher: in pages, narrowed, chosen from, the same statements each."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from zeal import zeal_ignore

from exclusions.models import Assignment, Petition, User
from exclusions.workflow.states import Status
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey

pytestmark = pytest.mark.django_db
LISTS = {"/legal/": ("legal", Status.LEGAL), "/sign/": ("signatory", Status.SIGNATURE)}


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a page of a list hold two cases."""
    for place in ("exclusions.views.casework.desk.PAGE_SIZE", "exclusions.views.notices.notices.PAGE_SIZE"):
        monkeypatch.setattr(place, 2)


@pytest.mark.parametrize("url", LISTS)
def test_a_list_has_pages_narrows_and_hands_what_is_chosen_on(
    url: str, small_pages: None, journey: Callable[..., Journey], cast: dict[str, User], client_of: Any, clock: Any
) -> None:
    name, status = LISTS[url]
    cases = [journey() for _ in range(3)]
    for case in cases:
        case.take(*PATHS[status])
    clock.move_to(cases[-1].at)
    client, refs = client_of(cast[name]), [str(case.petition.reference) for case in cases]

    def shown(query: str = "") -> set[str]:
        page = client.get(f"{url}{query}").content.decode()
        return {reference for reference in refs if f"Choose {reference}" in page}

    assert len(shown()) == 2
    assert shown() | shown("?page=2") == set(refs)
    assert shown(f"?q={refs[2]}") == {refs[2]}
    assert shown("?hts=9999") == set()
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    Petition.objects.filter(reference__in=refs[1:]).update(status=Status.DENIED)
    with CaptureQueriesContext(connection) as fewer:
        client.get(url)
    assert len(captured) == len(fewer) <= 12
    sent = {"act": "take", "chosen": [f"{refs[0]}:{status}"], "back": url}
    assert client.post("/review/many/", sent)["Location"] == url
    assert Assignment.objects.filter(user=cast[name], ended_at=None).count() == 1


def test_a_notice_takes_a_page_of_the_granted_cases_or_all_of_them(
    small_pages: None, journey: Callable[..., Journey], cast: dict[str, User], client_of: Any, clock: Any
) -> None:
    cases = [journey() for _ in range(3)]
    for case in cases:
        case.take(*PATHS[Status.GRANTED])
    now = clock.move_to(max(case.at for case in cases))
    client = client_of(cast["publisher"])
    page = client.get("/notices/").content.decode()
    assert page.count('name="cases"') == 2
    notice = {"citation": "84 FR 99999", "published_on": now.date().isoformat()}
    assert "Choose at least one granted case." in client.post("/notices/", notice).content.decode()
    gone = client.post("/notices/", {**notice, "cases": ["USTR-2019-0005-999999"]}).content.decode()
    assert "USTR-2019-0005-999999 is no longer among the granted cases that wait for a notice." in gone
    # One of the other page is taken too: the list may have moved since it was shown.
    last = [str(case.petition.reference) for case in cases if str(case.petition.reference) not in page]
    assert client.post("/notices/", {**notice, "cases": last}).status_code == 200
    sent = {**notice, "everything": "on", "confirmed": "on"}
    with zeal_ignore():  # each case's public copy, event and letter is written by itself
        assert client.post("/notices/", sent).status_code == 302
    assert Petition.objects.filter(status=Status.PUBLISHED).count() == 3
