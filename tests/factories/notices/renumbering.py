"""An edition that retires a number on which a list stands, and nothing else of the world."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from exclusions.models import HtsEdition, TariffLine
from tests.factories.tariff import MADE, cover
from tests.factories.world import World

OLD, NEW = "68109901", "68109902"


def renumbered(world: World) -> Mapping[str, Any]:
    """Name the edition; it is made where it is not there yet."""
    name = "2019 renumbered"
    found = HtsEdition.objects.filter(name=name).first()
    if found is None:
        for day, called in ((date(2018, 1, 2), "2018 before it"), (date(2019, 1, 1), name)):
            found = HtsEdition.objects.create(
                name=called, valid_from=day, source="test", sha256="0" * 64, row_count=1, loaded_at=MADE
            )
        first, last = date(2018, 1, 1), date(2018, 12, 31)
        for number, start, end in ((OLD, first, last), (NEW, date(2019, 1, 1), None)):
            TariffLine.objects.create(
                number=number,
                level=8,
                position=1,
                description="Tiles",
                full_description="Tiles",
                valid_from=start,
                valid_to=end,
            )
        cover(world.level1.round.actions.all()[0], OLD, "99038803", date(2018, 9, 24))
    assert found is not None
    return {"edition_id": found.pk}


def renumbered_number(world: World) -> Mapping[str, Any]:
    """Name the retired number in it."""
    return {**renumbered(world), "number": OLD}
