"""Every feed is Atom as RFC 4287 has it, changes only with what it tells, and has pages to its end (RFC 5005)."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.contrib.syndication.views import Feed
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from exclusions.models import DocketVersion, RoundOrder
from exclusions.workflow.states import Stage
from tests.factories.facts import make_round
from tests.factories.public import make_public

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
NAME = re.compile(r"(tag:[a-z]+,[0-9]{4}:|https?://)[!-~]+")  # absolute, and of characters that an IRI may hold
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
LATE = datetime(2019, 9, 3, 10, 0, tzinfo=UTC)
FIRM = "Smith & Söhne <Pumps>"


def petitions(count: int) -> None:
    for number in range(1, count + 1):
        make_public(
            number,
            organization_name=FIRM,
            historical=False,
            posted_on=date(2019, 7, 1),
            updated_at=LATE + timedelta(minutes=number // 3),
        )
    DocketVersion.advance()


def orders(count: int) -> None:
    round = make_round()
    for number in range(count):
        RoundOrder.objects.create(
            slug=round.slug,
            kind=RoundOrder.Kind.PAUSE,
            given_at=LATE + timedelta(hours=number),
            citation="84 FR 1",
            reason="A <short> pause & more",
            opens_at=round.opens_at,
            closes_at=round.closes_at,
        )


# Each feed of the site: what it is asked, and what fills it.
FEEDS: dict[str, tuple[dict[str, str], Callable[[int], None]]] = {
    "docket-feed": ({"organization": "Smith & S"}, petitions),
    "rounds-feed": ({}, orders),
    "watch-feed": ({"kind": "organization", "key": FIRM}, petitions),
}
EACH = pytest.mark.parametrize("name", FEEDS)


def _all_patterns(patterns: Any) -> Iterator[URLPattern]:
    for one in patterns:
        if isinstance(one, URLPattern):
            yield one
        else:
            yield from _all_patterns(one.url_patterns)


def test_the_table_has_every_feed() -> None:
    found = {one.name for one in _all_patterns(get_resolver().url_patterns) if isinstance(one.callback, Feed)}
    assert found == set(FEEDS)


def one(parent: ElementTree.Element, name: str) -> str:
    """Return the text of an element that is there once."""
    (found,) = parent.findall(f"{ATOM}{name}")
    assert found.text
    return found.text


def links(parent: ElementTree.Element) -> dict[str, str]:
    found = [(link.attrib.get("rel", "alternate"), link.attrib["href"]) for link in parent.findall(f"{ATOM}link")]
    assert len({relation for relation, _ in found}) == len(found), "one link of each relation"
    assert all(NAME.fullmatch(href) for _, href in found)
    return dict(found)


def hold_to_the_standard(body: bytes) -> ElementTree.Element:
    """Return the feed, once it keeps the rules of RFC 4287, sections 4.1 and 4.2."""
    feed = ElementTree.fromstring(body)
    assert feed.tag == f"{ATOM}feed"
    assert NAME.fullmatch(one(feed, "id"))
    assert MOMENT.fullmatch(one(feed, "updated"))
    one(feed, "title")
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert {"self", "alternate"} <= set(links(feed))
    entries = feed.findall(f"{ATOM}entry")
    assert len({one(entry, "id") for entry in entries}) == len(entries)
    for entry in entries:
        assert NAME.fullmatch(one(entry, "id")), one(entry, "id")
        assert MOMENT.fullmatch(one(entry, "updated"))
        assert "alternate" in links(entry)
        one(entry, "title")
        for published in entry.findall(f"{ATOM}published"):
            assert MOMENT.fullmatch(published.text or "")
        for summary in entry.findall(f"{ATOM}summary"):
            assert summary.attrib["type"] == "html"
            assert not re.search(r"&(?!amp;|lt;|gt;|quot;|#)|<", summary.text or ""), "plain text, written as HTML"
    moments = [one(entry, "updated") for entry in entries]
    assert moments == sorted(moments, key=datetime.fromisoformat, reverse=True), "what changed last comes first"
    if entries:
        assert one(feed, "updated") == moments[0]
    return feed


@EACH
def test_a_feed_keeps_the_standard_and_changes_only_with_what_it_tells(client: Client, name: str) -> None:
    asked, fill = FEEDS[name]
    fill(3)
    answer = client.get(reverse(name), asked)
    assert answer.status_code == 200
    feed = hold_to_the_standard(answer.content)
    assert len(feed.findall(f"{ATOM}entry")) == 3
    elsewhere = client.get(reverse(name), asked, headers={"host": "127.0.0.1"})
    assert elsewhere.content == answer.content, "by whichever name of this site it is asked for"
    assert client.get(reverse(name), asked, headers={"if-none-match": answer["ETag"]}).status_code == 304


@EACH
def test_a_feed_without_an_entry_has_a_moment_that_stays(client: Client, name: str) -> None:
    if name == "watch-feed":
        make_public(1, organization_name=FIRM)  # of an old docket, which is no news
    answer = client.get(reverse(name), FEEDS[name][0])
    feed = hold_to_the_standard(answer.content)
    assert feed.findall(f"{ATOM}entry") == []
    assert datetime.fromisoformat(one(feed, "updated")) < datetime(2019, 1, 1, tzinfo=UTC)


@EACH
def test_a_feed_goes_on_to_its_end_and_back(client: Client, name: str) -> None:
    asked, fill = FEEDS[name]
    fill(120)
    answer = client.get(reverse(name), asked)
    seen: list[str] = []
    pages, identity = [], set()
    while True:
        feed = hold_to_the_standard(answer.content)
        identity.add(one(feed, "id"))
        seen += [one(entry, "id") for entry in feed.findall(f"{ATOM}entry")]
        pages.append(links(feed))
        if "next" not in pages[-1]:
            break
        following = urlsplit(pages[-1]["next"])
        answer = client.get(f"{following.path}?{following.query}")
        assert answer.status_code == 200
        assert pages[-1]["next"] == links(ElementTree.fromstring(answer.content))["self"]
    assert len(pages) == 3
    assert len(seen) == len(set(seen)) == 120
    assert len(identity) == 1
    back = urlsplit(pages[-1]["previous"])
    feed = hold_to_the_standard(client.get(f"{back.path}?{back.query}").content)
    assert [one(entry, "id") for entry in feed.findall(f"{ATOM}entry")] == seen[50:100]


@EACH
@pytest.mark.parametrize("place", ["page=0", "page=x", "page=99", "page=٣", "cursor=x", "cursor=W10.W10"])
def test_a_place_that_no_feed_has_is_refused_with_a_sentence(client: Client, name: str, place: str) -> None:
    asked, fill = FEEDS[name]
    fill(1)
    word, value = place.split("=")
    answer = client.get(reverse(name), {**asked, word: value})
    if (word == "cursor") == (name == "docket-feed"):
        assert answer.status_code == 400
        assert answer["Content-Type"].startswith("text/plain")
        assert answer.content.decode().startswith(f"{word}: ")
    else:
        assert answer.status_code == 200


def test_a_wrong_filter_is_refused_as_the_list_refuses_it(client: Client) -> None:
    wrongs = (
        "hts=84x",
        "stage=nope",
        "posted_from=2019-02-30",
        "docket=x",
        "posted_from=2020-01-02&posted_to=2020-01-01",
    )
    for wrong in wrongs:
        answer = client.get(f"/docket/feed/?{wrong}")
        assert answer.status_code == client.get(f"/docket/?{wrong}").status_code == 400
        assert answer.content.decode() == client.get(f"/docket.csv?{wrong}").content.decode()


def test_a_cursor_of_one_filter_is_none_of_another(client: Client) -> None:
    petitions(60)
    feed = ElementTree.fromstring(client.get("/docket/feed/?stage=denied").content)
    following = urlsplit(links(feed)["next"])
    assert client.get(f"/docket/feed/?{following.query}").status_code == 200
    other = client.get(f"/docket/feed/?{following.query.replace('stage=denied', 'stage=granted')}")
    assert other.status_code == 400
    assert "this feed did not give out" in other.content.decode()


def test_a_decision_rises_to_the_top(client: Client) -> None:
    petitions(3)
    decided = make_public(4, posted_on=date(2018, 8, 1), updated_at=LATE, stage=Stage.STAGE1)
    decided.stage, decided.decided_on, decided.updated_at = Stage.GRANTED, date(2019, 10, 1), LATE + timedelta(days=30)
    decided.save()
    DocketVersion.advance()
    (first, *_) = ElementTree.fromstring(client.get("/docket/feed/").content).findall(f"{ATOM}entry")
    assert one(first, "id").endswith("/docket/USTR-2019-0005-000004/")
    assert "decided October 1, 2019" in one(first, "summary")
