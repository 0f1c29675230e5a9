"""The tariff on a reviewer's case: as of the filing day, the same as the gate's and the look-up's, and what differs."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from exclusions.facts.numbers import on_day
from exclusions.hts import HtsNumber
from exclusions.models import (
    ActionRate,
    CoveredLine,
    Exclusion,
    ExclusionNumber,
    ExclusionTerm,
    Petition,
    ProductDraft,
    TariffAction,
    TariffLine,
    User,
)
from exclusions.permissions.filing_facts import tariff_facts
from exclusions.queries.casework.case.case_tariff import case_tariff
from exclusions.queries.lookup.number.number_facts import number_facts
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.petitions import Journey
from tests.factories.tariff import LIST_3, cover, exclude
from tests.opened import opened

pytestmark = pytest.mark.django_db
Bring = Callable[[Status], Petition]
ClientOf = Callable[[User | None], Client]

NUMBER = HtsNumber("6810990010")
FILED = date(2019, 7, 8)


@pytest.fixture
def case(level1_once: Journey) -> Petition:
    """A case filed on 8 July 2019 for 6810.99.0010, which three exclusions name in three ways."""
    found = level1_once.petition
    action = TariffAction.objects.get(code="3")
    ended = exclude(action, "6810990010", LIST_3, None, text="ENDED-NUMBER")
    with opened(ExclusionNumber):
        ExclusionNumber.objects.filter(text__exclusion=ended).update(valid_to=date(2019, 1, 1))
    exclude(action, "68109900", LIST_3, None, text="EIGHT")
    exclude(action, "6810990010", LIST_3, date(2019, 12, 31), text="WHOLE")
    return found


def texts(named: list[object] | tuple[object, ...]) -> list[str]:
    return sorted(item.text for item in named)  # type: ignore[attr-defined]


def test_gate_page_and_case_name_the_same_exclusions(case: Petition, at: datetime) -> None:
    found = case_tariff(case, at)
    assert found is not None
    assert texts(found.filed.exclusions) == ["EIGHT", "WHOLE"]
    assert texts(number_facts(NUMBER, FILED).exclusions) == ["EIGHT", "WHOLE"]
    assert texts(tariff_facts(NUMBER, {"3"}, FILED).live_exclusions) == ["EIGHT", "WHOLE"]


def test_gate_and_page_name_the_same_lists_of_a_subheading_that_is_covered_in_part(case: Petition) -> None:
    mask, day = HtsNumber("63079098"), date(2025, 6, 1)
    fourth, _ = TariffAction.objects.get_or_create(code="4A", defaults={"name": "List 4A", "position": 4})
    review, _ = TariffAction.objects.get_or_create(code="FYR", defaults={"name": "Four-year review", "position": 6})
    for action, heading, pct in ((fourth, "99038815", "7.5"), (review, "99039104", "25")):
        ActionRate.objects.create(action=action, heading=heading, pct=Decimal(pct), valid_from=date(2019, 9, 1))
    cover(fourth, "63079098", "99038815", date(2019, 9, 1))
    cover(fourth, "6307909870", "99038815", date(2025, 1, 1), included=False)
    cover(review, "6307909870", "99039104", date(2025, 1, 1))
    page = number_facts(mask, day)
    assert [(item.list_code, item.in_part, item.only) for item in page.coverage] == [
        ("4A", True, ()),
        ("FYR", True, ("6307909870",)),
    ]
    assert tariff_facts(mask, {"4A"}, day).covered_by == ("List 4A", "Four-year review")


def test_the_case_page_shows_the_filing_day_and_says_what_differs_today(
    case: Petition, reviewer1: User, client_of: ClientOf, clock: Clock
) -> None:
    url = f"/review/{case.reference}/text/"
    clock.move_to(case.status_since + timedelta(hours=1))
    page = client_of(reviewer1).get(url).content.decode()
    assert "As of the filing day, Mon, Jul 8, 2019" in page
    assert "/tariff/6810.99.0010/?as_of=2019-07-08" in page
    assert "EIGHT" in page
    assert "ENDED-NUMBER" not in page
    assert "The tariff is different today" not in page
    TariffLine.objects.filter(number=NUMBER.plain).update(valid_to=date(2019, 12, 31))
    CoveredLine.objects.update(valid_to=date(2019, 12, 31))
    clock.move_to(datetime(2020, 3, 2, 10, 0, tzinfo=clock.now.tzinfo))
    later = client_of(reviewer1).get(url).content.decode()
    assert "As of the filing day, Mon, Jul 8, 2019" in later
    assert "List 3, 25%" in later
    assert "We judge the case by its filing day, Mon, Jul 8, 2019. On Mon, Mar 2, 2020:" in later
    assert "6810.99.0010 is not in the HTSUS (HTSUS " in later
    assert "No list in force covers it." in later
    whole = Exclusion.objects.get(texts__text="WHOLE").reference
    assert f"Exclusion {whole} under heading 9903.88.05 is not in force." in later


def test_a_rate_that_rose_since_is_told(case: Petition, at: datetime) -> None:
    ActionRate.objects.filter(pct=25).update(valid_to=date(2019, 9, 30))
    ActionRate.objects.create(
        action=TariffAction.objects.get(code="3"), heading="99038803", pct=Decimal("30"), valid_from=date(2019, 10, 1)
    )
    later = case_tariff(case, at + timedelta(days=100))
    assert later is not None
    assert [float(item.rate_pct) for item in later.filed.coverage] == [25]
    assert later.differences == ["It is on List 3, 30%."]


def test_a_grant_that_waits_for_its_notice_is_shown_as_pending(
    case: Petition, reviewer1: User, client_of: ClientOf, clock: Clock
) -> None:
    with opened(ExclusionTerm):
        ExclusionTerm.objects.update(status=ExclusionTerm.Status.PENDING)
    found = case_tariff(case, clock.now)
    assert found is not None
    assert (found.filed.exclusions, texts(found.filed.pending)) == ([], ["EIGHT", "WHOLE"])
    clock.move_to(case.status_since + timedelta(hours=1))
    assert "granted, notice pending" in client_of(reviewer1).get(f"/review/{case.reference}/text/").content.decode()


def test_goods_in_transit_keep_the_lower_rate(case: Petition, client: Client) -> None:
    ActionRate.objects.create(
        action=TariffAction.objects.get(code="3"),
        heading="99038809",
        pct=Decimal("10"),
        kind=ActionRate.Kind.IN_TRANSIT,
        valid_from=date(2019, 5, 10),
        valid_to=date(2019, 6, 14),
    )
    (found,) = on_day(NUMBER, date(2019, 6, 14)).in_transit
    assert (found.heading_dotted, float(found.rate_pct)) == ("9903.88.09", 10)
    assert (found.exported_before, found.entered_before) == (date(2019, 5, 10), date(2019, 6, 15))
    assert [item.heading for item in on_day(NUMBER, date(2019, 6, 14)).coverage] == ["99038803"]
    assert on_day(NUMBER, date(2019, 6, 15)).in_transit == []
    page = client.get("/tariff/6810.99.0010/?as_of=2019-06-14").content.decode()
    question = "It was exported before May 10, 2019 and entered before June 15, 2019 (10% instead)"
    assert question in " ".join(page.split())


def test_customs_reads_the_words_of_the_filing_day(
    petition_in: Bring, customs: User, client_of: ClientOf, clock: Clock
) -> None:
    draft = ProductDraft.objects.get(petition=petition_in(Status.CUSTOMS))
    clock.move_to(datetime(2020, 3, 2, 10, 0, tzinfo=clock.now.tzinfo))
    url = f"/customs/{draft.pk}/"
    page = client_of(customs).get(url).content.decode()
    assert "Slabs of agglomerated quartz" in page
    assert "Today it differs" not in page
    TariffLine.objects.filter(number=NUMBER.plain).update(valid_to=date(2019, 12, 31))
    page = client_of(customs).get(url).content.decode()
    assert "<strong>Today it differs:</strong> No line of this number is on file." in page
