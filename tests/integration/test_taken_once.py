"""Steps that a process takes once: whoever is given what one wrote has what the actions would have written."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from exclusions.models import Organization, Round, User
from exclusions.workflow.states import Status
from tests.factories.desk.ways import PATHS
from tests.factories.people import make_organization
from tests.factories.petitions import Journey
from tests.taken_once import TRAIL

pytestmark = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL counts on after a rollback")
Start = Callable[..., Journey]
DRAWN = "exclusions_tariffversion"


@pytest.fixture(autouse=True)
def nothing_kept(cast: dict[str, User], list3: Round) -> Iterator[None]:
    """Start where nobody took a step."""
    kept, TRAIL.kept = TRAIL.kept, {}
    yield
    TRAIL.kept = kept


def every_row() -> dict[str, list[Any]]:
    """Return all that the database holds, but for the stamp that a trigger of its own draws by lot."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted({*connection.introspection.table_names(cursor)} - {DRAWN}):
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
            found[table] = cursor.fetchall()
    return found


def everything(folder: Path, case: Journey) -> tuple[Any, ...]:
    """Return rows, files, and what waits for the end of the transaction."""
    files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    unsealed = {model: keys for model, keys in connection.unsealed.items() if keys}
    petition = {name: value for name, value in vars(case.petition).items() if not name.startswith("_")}
    return every_row(), files, unsealed, len(connection.run_on_commit), case.at, petition


@pytest.mark.parametrize("status", [Status.PUBLISHED, Status.DENIED])
def test_who_is_given_what_a_way_wrote_has_what_the_actions_wrote(
    journey: Start, settings: Any, tmp_path: Path, status: Status
) -> None:
    found = []
    for number in range(2):
        settings.MEDIA_ROOT = str(tmp_path / str(number))
        settings.STORAGE_URL = Path(settings.MEDIA_ROOT).as_uri()
        settings.STORAGES = {**settings.STORAGES, "files": settings.STORAGES["files"]}
        with transaction.atomic():
            TRAIL.begin("cast")
            case = journey("deny" if status == Status.DENIED else "grant")
            case.take(*PATHS[status])
            found.append(everything(Path(settings.MEDIA_ROOT), case))
            transaction.set_rollback(True)
        connection.unsealed.clear()
        connection.run_on_commit.clear()
    assert len(TRAIL.kept) == 1 + len(PATHS[status])
    taken, given = found
    assert {table: rows for table, rows in given[0].items() if rows != taken[0][table]} == {}
    assert given == taken
    assert taken[0]["exclusions_petition"]
    tables = {model._meta.db_table for model in apps.get_app_config("exclusions").get_models()}
    assert set(taken[0]) > tables - {DRAWN}


def ways() -> dict[str, Callable[[Any], object]]:
    """Return what a test may do before its step that makes another step of it."""

    def undo(settings: Any) -> None:
        with transaction.atomic():
            make_organization("Never")
            transaction.set_rollback(True)

    def open_a_table(settings: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER exclusions_event_no_delete")

    return {
        "it wrote a row": lambda settings: make_organization("Of the test"),
        "it went back to a savepoint": undo,
        "it opened a table": open_a_table,
        "it has a setting of its own": lambda settings: setattr(settings, "STAFF_SECOND_FACTOR", True),
        "it keeps files elsewhere": lambda settings: setattr(settings, "STORAGE_URL", "s3://bucket"),
    }


def runs(step: str, times: list[int]) -> Any:
    """Take a step; note that it was taken."""

    def take() -> int:
        times.append(1)
        return int(make_organization("Of the step").pk)

    return TRAIL.once(step, take)


def test_the_same_step_from_the_same_state_is_taken_once() -> None:
    times: list[int] = []
    made = []
    for _ in range(2):
        with transaction.atomic():
            TRAIL.begin("cast")
            made.append(runs("step", times))
            assert Organization.objects.filter(pk=made[0][0], legal_name="Of the step").exists()
            transaction.set_rollback(True)
    assert made == [(made[0][0], False), (made[0][0], True)]
    assert times == [1]


@pytest.mark.parametrize("way", ways())
def test_from_another_state_it_is_taken_again(settings: Any, way: str) -> None:
    times: list[int] = []
    for before in (lambda settings: None, ways()[way]):
        with transaction.atomic():
            TRAIL.begin("cast")
            before(settings)
            runs("step", times)
            transaction.set_rollback(True)
    assert times == [1, 1]


def test_it_is_taken_again_under_the_eyes_of_who_counts_statements() -> None:
    times: list[int] = []
    for _ in range(2):
        with transaction.atomic(), CaptureQueriesContext(connection) as sent:
            TRAIL.begin("cast")
            runs("step", times)
            transaction.set_rollback(True)
        assert any("INSERT" in one["sql"] for one in sent)
    assert times == [1, 1]


def test_another_step_is_taken(clock: Any) -> None:
    times: list[int] = []
    for step, hours in (("step", 0), ("another", 0), ("step", 1), ("step", -1)):
        clock.shift(hours=hours)
        with transaction.atomic():
            TRAIL.begin("cast")
            runs(step, times)
            transaction.set_rollback(True)
    assert len(times) == 3, "the last one is the first, at the same moment"
