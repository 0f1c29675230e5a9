"""Which headings of exclusions are not on file, and until when notices were searched."""

from datetime import UTC, date, datetime

import pytest
from django.http import HttpResponse
from django.test import Client

from exclusions.facts.on_file import as_far_as, register, said_of_missing
from exclusions.gateways.shared_cache import remembered
from exclusions.gateways.tariff.exclusion_notices import searched_through
from exclusions.gateways.tariff.shipped_facts import exclusion_headings
from exclusions.models import Exclusion, ExclusionTerm, LookedForNotices, TariffLine
from tests.factories.tariff import LIST_1, cover, exclude, make_edition, make_lists

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("The counts are the database's.")]
WINDOW = (date(2019, 1, 1), date(2020, 1, 1))


def test_every_heading_of_which_nothing_is_on_file_is_missing() -> None:
    assert {one.heading for one in register().headings} == set(exclusion_headings())


def test_a_heading_is_missing_on_its_days_and_for_its_lists_alone() -> None:
    found = register()

    def missing(code: str, day: date) -> list[str]:
        return [one.heading for one in found.not_on_file([code], day)]

    assert missing("4A", date(2026, 11, 9)) == ["99038869"]
    assert missing("4A", date(2026, 11, 10)) == []
    assert missing("2", date(2026, 11, 9)) == ["99038869", "99038870"]
    assert missing("4B", date(2026, 11, 9)) == []
    assert {one.heading for one in found.missing_on(date(2026, 1, 1))} == {"99038869", "99038870"}


def test_one_of_many_products_does_not_make_a_heading_whole() -> None:
    exclude(make_lists()["1"], "8413810040", *WINDOW, heading="99038805")
    (heading,) = (one for one in register().headings if one.heading == "99038805")
    assert (heading.on_file, heading.items) == (1, exclusion_headings()["99038805"].items)


def test_a_heading_with_all_its_products_is_not_missing() -> None:
    lists = make_lists()
    for number in range(exclusion_headings()["99038870"].items):
        exclude(lists["1"], f"85044095{number:02}", *WINDOW, heading="99038870")
    assert "99038870" not in {one.heading for one in register().headings}


def test_a_product_that_is_known_by_its_place_alone_is_not_on_file() -> None:
    lists = make_lists()
    bare = Exclusion.objects.create(
        reference="L2-BARE", action=lists["1"], product_key="bare", created_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    ExclusionTerm.objects.create(exclusion=bare, heading="99038854", note="ggg", seq=1)
    (heading,) = (one for one in register().headings if one.heading == "99038854")
    assert heading.on_file == 0


def test_a_heading_of_an_edition_that_the_facts_do_not_know_is_missing_for_the_list_that_excepts_it() -> None:
    make_edition(date(2026, 12, 1))
    words = "Effective with respect to entries on or after November 10, 2026, and before May 10, 2027, articles the "
    words += "product of China, as provided for in U.S. note 20(xxx), each covered by an exclusion granted by the USTR"
    own = "Except as provided in headings 9903.88.05 or 9903.88.71, articles the product of China, as provided for in"
    for position, (number, said) in enumerate((("99038801", own), ("99038871", words))):
        TariffLine.objects.create(
            number=number, level=8, position=position, description=said, full_description=said,
            valid_from=date(2026, 12, 1),
        )  # fmt: skip
    remembered.clear()
    (heading,) = (one for one in register().headings if one.heading == "99038871")
    assert (heading.lists, heading.valid_from, heading.valid_to) == (("1",), date(2026, 11, 10), date(2027, 5, 9))
    assert heading.may_free(["1"], date(2027, 5, 9))
    assert not heading.may_free(["3"], date(2027, 5, 9))
    assert "9903.88.71 (Nov 10, 2026 to May 9, 2027)" in said_of_missing([heading])


def test_notices_were_searched_until_the_shipped_day_and_then_until_the_latest_that_staff_entered() -> None:
    assert register().notices_until == searched_through() == date(2026, 10, 10)
    for day in (date(2026, 11, 20), date(2026, 11, 3)):
        LookedForNotices.objects.create(until=day, looked_at=datetime(2026, 11, 20, tzinfo=UTC))
    assert register().notices_until == date(2026, 11, 20)


def test_days_after_the_search_are_told_so_and_days_before_are_not() -> None:
    found = register()
    assert found.caveat(date(2026, 11, 29)) == as_far_as(date(2026, 10, 10))
    assert found.caveat(date(2026, 11, 29)) == "As far as notices until October 10, 2026 are on file."
    assert found.caveat(date(2026, 10, 10)) == ""


# ---- Where it is said ------------------------------------------------------------------------------------------------
PUMP, DAY = "8413810040", "2019-01-15"
SAID = "Not all exclusions are on file here. Missing: 9903.88.05"


@pytest.fixture
def _pump() -> None:
    """A pump on List 1, and no exclusion on file."""
    make_edition(date(2018, 1, 1), (PUMP, "Pumps"))
    cover(make_lists()["1"], "84138100", "99038801", LIST_1)


def refunds_of(client: Client, entered: str) -> HttpResponse:
    lines = f"ABC-1234567-8,{entered},{PUMP},20000,5000"
    return client.post("/refunds/", {"lines": lines, "answer_as": "page"})


@pytest.mark.usefixtures("_pump")
@pytest.mark.parametrize(
    "address",
    [
        f"/tariff/8413.81.0040/?as_of={DAY}",
        f"/fit/?hts={PUMP}&text=pump&as_of={DAY}",
        f"/exclusions/?as_of={DAY}",
        f"/search/?q=pump&as_of={DAY}",
    ],
)
def test_every_page_of_exclusions_says_what_is_not_on_file_and_none_says_none(client: Client, address: str) -> None:
    text = " ".join(client.get(address).content.decode().split())
    assert SAID in text
    assert "None on this day" not in text
    assert "No exclusion of this number is in force" not in text


@pytest.mark.usefixtures("_pump")
def test_refunds_never_say_nothing_to_ask_back_of_what_is_not_on_file(client: Client) -> None:
    text = " ".join(refunds_of(client, DAY).content.decode().split())
    assert SAID in text
    assert "We found no refund" not in text
    assert "We found no refund" in " ".join(refunds_of(client, "2026-11-20").content.decode().split())


@pytest.mark.usefixtures("_pump")
def test_the_api_names_each_heading_with_its_days_and_the_day_of_the_search(client: Client) -> None:
    line = {"entry_number": "A-1", "entry_date": DAY, "hts10": PUMP, "value": 20000, "duty_paid": 5000}
    first = {"heading": "9903.88.05", "from": "2018-07-06", "to": "2019-12-28"}
    refunds = client.post("/api/v1/refunds/", {"lines": [line]}, content_type="application/json").json()
    bodies = [
        client.get(f"/api/v1/tariff/lines/{PUMP}/?as_of={DAY}").json(),
        client.get(f"/api/v1/fit/?hts={PUMP}&as_of={DAY}").json(),
        refunds["results"][0] | {"notices_until": refunds["notices_until"]},
    ]
    for body in bodies:
        assert body["exclusions_not_on_file"][0] == first
        assert body["notices_until"] == "2026-10-10"


@pytest.mark.usefixtures("_pump")
@pytest.mark.parametrize("address", ["/tariff/8413.81.0040/?", f"/fit/?hts={PUMP}&", "/exclusions/?"])
def test_pages_say_until_when_notices_were_searched_of_later_days_alone(client: Client, address: str) -> None:
    said = "As far as notices until October 10, 2026 are on file."
    assert said in client.get(f"{address}as_of=2026-11-29").content.decode()
    assert said not in client.get(f"{address}as_of=2026-10-10").content.decode()
