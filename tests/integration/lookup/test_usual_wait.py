"""How long a petition has waited, beside what is usual in its docket."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.template import Context, Template
from pytest_django.fixtures import DjangoAssertNumQueries

from exclusions.actions.statistics import keep_statistics
from exclusions.models import Petition, User
from exclusions.queries.lookup.usual_wait import usual_wait
from exclusions.workflow.states import Stage
from tests.factories.cast import SignedIn
from tests.factories.public import make_public
from tests.factories.world import World

POSTED = date(2019, 7, 1)


def decide(waits: list[int], docket: str = "USTR-2019-0005") -> None:
    for number, days in enumerate(waits, 900_001):
        make_public(number, docket=docket, historical=False, posted_on=POSTED, stage=Stage.DENIED,
                    decided_on=POSTED + timedelta(days=days))  # fmt: skip


def shown(decided_on: date | None, now: datetime) -> str:
    page = Template(
        "{% load waiting %}{% usual_wait docket posted decided now as wait %}"
        '{% include "_components/wait.html" with wait=wait only %}'
    )
    context = {"docket": "USTR-2019-0005", "posted": POSTED, "decided": decided_on, "now": now}
    return page.render(Context(context)).strip()


@pytest.fixture
def filer_sees(cast: dict[str, User]) -> Callable[[Petition], str]:
    """Return the owner's page of a petition."""
    return lambda petition: SignedIn(cast["filer"]).get(f"/petitions/{petition.pk}/").content.decode()


def test_an_open_petition_is_set_beside_the_decisions_of_its_docket(clock: Any, db: None) -> None:
    decide([10, 12, 20, 40])
    keep_statistics(at=clock.now, at_once=True)
    assert shown(None, clock.now) == "", "four decisions are too few to say what is usual"
    make_public(5, historical=False, posted_on=POSTED, stage=Stage.DENIED, decided_on=POSTED + timedelta(days=30))
    keep_statistics(at=clock.now, at_once=True)
    assert "This petition, so far: 7 days; Half of the decisions within: 20 days" in shown(None, clock.now)
    assert "This petition: 10 days;" in shown(POSTED + timedelta(days=10), clock.now)


def test_a_docket_that_tells_no_days_shows_none(clock: Any, db: None) -> None:
    make_public(1, stage=Stage.DENIED)
    keep_statistics(at=clock.now, at_once=True)
    assert shown(None, clock.now) == ""


def test_its_owners_see_it_while_it_waits(filer_sees: Callable[[Petition], str], world: World, clock: Any) -> None:
    decide([10, 12, 20, 40, 50], docket=world.level1.round.docket)
    keep_statistics(at=clock.now, at_once=True)
    assert "This petition, so far:" in filer_sees(world.level1)
    assert "How long it takes" not in filer_sees(world.denied)
    assert "How long it takes" not in filer_sees(world.draft)


def test_it_is_one_statement(clock: Any, db: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    decide([1, 2, 3, 4, 5, 6, 7, 8])
    keep_statistics(at=clock.now, at_once=True)
    with django_assert_num_queries(1):
        found = usual_wait("USTR-2019-0005", POSTED, None, clock.now)
    assert found
    assert (found.days, found.half, found.most) == (7, 4, 6)
    with django_assert_num_queries(0):
        assert usual_wait("USTR-2019-0005", None, None, clock.now) is None
