"""What the registry's page finds by a statement that was put together once is what its filters leave."""

from datetime import date
from itertools import product

import pytest
from django.db import connection

from exclusions.queries.answers.registry.chosen import Narrowing, chosen_keys
from exclusions.queries.public.registry import registry
from tests.factories.tariff import LIST_1, exclude, make_lists

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Words and days are sent to each in its own way.")]
WORDS = ("", "pump", "Valves  of STEEL", "l1-", "100%", "_", "pump 8413", "8413.81", "!", "USTR-2018", "oneword")


def found(narrowing: Narrowing) -> list[int]:
    chosen = chosen_keys(narrowing)
    with connection.cursor() as cursor:
        cursor.execute(chosen.sql, chosen.values)
        return sorted(row[0] for row in cursor.fetchall())


def test_each_set_of_filters_finds_what_django_asks_for() -> None:
    list_1 = make_lists()["1"]
    exclude(list_1, "8413810040", LIST_1, date(2019, 12, 31), text="Pumps, one word")
    exclude(list_1, "8481801030", date(2019, 9, 1), None, text="Valves of steel")
    exclude(list_1, "8481801030", LIST_1, None, text="Steel valves, 100% new")
    seen = set()
    days = (None, date(2019, 8, 1))
    for hts, action, heading, day, words in product(("", "8413"), ("", "a-list"), ("", "99038806"), days, WORDS):
        narrowing = Narrowing(hts=hts, action=action, heading=heading, as_of=day, words=words)
        expected = sorted(registry(**narrowing).values_list("pk", flat=True))
        assert found(narrowing) == expected, narrowing
        seen.add(tuple(expected))
    assert len(seen) > 4
