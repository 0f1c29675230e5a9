"""Staff find any case that they may know of; the public page leads them to it, and the public sees no change."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from zeal import zeal_ignore

from exclusions.models import StoredCase, User
from exclusions.queries.casework.lists.search import cases_of, matching, sorted_by
from tests.conftest import Clock
from tests.factories.public import store_historical, store_like
from tests.factories.world import World

pytestmark = pytest.mark.django_db
Signed = Callable[[User], Client]


def found(user: User, typed: str, sort: str = "best") -> list[str]:
    """Return the references that a search finds, in order."""
    rows = sorted_by(matching(cases_of(user), typed), typed, sort)
    return [case.reference for case in rows]


@pytest.fixture
def kayak(world: World) -> StoredCase:
    """Return a historical case beside those of the world."""
    return store_historical("USTR-2018-0032-0064")


def test_any_case_is_found_by_reference_words_requester_and_number(
    world: World, kayak: StoredCase, intake: User
) -> None:
    for typed in ("0064", kayak.reference, "inflatable kayaks", "blue water", "8903.10", "8903100060", "kayak 8903"):
        assert found(intake, typed) == [kayak.reference], typed
    for petition in (world.submitted, world.posted, world.denied, world.published):
        reference = str(petition.reference)
        assert found(intake, reference) == [reference]
        assert found(intake, reference.rpartition("-")[2])[0] == reference
    assert found(intake, "8903.10.0061") == []
    assert len(found(intake, "")) == StoredCase.objects.count()


def test_the_best_match_comes_first_and_the_newest_on_demand(world: World, intake: User) -> None:
    store_historical("USTR-2018-0032-0001", product="Kayak paddles")
    store_historical("USTR-2018-0032-0002", product="Kayak", posted_on=world.posted.posted_at.date().replace(year=2017))
    assert found(intake, "kayak") == ["USTR-2018-0032-0002", "USTR-2018-0032-0001"]
    assert found(intake, "kayak", "newest") == ["USTR-2018-0032-0001", "USTR-2018-0032-0002"]


def test_nobody_finds_what_they_may_not_know_of(
    world: World, reviewer1: User, drafter: User, customs: User, admin: User, importer: User, clock: Clock
) -> None:
    reference = str(world.level1.reference)
    world.level1.recusals.create(user=reviewer1, reason="A friend.", declared_at=clock.now)
    assert found(reviewer1, reference) == []
    assert found(drafter, reference) == [reference]
    assert found(drafter, str(world.submitted.reference)) == [], "it is not posted yet"
    for stranger in (customs, admin, importer):
        assert found(stranger, reference) == []
    assert AnonymousUser().is_authenticated is False


def test_the_page_filters_counts_and_does_not_cost_more_for_more(
    world: World, kayak: StoredCase, intake: User, client_of: Signed, django_assert_max_num_queries: Any
) -> None:
    page, address = client_of(intake), reverse("review-search")
    page.get(address)
    text = page.get(address, {"q": "kayak", "kind": "historical", "outcome": "denied"}).content.decode()
    assert "1 case<" in text.replace("\n", "")
    assert reverse("past-case", args=[kayak.reference]) in text
    assert "No case is found" in page.get(address, {"q": "kayak", "outcome": "granted"}).content.decode()
    assert "No case is found" in page.get(address, {"docket": "USTR-2099-0001"}).content.decode()
    assert page.get(address, {"kind": "nonsense", "sort": "x", "page": "999"}).status_code == 200
    for number in range(100, 150):
        store_historical(f"USTR-2018-0032-{number:04d}")
    with django_assert_max_num_queries(9), zeal_ignore():
        text = page.get(address, {"q": "kayak"}).content.decode()
    assert "51 cases" in text
    assert text.count('data-label="Reference"') == 40


def test_a_search_is_counted_no_further_than_people_look_and_answers_at_any_depth(
    kayak: StoredCase, intake: User, client_of: Signed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exclusions.queries.list_pages.COUNTED", 80)
    for number in range(100, 200):
        store_historical(f"USTR-2018-0032-{number:04d}")
    client, address = client_of(intake), reverse("review-search")
    shown = {
        page: client.get(address, {"q": "8903.10", "sort": "newest", "page": page}) for page in ("many", "3", "99")
    }
    told = {page: re.search(r"<caption>\s*(.*?)\s*</caption>", answer.text) for page, answer in shown.items()}
    assert {page: found and found[1] for page, found in told.items()} == {
        "many": "More than 80 cases",
        "3": "101 cases",
        "99": "101 cases",
    }
    cases = {page: [case.reference for case in answer.context["cases"]] for page, answer in shown.items()}
    assert (len(cases["many"]), len(cases["3"])) == (40, 21)
    assert cases["3"] == cases["99"]


def test_the_header_and_the_public_page_lead_staff_to_the_case(
    world: World, kayak: StoredCase, intake: User, importer: User, client: Client, client_of: Signed
) -> None:
    public = reverse("docket-petition", args=[world.posted.reference])
    lead = reverse("find-case", args=[world.posted.reference])
    staff = client_of(intake).get(public).content.decode()
    assert lead in staff
    assert reverse("review-search") in staff
    for reader in (client, client_of(importer)):
        text = reader.get(public).content.decode()
        assert lead not in text
        assert f'action="{reverse("search")}"' in text
    moved = client_of(intake).get(lead)
    assert (moved.status_code, moved["Location"]) == (302, reverse("case", args=[world.posted.reference]))
    past = client_of(intake).get(reverse("find-case", args=[kayak.reference]))
    assert past["Location"] == reverse("past-case", args=[kayak.reference])


def test_a_historical_case_is_read_and_nothing_else(
    world: World, intake: User, client_of: Signed, client: Client
) -> None:
    case = store_like(world.denied, "USTR-2018-0032", requester="", product="")
    page, address = client_of(intake), reverse("past-case", args=[case.reference])
    text = page.get(address).content.decode()
    assert "requester, product" in text
    assert reverse("docket-petition", args=[case.reference]) in text
    assert '<form method="post"' not in text.split("<main")[1]
    assert page.post(address).status_code == 405
    assert page.get(reverse("case", args=[case.reference])).status_code == 404
    assert page.get(reverse("past-case", args=["USTR-2018-0032-9999"])).status_code == 404
    live = page.get(reverse("past-case", args=[world.denied.reference]))
    assert live["Location"] == reverse("case", args=[world.denied.reference])


def test_what_is_around_a_case_is_counted_in_full_and_narrowed(world: World, intake: User, client_of: Signed) -> None:
    first = store_historical("USTR-2018-0032-1000", stage="granted")
    for number in range(50):
        store_historical(f"USTR-2018-0032-{number:04d}", product=f"Paddle {number + 100}", requester=f"Maker {number}")
    store_historical("USTR-2018-0032-2000", hts10="9503001000", product="Toy boat")
    page, address = client_of(intake), reverse("past-case", args=[first.reference])
    text = page.get(address).content.decode()
    assert "51 cases, the nearest first" in " ".join(text.split())
    assert "page=2" in text
    other = page.get(address, {"relation": "organization"}).content.decode()
    assert "1 case, the nearest first" in " ".join(other.split())
    assert "USTR-2018-0032-2000" in other
    assert "same organization" in other
    none = page.get(address, {"relation": "text", "outcome": "granted"}).content.decode()
    assert "No such case" in none
    assert page.get(address, {"relation": "x", "outcome": "y", "kind": "z", "page": "0"}).status_code == 200
