"""Pages of the whole docket by their number: found by the count of each day, which the database keeps."""

from collections import Counter
from datetime import date

import pytest
from django.db.models import Sum
from django.test import Client

from exclusions.gateways.database.tallies import NO_DAY
from exclusions.models import DocketDay, PublicPetition
from exclusions.queries.answers.docket_days import row_by_days
from exclusions.queries.answers.docket_pages import SORTS
from tests.factories.public import make_public

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_databases(
        "the days are counted by triggers, and rows without a day sorted, by each in its own way."
    ),
]
DAYS = [None, date(2019, 7, 1), date(2019, 7, 2), date(2019, 8, 15)]


@pytest.fixture
def petitions() -> None:
    for number in range(1, 24):
        make_public(number, posted_on=DAYS[number * number % 4 if number % 3 else number % 4])


def kept() -> dict[date | None, int]:
    rows = DocketDay.objects.order_by().values_list("day").annotate(Sum("number"))
    return {None if day == date.fromisoformat(NO_DAY) else day: number for day, number in rows if number}


def counted() -> dict[date | None, int]:
    return dict(Counter(PublicPetition.objects.order_by("pk").values_list("posted_on", flat=True)))


def test_the_database_counts_the_petitions_of_each_day_whatever_writes_them(petitions: None) -> None:
    assert kept() == counted()
    assert len(kept()) == len(DAYS)
    PublicPetition.objects.filter(posted_on=DAYS[1]).update(posted_on=DAYS[3])
    PublicPetition.objects.filter(posted_on=None, reference__endswith="2").update(posted_on=DAYS[2])
    assert kept() == counted()
    PublicPetition.objects.filter(posted_on=DAYS[2]).delete()
    assert kept() == counted()
    PublicPetition.objects.order_by("pk").delete()
    assert kept() == {}


def test_the_differences_of_many_statements_are_drawn_together(petitions: None) -> None:
    for number in range(300):
        PublicPetition.objects.filter(reference__endswith="1").update(posted_on=DAYS[number % 4])
    assert kept() == counted()
    assert DocketDay.objects.count() < 1_100


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_every_row_is_found_at_its_place(petitions: None, sort: str) -> None:
    rows = PublicPetition.objects.all()
    expected = list(rows.order_by(*SORTS[sort].by).values_list("posted_on", "reference"))
    found = [row_by_days(rows, SORTS[sort].columns, offset) for offset in range(len(expected))]
    assert [tuple(row) for row in found if row] == expected
    assert row_by_days(rows, SORTS[sort].columns, len(expected)) is None


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_a_page_by_its_number_is_the_one_that_its_link_leads_to(client: Client, sort: str) -> None:
    for number in range(1, 61):
        make_public(number, posted_on=DAYS[number % 4])
    first = client.get("/docket/", {"sort": sort}).context["found"].page
    by_link = client.get("/docket/", {"sort": sort, "cursor": first.next}).context["found"].page
    by_number = client.get("/docket/", {"sort": sort, "page": 2}).context["found"].page
    assert by_number.rows == by_link.rows
    assert len(by_number.rows) == 25
    assert (by_number.number, by_number.next) == (2, by_link.next)
