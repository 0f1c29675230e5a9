"""A column among many values that are sent as one: the same rows as by a parameter each, whatever the values hold."""

import pytest

from exclusions.gateways.database.among import among
from exclusions.models import TariffAction

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("each database takes many values in a way of its own.")]
ODD = ["T1", "", "a,b", 'say "x"', "back\\slash", "{brace}", "null", "naïve 中", "two words", "it's"]


@pytest.fixture
def actions() -> list[TariffAction]:
    return TariffAction.objects.bulk_create(
        TariffAction(code=f"C{n}", name=name, citation="none", position=100) for n, name in enumerate(ODD)
    )


@pytest.mark.parametrize("name", ODD)
def test_a_text_of_any_signs_finds_itself_alone(actions: list[TariffAction], name: str) -> None:
    rows = TariffAction.objects.filter(among("name", [name, "nothing"]))
    assert [row.name for row in rows] == [name]


def test_several_values_find_the_rows_of_each(actions: list[TariffAction]) -> None:
    rows = TariffAction.objects.filter(among("name", ODD[2:6])).order_by("pk")
    assert [row.name for row in rows] == ODD[2:6]


def test_whole_numbers_and_no_values_at_all(actions: list[TariffAction]) -> None:
    keys = [action.pk for action in actions]
    assert set(TariffAction.objects.filter(among("pk", keys[:3])).values_list("pk", flat=True)) == set(keys[:3])
    assert not TariffAction.objects.filter(among("pk", [])).exists()
