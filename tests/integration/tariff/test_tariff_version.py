"""Every change of what a look-up reads renews the stamp, by whatever hand, so that nothing cached is stale."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, models
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from exclusions.hts import parse
from exclusions.models import (
    ActionRate,
    CoveredLine,
    Exclusion,
    ExclusionNumber,
    ExclusionTerm,
    ExclusionText,
    HtsEdition,
    LineSuccession,
    LookedForNotices,
    Round,
    TariffAction,
    TariffLine,
    TariffVersion,
)
from exclusions.queries.lookup.number.number_facts import number_facts
from tests.factories.facts import make_action, make_round
from tests.factories.tariff import LIST_1, cover, exclude, follow, make_edition, make_lists
from tests.opened import opened

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Triggers and, here alone, Redis keep the stamp.")]

WATCHED = [
    HtsEdition,
    TariffLine,
    LineSuccession,
    LookedForNotices,
    TariffAction,
    ActionRate,
    CoveredLine,
    Exclusion,
    ExclusionText,
    ExclusionNumber,
    ExclusionTerm,
    Round,
    Round.actions.through,
]
PUMP = parse("8413.81.0040")
NOW = date(2026, 5, 1)


@pytest.fixture
def _everything() -> None:
    """Make a row in each table that a look-up reads."""
    make_edition(date(2026, 1, 1), ("8413810040", "Pumps"))
    action = make_lists()["1"]
    cover(action, "84138100", "99038801", LIST_1)
    exclude(action, "8413810040", LIST_1, None)
    follow("8413810010", "8413810040")
    make_round()
    LookedForNotices.objects.create(until=NOW, looked_at=datetime(2026, 5, 1, tzinfo=ZoneInfo("UTC")))


def _pointing_at(model: type[models.Model]) -> list[str]:
    """The tables whose rows have to go before a row of the model can, the farthest first."""
    children = [other for other in reversed(WATCHED) if other is not model and _points(other, model)]
    return [table for child in children for table in (*_pointing_at(child), child._meta.db_table)]


def _points(child: type[models.Model], model: type[models.Model]) -> bool:
    return any(field.related_model is model for field in child._meta.local_concrete_fields)


@pytest.mark.usefixtures("_everything")
@pytest.mark.parametrize("model", WATCHED, ids=lambda model: model.__name__)
def test_rows_inserted_changed_or_deleted_renew_the_stamp(model: type[models.Model]) -> None:
    with opened(Exclusion, ExclusionText, ExclusionNumber, ExclusionTerm, LookedForNotices):
        _renews_the_stamp(model)


def _renews_the_stamp(model: type[models.Model]) -> None:
    rows = model._default_manager.order_by("pk")
    row = rows.values().first()
    assert row is not None
    stamps = [TariffVersion.current()]
    rows.filter(pk=row["id"]).update(id=F("id"))
    stamps.append(TariffVersion.current())
    with connection.cursor() as cursor, connection.constraint_checks_disabled():
        columns = ", ".join(connection.ops.quote_name(field.column) for field in model._meta.local_concrete_fields)
        table = connection.ops.quote_name(model._meta.db_table)
        cursor.execute(f"CREATE TEMPORARY TABLE kept AS SELECT {columns} FROM {table} WHERE id = %s", [row["id"]])
        for child in _pointing_at(model):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(child)}")
        before = TariffVersion.current()
        cursor.execute(f"DELETE FROM {table} WHERE id = %s", [row["id"]])
        stamps.append(TariffVersion.current())
        assert stamps[-1] != before
        cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM kept")
        stamps.append(TariffVersion.current())
    assert len(set(stamps)) == 4
    assert all(stamps)


def test_looked_up_again_only_the_stamp_is_read(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make_edition(date(2026, 1, 1), ("8413810040", "Pumps"))
    first = number_facts(PUMP, NOW)
    with django_assert_num_queries(1):
        assert number_facts(PUMP, NOW) == first


def test_change_shows_at_once() -> None:
    make_edition(date(2026, 1, 1), ("8413810040", "Pumps"))
    assert number_facts(PUMP, NOW).coverage == []
    actions = make_lists()
    line = cover(actions["1"], "84138100", "99038801", LIST_1)
    assert [item.list_code for item in number_facts(PUMP, NOW).coverage] == ["1"]
    ActionRate.objects.filter(heading="99038801").update(pct=30)
    assert [item.rate_pct for item in number_facts(PUMP, NOW).coverage] == [30]
    line.delete()
    assert number_facts(PUMP, NOW).coverage == []


def test_closing_a_round_shows_at_once() -> None:
    round_ = make_round()
    slab, day = parse("6810.99.0010"), date(2019, 7, 8)
    assert number_facts(slab, day).open_rounds
    round_.closes_at = datetime(2019, 7, 1, 12, tzinfo=ZoneInfo("America/New_York"))
    round_.save()
    assert not number_facts(slab, day).open_rounds


def test_without_a_stamp_nothing_is_kept() -> None:
    make_edition(date(2026, 1, 1), ("8413810040", "Pumps"))
    TariffVersion.objects.all().delete()
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert number_facts(PUMP, NOW).exists
        assert len(captured) > 1


def test_lost_stamp_comes_back_with_the_next_change() -> None:
    TariffVersion.objects.all().delete()
    follow("8413810010", "8413810040")
    assert TariffVersion.current()


def test_insert_that_ignores_conflicts_renews_the_stamp_too() -> None:
    round_, action = make_round(), make_action("1", heading="99038801", number="84138100")
    before = TariffVersion.current()
    round_.actions.add(action)  # an INSERT OR IGNORE
    assert TariffVersion.current() != before
