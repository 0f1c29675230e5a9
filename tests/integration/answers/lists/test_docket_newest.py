"""Many rows are met among the newest petitions where they are spread over the docket; the page is the list's anyhow."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db.models import QuerySet

from exclusions.models import DocketVersion, PublicPetition
from exclusions.queries.answers import docket_pages
from exclusions.queries.answers.docket_counts import Counted
from exclusions.queries.answers.docket_days import newest_since
from exclusions.queries.answers.docket_pages import LIST_COLUMNS, SORTS, docket_page
from tests.factories.public import make_public

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Text and NULL are sorted by each in its own way.")]
FIRST_DAY, PETITIONS, SIZE = date(2019, 7, 1), 90, 25
WHERE: dict[str, Callable[[int], bool]] = {
    "everywhere": lambda number: number % 2 == 0,
    "among the oldest": lambda number: number <= 45,
    "among the newest": lambda number: number > 45,
}


def filed(of_pumps: Callable[[int], bool], *, without_day: int = 0) -> "QuerySet[PublicPetition]":
    """Return the petitions for pumps in a docket of which some name them, three a day."""
    for number in range(1, PETITIONS + 1):
        make_public(
            number,
            posted_on=None if number <= without_day else FIRST_DAY + timedelta(days=number // 3),
            product_name="Breast pumps" if of_pumps(number) else "Bottles",
        )
    DocketVersion.advance()
    return PublicPetition.objects.matching("pump")


@pytest.fixture
def many_are_sooner_met(monkeypatch: pytest.MonkeyPatch) -> None:
    """A docket of a test is small."""
    monkeypatch.setattr(docket_pages, "SOONER_MET", 10)


@pytest.mark.parametrize("without_day", [0, 4])
@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("sort", SORTS)
def test_the_first_page_is_that_of_the_list(many_are_sooner_met: None, where: str, sort: str, without_day: int) -> None:
    rows = filed(WHERE[where], without_day=without_day)
    counted = Counted(10, exact=False, few=True, expected=rows.count())
    page = docket_page(rows, sort, SIZE, at="", number=1, counted=counted, asked="", kept="1", whole=False)
    listed = rows.order_by(*SORTS[sort].by).values_list(*LIST_COLUMNS)
    assert page.rows == list(listed[:SIZE])
    assert (bool(page.next), page.previous, page.number) == (True, "", 1)
    second = docket_page(rows, sort, SIZE, at=page.next, number=1, counted=counted, asked="", kept="1", whole=False)
    assert second.rows == list(listed[SIZE : 2 * SIZE])


def test_the_newest_are_those_since_a_day() -> None:
    filed(WHERE["everywhere"])
    alias = PublicPetition.objects.db
    # Ninety petitions, three a day from the second day on, one on the last: a tenth of them are on the last four days.
    assert newest_since(alias, 0.1, 1) == FIRST_DAY + timedelta(days=27)
    assert newest_since(alias, 0.0, 4) == FIRST_DAY + timedelta(days=28)
    assert newest_since(alias, 1.0, 1) is None
    assert newest_since(alias, 0.0, PETITIONS) is None
