"""What caches may share: the public reads of programs and nothing else, whoever asks and whatever they send along."""

from datetime import datetime
from typing import Any

import pytest
from django.conf import settings
from django.contrib.syndication.views import Feed
from django.test import Client
from django.urls import resolve, reverse
from zeal import zeal_ignore

from exclusions.actions.mirrors.dumps import make_dump
from exclusions.actions.people.tokens import USUAL, make_own_token
from exclusions.actions.record.quarantine import take_down
from exclusions.api.reads import Read
from exclusions.api.tokens import Own
from exclusions.models import User
from exclusions.models.public import Anchor
from exclusions.views.core.middleware.shared_reads import FEEDS, FILES, MAY_BE_SHARED, OF_API, POLICY, SHARED
from exclusions.workflow.public_things import Ground
from tests.conftest import Clock
from tests.factories.addresses import Address, addresses
from tests.factories.cast import SignedIn
from tests.factories.mirrors.shared_cache import SharedCache, body_of
from tests.factories.public import make_public
from tests.factories.world import World
from tests.integration.core.test_every_url_every_role import ROWS, every_address

# Files of the site that are no public read of programs, each with the reason.
NOT_SHARED = {
    "published-notice-file": "a page's file, drawn for whoever reads it",
    "robots": "a page's",
    "favicon": "a page's",
    "sitemap": "for search engines, which go through the pages",
    "sitemap-part": "for search engines, which go through the pages",
    "security-txt": "a page's",
    "security-policy": "a page's",
    "api-docs": "a page",
    "api-not-found": "nothing is there",
    "api-refunds": "takes entry lines by POST, and keeps nothing",
}
HEADERS = {
    "Cache-Control": MAY_BE_SHARED,
    "Access-Control-Allow-Origin": "*",
    "RateLimit-Policy": POLICY,
}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_days_digest(db: None, at: datetime) -> None:
    """Let no file be empty."""
    make_dump(at=at)
    Anchor.objects.create(day=at.date(), made_at=at, seal=1, chains=1, digest="0" * 64)


def is_public_read(address: Address) -> bool:
    """Whether an address is one by what answers there: a read of the API without a token, a file, or a feed."""
    view: Any = resolve(address.url).func
    kind = getattr(view, "view_class", None) or getattr(view, "cls", None)
    if kind and issubclass(kind, Read):
        return not issubclass(kind, Own) and hasattr(kind, "get")
    return isinstance(view, Feed) or address.name in FILES | {"api-schema"}


def test_each_address_is_on_one_side() -> None:
    known = {address.name for address in addresses()}
    assert known >= SHARED
    assert {address.name for address in addresses() if is_public_read(address)} == SHARED
    public = {name for name, row in ROWS.items() if "anonymous" in row.inside}
    files = {name for name in public if "." in reverse_of(name) or name.startswith("api-")}
    assert files - SHARED == set(NOT_SHARED)


def reverse_of(name: str) -> str:
    """Return the last part of the route of an address."""
    return next(one.url.rstrip("/").rpartition("/")[2] for one in addresses() if one.name == name)


@pytest.mark.parametrize("who", ["", "importer", "reviewer1", "token"])
def test_public_reads_are_shared_and_nothing_else_is(
    world: World, cast: dict[str, User], clock: Clock, who: str
) -> None:
    client: Client = SignedIn(cast[who]) if who in cast else Client()
    if who == "token":
        token = make_own_token(cast["importer"], name="mirror", scopes=[*USUAL], at=clock.now)
        client = Client(headers={"authorization": f"Bearer {token}"})
    wrong = {}
    with zeal_ignore():
        for name, url in every_address(world).items():
            asked = f"{url}?hts=6810990010" if name == "api-fit" else url
            asked = f"{url}?kind=round&key=list-3" if name == "watch-feed" else asked
            answer = client.get(asked, headers={"origin": "https://elsewhere.example.test"})
            if answer.streaming:
                b"".join(answer)
            if problem := (wrong_of_shared(answer) if name in SHARED else wrong_of_other(answer)):
                wrong[name] = problem
    assert wrong == {}


def wrong_of_shared(answer: Any) -> str:
    if answer.status_code != 200:
        return f"status {answer.status_code}"
    if answer.cookies or "Cookie" in answer.get("Vary", "") or "Access-Control-Allow-Credentials" in answer:
        return "it is of one person"
    if not answer.has_header("ETag") or answer.has_header("RateLimit-Remaining"):
        return "no tag, or what is left of one sender"
    return "".join(f"{name}: {answer.get(name)} " for name, said in HEADERS.items() if answer.get(name) != said)


def wrong_of_other(answer: Any) -> str:
    said = answer.get("Cache-Control", "")
    if "s-maxage" in said or "Access-Control-Allow-Origin" in answer:
        return f"it may be shared: {said}"
    return ""


def test_what_somebody_has_is_not_sent_again(client: Client, world: World) -> None:
    with zeal_ignore():
        every = every_address(world)
        for name in SHARED - {"api-fit", "watch-feed"}:
            first: Any = client.get(every[name])
            assert body_of(first), name
            again: Any = client.get(every[name], headers={"if-none-match": first["ETag"]})
            assert (again.status_code, body_of(again)) == (304, b""), name
            assert again["Cache-Control"] == MAY_BE_SHARED, name


def test_a_refusal_is_kept_by_nobody(client: Client) -> None:
    for address, status in {"/api/v1/docket/USTR-2019-0005-999999/": 404, "/docket.csv?stage=x": 400,
                            "/api/v1/docket/?x=1": 400, "/watch/feed/?kind=x": 404}.items():  # fmt: skip
        answer = client.get(address)
        assert (answer.status_code, answer["Cache-Control"]) == (status, "no-store"), address


def test_a_script_of_another_site_may_ask_whether_something_changed(client: Client) -> None:
    asks = {"origin": "https://elsewhere.example.test", "access-control-request-method": "GET"}
    answer = client.options("/api/v1/docket/", headers=asks)
    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (204, "*")
    assert "If-None-Match" in answer["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Origin" not in client.options("/docket/", headers=asks)


def test_files_and_feeds_have_the_limit_that_they_state(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exclusions.views.core.middleware.shared_reads.A_MINUTE", 2)
    assert [client.get(address).status_code for address in ("/docket.csv", "/docket/feed/", "/verify.txt")] == [
        200,
        200,
        429,
    ]
    refused = client.get("/docket.csv")
    assert (refused["Retry-After"], refused["Cache-Control"]) == ("60", "no-store")
    assert "Wait a minute" in refused.content.decode()
    assert client.get("/docket/").status_code == 200, "pages are no files"


def test_the_limit_that_is_stated_is_that_of_the_api() -> None:
    assert settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]["anon"] == "600/min"
    assert POLICY == '"reads";q=600;w=60'


@pytest.fixture
def people(cast: dict[str, User], clock: Clock) -> dict[str, Client]:
    """Return clients of a stranger, of two people in a session, and of one of them by a token."""
    token = make_own_token(cast["importer"], name="mirror", scopes=[*USUAL], at=clock.now)
    return {
        "stranger": Client(),
        "importer": SignedIn(cast["importer"]),
        "rival": SignedIn(cast["rival"]),
        "token": Client(headers={"authorization": f"Bearer {token}"}),
    }


def test_through_a_shared_cache_nobody_sees_an_answer_of_somebody_else(
    world: World, people: dict[str, Client], clock: Clock
) -> None:
    cache, asked = SharedCache(), every_address(world)
    asked = {name: url for name, url in asked.items() if not url.startswith(("/health", "/metrics"))}
    wrong = set()
    with zeal_ignore():
        for who in [*people, *reversed(people)]:
            for name, url in asked.items():
                hits = cache.hits
                through = cache.get(people[who], url)
                of_another = name not in SHARED or body_of(through) != body_of(people[who].get(url))
                if cache.hits > hits and of_another:
                    wrong.add((name, who))
    assert wrong == set()
    assert cache.hits >= len(SHARED) * 5, "it did share"


def test_what_was_taken_down_is_gone_from_a_shared_cache_within_a_minute(
    world: World, people: dict[str, Client], cast: dict[str, User], clock: Clock
) -> None:
    cache, reference = SharedCache(), str(world.posted.reference)
    make_public(700)
    one = reverse("api-docket-petition", args=[reference])
    shown = [one, reverse("api-docket"), reverse("docket-export", args=["json"]), reverse("docket-feed")]
    for url in shown:
        assert reference.encode() in body_of(cache.get(people["importer"], url)), url
    take_down(world.posted, by=cast["intake"], at=clock.now, reason="It names a supplier.", ground=Ground.MISTAKE)
    clock.shift(seconds=61)
    for url in shown:
        for client in people.values():
            answer = cache.get(client, url)
            assert answer.status_code == (410 if url == one else 200)
            assert url == one or reference.encode() not in body_of(answer), url
    assert not OF_API & FEEDS
