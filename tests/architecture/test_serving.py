"""Each migration says whether the version before may go on serving; one that says so does nothing that hinders it."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.apps import apps
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader

from exclusions.gateways.database.serving import LANDED, MAY_GO_ON, MUST_STOP, declared
from exclusions.models import seals

OURS = {
    name: migration
    for (app, name), migration in MigrationLoader(None).disk_migrations.items()  # type: ignore[union-attr]
    if app == "exclusions"
}


def flat(operations: Sequence[Any]) -> Iterator[Any]:
    """Yield what operations do to the database."""
    for operation in operations:
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            yield from flat(operation.database_operations)
        else:
            yield operation


def hindrances(migration: migrations.Migration) -> list[str]:
    """Return what a version that does not know a migration would stumble over, in words."""
    found, made = [], set()
    for one in flat(migration.operations):
        name = type(one).__name__
        model = str(getattr(one, "model_name", "")).lower()
        if isinstance(one, migrations.CreateModel):
            made.add(one.name.lower())
        elif model in made or isinstance(one, HARMLESS):
            continue
        elif isinstance(one, migrations.AddField):
            found += [f"{name} {model}.{one.name}: {why}" for why in hinders(model, one.field)]
        else:  # a column or table that goes takes two versions: the first no longer asks for it, the second drops it
            found.append(f"{name} {model or getattr(one, 'name', '')}")
    return found


HARMLESS = (migrations.AddIndex, migrations.RemoveIndex, migrations.RenameIndex, migrations.AlterModelOptions,
            migrations.RemoveConstraint, migrations.AlterModelManagers)  # fmt: skip


def hinders(model: str, field: "models.Field[Any, Any]") -> Iterator[str]:
    """Yield why a new column hinders who does not know it."""
    if not field.null and field.db_default is models.NOT_PROVIDED and not field.many_to_many:
        yield "rows without it are refused: give it a db_default"
    if seals.is_sealed(apps.get_model("exclusions", model)):
        yield "the version before seals the row without it"


def test_each_migration_says_whether_the_version_before_may_go_on_serving() -> None:
    said = {name: declared(migration) for name, migration in OURS.items()}
    assert {name for name, words in said.items() if not words.startswith((MAY_GO_ON, MUST_STOP))} == set()
    assert all(len(words) > len(MAY_GO_ON) + 10 for words in said.values())
    assert LANDED.keys() <= OURS.keys()


def test_none_says_that_it_may_and_hinders_it() -> None:
    wrong = {
        name: found
        for name, migration in OURS.items()
        if name not in LANDED and declared(migration).startswith(MAY_GO_ON) and (found := hindrances(migration))
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("operation", "said"),
    [
        (migrations.RemoveField("document", "pictures"), ["RemoveField document"]),
        (migrations.RenameField("document", "pictures", "images"), ["RenameField document"]),
        (migrations.DeleteModel("Document"), ["DeleteModel Document"]),
        (migrations.AddField("notification", "x", models.CharField(max_length=9, default="")),
         ["AddField notification.x: rows without it are refused: give it a db_default"]),
        (migrations.AddField("notification", "x", models.CharField(max_length=9, default="", db_default="")), []),
        (migrations.AddField("document", "x", models.IntegerField(null=True)),
         ["AddField document.x: the version before seals the row without it"]),
        (migrations.CreateModel("Thing", [("id", models.BigAutoField(primary_key=True))]), []),
        (migrations.RunPython(migrations.RunPython.noop), ["RunPython "]),
    ],
)  # fmt: skip
def test_what_hinders_is_seen(operation: Any, said: list[str]) -> None:
    migration = migrations.Migration("0999_planted", "exclusions")
    migration.operations = [operation]
    assert hindrances(migration) == said
    assert declared(migration) == ""
