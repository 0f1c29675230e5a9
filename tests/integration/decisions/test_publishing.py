"""What a notice may say, and how it is taken back."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from exclusions.actions.decision.notices import Notice, publish_grant, publish_notice
from exclusions.days import in_full
from exclusions.errors import Incomplete
from exclusions.facts.headings import KnownHeading, known_headings
from exclusions.models import Decision, Exclusion, TariffAction, User
from exclusions.workflow.states import Status
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey
from tests.opened import opened

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Rows are locked, which SQLite does not do.")]
Start = Callable[..., Journey]
CITED = "84 FR 99999"


@pytest.fixture
def granted(granted_once: Journey) -> Journey:
    """Return a journey whose petition waits for its notice."""
    return granted_once


def test_a_notice_is_of_one_list(granted: Journey, journey: Start, publisher: User) -> None:
    other = journey()
    other.take(*PATHS[Status.GRANTED])
    with opened(Exclusion, Decision):  # as if the second case were of another list
        elsewhere = Exclusion.objects.get()
        elsewhere.pk, elsewhere.reference = None, "L1-ELSEWHERE"
        elsewhere.action = TariffAction.objects.create(code="1", name="List 1", citation="83 FR 28710")
        elsewhere.save()
        Decision.objects.filter(petition=other.petition).update(exclusion=elsewhere)
    both: list[Any] = [granted.petition, other.petition]
    with pytest.raises(Incomplete, match=r"A notice covers one list\. These cases belong to several"):
        publish_notice(both, Notice(CITED, granted.at.date()), by=publisher, at=other.at)


def test_a_citation_is_of_one_day(granted: Journey, journey: Start, publisher: User) -> None:
    publish_grant(granted.petition, Notice(CITED, granted.at.date()), by=publisher, at=granted.at)
    later = journey()
    later.take(*PATHS[Status.GRANTED])
    later.at += timedelta(days=3)
    with pytest.raises(Incomplete, match=f"{CITED} is on record as published on {in_full(granted.at.date())}"):
        publish_grant(later.petition, Notice(CITED, later.at.date()), by=publisher, at=later.at)


def test_a_heading_is_known_for_its_list_until_its_exclusions_end(granted: Journey) -> None:
    action = TariffAction.objects.get(code="3")
    assert known_headings(action, date(2019, 7, 9)) == [KnownHeading("99038813", "p")]
    assert known_headings(action, date(2020, 8, 8)) == []
