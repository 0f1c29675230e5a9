"""Facts that are asked of many numbers at once are those of each."""

from datetime import date

import pytest

from exclusions.facts.covered_day import coverage_of
from exclusions.facts.exclusions import exclusions_naming, exclusions_of
from exclusions.facts.successions import successions
from tests.factories.tariff import LIST_1, cover, exclude, follow, make_lists

pytestmark = pytest.mark.django_db

DAY = date(2020, 6, 1)


@pytest.mark.parametrize("length", [2, 30, 140])
def test_facts_of_many_numbers_are_those_of_each(length: int) -> None:
    actions = make_lists()
    for subheading in ("84138100", "84138200", "84139100"):
        cover(actions["1"], subheading, "99038801", LIST_1)
    exclude(actions["1"], "8413810040", date(2019, 1, 1), None)
    exclude(actions["1"], "84138200", date(2019, 1, 1), None, text="Pumps of eight digits")
    follow("8413810040", "8413820090")
    some = (f"{subheading}{n}" for n in range(10, 90) for subheading in ("841381", "84138100", "84138200"))
    numbers = list(dict.fromkeys(("8413810040", "8413", "8413820090", *some)))[:length]
    covered, named, followed = coverage_of(numbers, DAY), exclusions_of(numbers), successions(numbers)
    assert covered["8413810040"]
    assert len(named["8413"]) == 2
    assert followed["8413810040"][1]
    for number in numbers:
        assert covered[number] == coverage_of([number], DAY)[number]
        assert named[number] == exclusions_naming(number)
        assert followed[number] == successions([number])[number]
