"""Full-text search of the docket: a GIN index on PostgreSQL, an FTS5 table kept in step by triggers on SQLite."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

WORDS = "to_tsvector('english', reference || ' ' || organization_name || ' ' || product_name || ' ' || search_text)"
TABLE = "exclusions_publicpetition"
COLUMNS = "reference, organization_name, product_name, search_text"


def _new(prefix: str) -> str:
    return ", ".join(f"{prefix}.{column}" for column in COLUMNS.split(", "))


def build(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the index in the dialect of the database at hand."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE INDEX exclusions_docket_words ON {TABLE} USING gin (({WORDS}))", None)
        return
    insert = f"INSERT INTO exclusions_docketsearch(rowid, {COLUMNS}) VALUES (new.id, {_new('new')});"
    remove = (
        f"INSERT INTO exclusions_docketsearch(exclusions_docketsearch, rowid, {COLUMNS}) "
        f"VALUES ('delete', old.id, {_new('old')});"
    )
    for statement in (
        (
            f"CREATE VIRTUAL TABLE exclusions_docketsearch USING fts5({COLUMNS}, content='{TABLE}', "
            "content_rowid='id', tokenize='porter unicode61')"
        ),
        f"CREATE TRIGGER exclusions_docketsearch_ai AFTER INSERT ON {TABLE} BEGIN {insert} END",
        f"CREATE TRIGGER exclusions_docketsearch_ad AFTER DELETE ON {TABLE} BEGIN {remove} END",
        f"CREATE TRIGGER exclusions_docketsearch_au AFTER UPDATE OF {COLUMNS} ON {TABLE} BEGIN {remove} {insert} END",
        "INSERT INTO exclusions_docketsearch(exclusions_docketsearch) VALUES ('rebuild')",
    ):
        schema_editor.execute(statement, None)


def tear_down(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the index."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX exclusions_docket_words", None)
        return
    for suffix in ("ai", "ad", "au"):
        schema_editor.execute(f"DROP TRIGGER exclusions_docketsearch_{suffix}", None)
    schema_editor.execute("DROP TABLE exclusions_docketsearch", None)


class Migration(migrations.Migration):
    dependencies = [("exclusions", "0004_docket_version")]

    operations = [migrations.RunPython(build, tear_down)]
