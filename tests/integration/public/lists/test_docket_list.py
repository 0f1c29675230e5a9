"""The docket's list at any length: orders, pages by key and by number, counts up to a bound, facets, marked words."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from hypothesis import given, settings
from hypothesis import strategies as st

from exclusions.forms.docket import DocketFilter
from exclusions.gateways.shared_cache import remembered
from exclusions.models import DocketVersion, PublicPetition
from exclusions.queries.keyset import Place, cut
from exclusions.queries.public.docket_pages import SORTS
from exclusions.workflow.states import Stage
from tests.factories.public import make_public

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_databases("Words are compared, and text and NULL are sorted, by each in its own way."),
]
REFERENCE = re.compile(r"USTR-2019-0005-(\d{6})</a>")
NEXT = re.compile(r'href="([^"]+)" rel="next"')
PREVIOUS = re.compile(r'href="([^"]+)" rel="prev"')


def shown(page: str) -> list[int]:
    return [int(number) for number in REFERENCE.findall(page)]


def walk(client: Client, query: str, link: re.Pattern[str] = NEXT) -> Iterator[str]:
    """Yield a page of the list and those that follow it by one of its links."""
    following = query
    while following:
        page = client.get(f"/docket/{following}").content.decode()
        yield page
        found = link.search(page)
        following = found.group(1).replace("&amp;", "&") if found else ""


def make_many(count: int, **changes: object) -> None:
    first = make_public(1, **changes)
    fields = {f.name: getattr(first, f.name) for f in PublicPetition._meta.fields if f.name not in {"id", "reference"}}
    PublicPetition.objects.bulk_create(
        PublicPetition(reference=f"USTR-2019-0005-{n:06}", **fields) for n in range(2, count + 1)
    )
    DocketVersion.advance()


DAYS = st.lists(st.sampled_from([None, date(2019, 7, 1), date(2019, 7, 2)]), min_size=26, max_size=60)


@pytest.mark.parametrize("sort", sorted(SORTS))
@given(days=DAYS)
@settings(max_examples=8)
def test_every_petition_is_reached_once_by_the_links_of_any_order(client: Client, sort: str, days: list[date]) -> None:
    PublicPetition.objects.all().delete()
    for number, day in enumerate(days, 1):
        make_public(number, decided_on=day, organization_name=f"Works {number % 3}", hts10=f"84138100{number % 4}0")
    DocketVersion.advance()

    pages = list(walk(client, f"?sort={sort}"))
    forwards = [number for page in pages for number in shown(page)]
    assert sorted(forwards) == list(range(1, len(days) + 1))
    last = NEXT.search(pages[-2]) if len(pages) > 1 else None
    assert last
    back = [shown(page) for page in walk(client, last.group(1).replace("&amp;", "&"), PREVIOUS)]
    assert [number for page in reversed(back) for number in page] == forwards
    by_number = [shown(client.get(f"/docket/?sort={sort}&page={n}").content.decode()) for n in range(1, len(pages) + 1)]
    assert by_number == [shown(page) for page in pages]


def test_petitions_without_a_day_of_decision_follow_those_with_one(client: Client) -> None:
    make_public(1)
    make_public(2, decided_on=date(2019, 9, 1))
    make_public(3, decided_on=date(2019, 9, 2))
    DocketVersion.advance()

    assert shown(client.get("/docket/?sort=decided").content.decode()) == [3, 2, 1]


@pytest.mark.parametrize(("asked", "is_said"), [("999", True), ("2", True), ("1", False), ("", False), ("x", False)])
def test_a_page_that_the_list_does_not_have_is_said(client: Client, asked: str, is_said: bool) -> None:
    make_public(1)

    answer = client.get("/docket/", {"page": asked})
    assert answer.status_code == 200
    assert (f"There is no page {asked}. This is the last page." in " ".join(answer.text.split())) is is_said
    assert shown(answer.text) == [1]


def test_a_place_of_one_filter_is_none_of_another(client: Client) -> None:
    make_many(40, stage=Stage.DENIED)
    found = NEXT.search(client.get("/docket/?stage=denied").content.decode())
    assert found
    following = f"/docket/{found[1]}".replace("&amp;", "&")
    assert client.get(following).status_code == 200
    for other in (following.replace("stage=denied", "stage=granted"), following.replace("stage=denied&", "")):
        answer = client.get(other)
        assert answer.status_code == 400
        assert "This link does not match the list." in answer.content.decode()


@pytest.mark.parametrize("cursor", ["x", "cD14", "W10.W10", "ä", "a.b.c"])
def test_a_place_that_no_page_gave_shows_the_first_page_and_says_so(client: Client, cursor: str) -> None:
    make_public(1)

    answer = client.get("/docket/", {"cursor": cursor})
    assert answer.status_code == 400
    assert "does not match the list" in answer.content.decode()
    assert shown(answer.content.decode()) == [1]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("hts=84AB", "“84AB” is not the beginning of an HTSUS number"),
        ("posted_from=2026-13-01", "Posted from: enter a real date"),
        ("decided_to=yesterday", "Decided to: enter a real date"),
        ("posted_from=2019-07-02&posted_to=2019-07-01", "2019-07-01 is before 2019-07-02"),
        ("stage=won", "“won” is not a stage"),
        ("docket=0005", "“0005” is not a docket number"),
        ("sort=best", "not “best”"),
        ("page_size=7", "not “7”"),
    ],
)
def test_a_filter_that_means_nothing_is_named_with_its_remedy(client: Client, query: str, sentence: str) -> None:
    make_public(1)

    answer = client.get(f"/docket/?{query}")
    assert answer.status_code == 400
    page = answer.content.decode()
    assert escape(sentence) in page
    assert "No petitions match" not in page


def test_each_filter_has_its_control_on_the_page(client: Client) -> None:
    page = client.get("/docket/").content.decode()
    asked = DocketFilter.base_filters.keys() - {"updated_since"}  # it is for programs that come again
    assert {name for name in asked if f'name="{name}"' not in page} == set()


def test_decided_petitions_are_found_by_the_day_of_the_decision(client: Client) -> None:
    make_public(1, decided_on=date(2019, 9, 1))
    make_public(2, decided_on=date(2019, 10, 1))
    make_public(3)
    DocketVersion.advance()

    page = client.get("/docket/?decided_from=2019-09-02&decided_to=2019-10-01").content.decode()
    assert shown(page) == [2]
    assert "Decided Oct 1, 2019" in page


def test_responses_close_is_said_only_while_anybody_may_respond(client: Client) -> None:
    closes = datetime(2119, 7, 1, 3, 59, tzinfo=UTC)
    make_public(1, stage=Stage.STAGE1, historical=False, response_closes_at=closes)
    make_public(2, stage=Stage.DENIED, historical=False, response_closes_at=closes)
    make_public(3, stage=Stage.STAGE1, historical=False, response_closes_at=datetime(2019, 7, 1, tzinfo=UTC))
    DocketVersion.advance()

    assert client.get("/docket/").content.decode().count("Open until Jun 30, 2119") == 1


def test_the_words_that_were_found_are_marked_and_nothing_else_is_let_through(client: Client) -> None:
    make_public(1, product_name="Pumping <b>stations</b>", organization_name="Pump & Pipe")
    DocketVersion.advance()

    page = client.get("/docket/?q=pumps").content.decode()
    assert "<mark>Pumping</mark> &lt;b&gt;stations" in page
    assert "<mark>Pump</mark> &amp; Pipe" in page


@pytest.mark.parametrize("query", ["", "?q=pump", "?organization=meadow", "?sort=decided", "?hts=8413&page=2"])
def test_the_list_takes_no_more_statements_with_more_rows_or_deeper_pages(client: Client, query: str) -> None:
    def statements() -> int:
        remembered.clear()
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/docket/{query}").status_code == 200
        return len(asked)

    make_many(30)
    few = statements()
    PublicPetition.objects.all().delete()
    make_many(300)

    assert statements() <= few <= 8


@pytest.mark.parametrize("sort", sorted(SORTS))
def test_few_rows_come_in_the_same_order_as_many(sort: str) -> None:
    for number in range(1, 8):
        day = date(2019, 7, 1 + number % 2) if number % 3 else None
        make_public(number, decided_on=day, organization_name=f"Works {number % 3}", hts10=f"84138100{number % 4}0")
    order, rows = SORTS[sort], PublicPetition.objects.all()
    for gathered in (False, True):
        found, place = list[str](), Place()
        while place is not None:
            page = cut(rows, order.columns, place, 3, unknown_last=order.unknown_last, gathered=gathered)
            found += [row.reference for row in page.rows]
            place = page.next
        assert found == [row.reference for row in rows.order_by(*order.by)]
