"""Who filed for an exclusion or commented on it hears ahead that it ends: 90 and 30 days before, once each."""

from datetime import UTC, date, datetime, timedelta

import pytest

from exclusions.actions.clock import run_clock
from exclusions.actions.decision.notices import Notice
from exclusions.actions.notices.term_notices import publish_terms
from exclusions.actions.record.notifications import as_email
from exclusions.models import Exclusion, ExclusionTerm, ListedExclusion, Notification
from tests.factories.notices.listed import AFTER, SLUG, listed_round, posted_comment, signed

pytestmark = pytest.mark.django_db
ENDS = date(2022, 12, 31)


def told() -> list[str]:
    return list(Notification.objects.filter(template="expiry_ahead").order_by("pk").values_list("to", flat=True))


def at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 17, tzinfo=UTC)


@pytest.fixture
def ending(cast) -> Exclusion:
    listed_round()
    posted_comment(cast, "1-2", commenter_email="first@commenter.example")
    posted_comment(cast, "1", commenter_email="second@commenter.example")
    row = ListedExclusion.objects.get(number=1)
    signed(cast, [row.exclusion.reference])
    publish_terms(slug=SLUG, references=[row.exclusion.reference], notice=Notice("87 FR 17380", date(2022, 3, 28)),
                  by=cast["publisher"], at=AFTER + timedelta(days=10))  # fmt: skip
    return row.exclusion


def test_each_of_them_hears_twice_once_ninety_and_once_thirty_days_ahead(ending) -> None:
    run_clock(at=at_noon(ENDS - timedelta(days=91)))
    assert told() == []
    run_clock(at=at_noon(ENDS - timedelta(days=90)))
    both = ["first@commenter.example", "second@commenter.example"]
    assert sorted(told()) == both
    run_clock(at=at_noon(ENDS - timedelta(days=60)))
    assert sorted(told()) == both
    report = run_clock(at=at_noon(ENDS - timedelta(days=30)))
    assert sorted(told()) == sorted(both * 2)
    assert report.reminded == [f"{ending.reference}: ends 2022-12-31"]
    mail = as_email(Notification.objects.filter(template="expiry_ahead").latest("pk"))
    assert "ends on December 31, 2022, in 30 days" in mail.body
    assert "9903.88.67" in mail.body
    run_clock(at=at_noon(ENDS))
    assert len(told()) == 4


def test_one_that_goes_on_by_a_later_term_ends_for_nobody(ending) -> None:
    ExclusionTerm.objects.create(exclusion=ending, heading="99038869", note="vvv", status="pending",
                                 valid_from=date(2023, 1, 1), valid_to=date(2023, 12, 31))  # fmt: skip
    run_clock(at=at_noon(ENDS - timedelta(days=20)))
    assert told() == []


def test_who_first_hears_within_the_last_month_gets_one_message(ending) -> None:
    run_clock(at=at_noon(ENDS - timedelta(days=20)))
    run_clock(at=at_noon(ENDS - timedelta(days=19)))
    assert len(told()) == 2
