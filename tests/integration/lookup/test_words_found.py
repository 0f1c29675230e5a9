"""Petitions and exclusions are found by words and numbers, as each database's index has them."""

from datetime import date

import pytest

from exclusions.models import Exclusion, PublicPetition
from exclusions.queries.public.registry import registry
from tests.factories.asking.exclusions import make_exclusion
from tests.factories.public import make_public

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_databases("Each database splits and stems words in its own way."),
]


def petitions(typed: str) -> list[str]:
    return [found.reference[-1] for found in PublicPetition.objects.matching(typed).order_by("reference")]


def test_a_petition_is_found_by_number_organization_and_any_word_of_its_product() -> None:
    make_public(1, product_name="Pump/valve assembly (A/C), 3.5-inch", organization_name="AT&T.com - Parts_Co")
    make_public(2, product_name="Quartz slabs", hts10="6810999999")

    for typed in ("pump", "valve", "VALVES", "A/C", "3.5-inch", "inch", "AT&T.com - Parts_Co", "parts co"):
        assert petitions(typed) == ["1"], typed
    for typed in ("8413.81.0040", "8413810040", "8413", "84", "8413.8", "8413.81.00.40", "pump 8413.81"):
        assert petitions(typed) == ["1"], typed
    assert petitions("quartz 8413.81") == []
    assert petitions("ustr-2019-0005") == ["1", "2"]
    assert petitions("") == ["1", "2"]


def test_a_plain_number_is_also_looked_for_as_a_word() -> None:
    make_public(1, organization_name="1888 Mills LLC")

    assert petitions("1888 mills") == petitions("1888") == ["1"]
    assert petitions("18.88") == []


@pytest.mark.parametrize("typed", ['"', "🙂", "()*", "84138100401", "\x00"])
def test_signs_alone_find_nothing(typed: str) -> None:
    make_public(1)
    assert petitions(typed) == ["1"] * (typed == "\x00")  # nothing that could be seen was typed


def exclusions(typed: str) -> set[str]:
    return {exclusion.reference for exclusion in registry(words=typed)}


def test_exclusions_are_found_by_whole_words_in_any_form_and_by_number() -> None:
    pumps = make_exclusion("L1-8413810040-000001", "Breast pumps, hand/foot operated")
    make_exclusion("L1-8413810040-000002", "Pumpkins, frozen")

    assert exclusions("pump") == exclusions("PUMPS foot") == {pumps.reference}
    assert exclusions("8413.81.0040 pump") == {pumps.reference}
    assert exclusions("L1-8413810040-000001") == {pumps.reference}
    assert exclusions("8413.82") == exclusions("foot ball") == exclusions("🙂") == set()
    assert Exclusion.objects.count() == len(exclusions("8413810040"))
    assert exclusions("8413810040") == {row.reference for row in registry(hts="8413810040", as_of=date(2019, 1, 15))}
