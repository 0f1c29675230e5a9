"""How long a petition has waited, beside what is usual in its docket."""

from datetime import date, timedelta
from typing import Any

from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from exclusions.actions.answers.statistics import keep_statistics
from exclusions.queries.answers.usual_wait import usual_wait
from exclusions.workflow.states import Stage
from tests.factories.public import make_public

POSTED = date(2019, 7, 1)


def decide(waits: list[int], docket: str = "USTR-2019-0005") -> None:
    for number, days in enumerate(waits, 1):
        make_public(number, docket=docket, historical=False, posted_on=POSTED, stage=Stage.DENIED,
                    decided_on=POSTED + timedelta(days=days))  # fmt: skip


def test_an_open_petition_is_set_beside_the_decisions_of_its_docket(client: Client, clock: Any, db: None) -> None:
    decide([10, 12, 20, 40])
    open_one = make_public(90, historical=False, posted_on=POSTED, stage=Stage.STAGE2)
    keep_statistics(at=clock.now, at_once=True)
    page = client.get(f"/docket/{open_one.reference}/").content.decode()
    assert "How long it takes" not in page, "four decisions are too few to say what is usual"
    make_public(5, historical=False, posted_on=POSTED, stage=Stage.DENIED, decided_on=POSTED + timedelta(days=30))
    keep_statistics(at=clock.now, at_once=True)
    page = client.get(f"/docket/{open_one.reference}/").content.decode()
    assert "This petition, so far: 7 days; Half of the decisions within: 20 days" in page
    decided = client.get("/docket/USTR-2019-0005-000001/").content.decode()
    assert "This petition: 10 days;" in decided


def test_a_docket_that_tells_no_days_shows_none(client: Client, clock: Any, db: None) -> None:
    copied = make_public(1, stage=Stage.DENIED)
    keep_statistics(at=clock.now, at_once=True)
    assert "How long it takes" not in client.get(f"/docket/{copied.reference}/").content.decode()


def test_it_is_one_statement(clock: Any, db: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    decide([1, 2, 3, 4, 5, 6, 7, 8])
    keep_statistics(at=clock.now, at_once=True)
    with django_assert_num_queries(1):
        found = usual_wait("USTR-2019-0005", POSTED, None, clock.now)
    assert found
    assert (found.days, found.half, found.most) == (7, 4, 6)
    with django_assert_num_queries(0):
        assert usual_wait("USTR-2019-0005", None, None, clock.now) is None
