"""Rows asked by many keys at once, with a statement that is made once for so many: the same rows as one by one."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exclusions.facts.covered_day import coverage_of
from exclusions.facts.exclusions import exclusions_naming, exclusions_of
from exclusions.facts.successions import successions
from exclusions.gateways.database.prepared import PreparedMany
from exclusions.models import TariffAction
from tests.factories.tariff import LIST_1, cover, exclude, follow, make_lists

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("the statements are prepared on PostgreSQL alone.")]

DAY = date(2020, 6, 1)
WANTED = PreparedMany(
    lambda keys, beside: (
        TariffAction.objects.filter(code__in=[code for (code,) in keys])
        .exclude(code=beside)
        .order_by("code")
        .values_list("code", "name")
    ),
    (2, 4),
    lambda n: (f"{n}",),
    ("a",),
    ("b",),
)


@pytest.fixture
def codes() -> list[str]:
    found = [f"T{n}" for n in range(7)]
    TariffAction.objects.bulk_create(
        TariffAction(code=code, name=f"Action {code}", citation="none", position=100) for code in found
    )
    return found


@pytest.mark.parametrize("number", [0, 1, 2, 3, 4, 5, 7])
def test_however_many_keys_there_are_their_rows_are_found_each_once_with_one_statement(
    codes: list[str], number: int
) -> None:
    for _ in range(2):  # the second time with the statement that was kept
        with CaptureQueriesContext(connection) as asked:
            rows = WANTED.tuples([(code,) for code in codes[:number]], "T1")
        assert rows == [(code, f"Action {code}") for code in codes[:number] if code != "T1"]
        assert len(asked) == (1 if number else 0)


def test_keys_that_no_row_has_find_none(codes: list[str]) -> None:
    assert WANTED.tuples([("none",), ("T2",)], "T1") == [("T2", "Action T2")]


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
