"""Full-text search of the case store: a GIN index on PostgreSQL, an FTS5 table kept in step by triggers on SQLite."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE, INDEX = "exclusions_storedcase", "exclusions_storedsearch"
WORDS = "to_tsvector('english', replace(reference, '-', ' ') || ' ' || requester || ' ' || words)"
COLUMNS = "reference, requester, words"


def build(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the index in the dialect of the database at hand; the triggers follow as guards of the model."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE INDEX exclusions_stored_words ON {TABLE} USING gin (({WORDS}))", None)
        return
    schema_editor.execute(
        f"CREATE VIRTUAL TABLE {INDEX} USING fts5({COLUMNS}, content='{TABLE}', content_rowid='id', "
        "tokenize='porter unicode61')",
        None,
    )


def tear_down(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the index."""
    dropped = "INDEX exclusions_stored_words" if schema_editor.connection.vendor == "postgresql" else f"TABLE {INDEX}"
    schema_editor.execute(f"DROP {dropped}", None)


class Migration(migrations.Migration):
    dependencies = [("exclusions", "0033_case_store")]

    operations = [migrations.RunPython(build, tear_down)]
