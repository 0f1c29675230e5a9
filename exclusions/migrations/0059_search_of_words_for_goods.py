"""Full-text search of the evidence: GIN indexes on PostgreSQL, FTS5 tables kept in step by triggers on SQLite."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

INDEXES = (
    ("exclusions_evidencesearch", "exclusions_evidence", "kind, terms", "terms"),
    ("exclusions_goodswordsearch", "exclusions_goodsword", "letters", "letters"),
)


def build(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the indexes in the dialect of the database at hand; the triggers follow as guards of the models.

    The stems are made before they are stored, so that neither database has a say in them. On PostgreSQL the vector is
    a generated column: to make it anew for each row that is ranked would cost more than the ranking.
    """
    for index, table, columns, column in INDEXES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"ALTER TABLE {table} ADD COLUMN vector tsvector "
                f"GENERATED ALWAYS AS (to_tsvector('simple', {column})) STORED",
                None,
            )
            schema_editor.execute(f"CREATE INDEX {index} ON {table} USING gin (vector)", None)
        else:
            schema_editor.execute(
                f"CREATE VIRTUAL TABLE {index} USING fts5({columns}, content='{table}', content_rowid='id', "
                "tokenize='unicode61')",
                None,
            )


def tear_down(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the indexes."""
    for index, table, _, _ in INDEXES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"ALTER TABLE {table} DROP COLUMN vector", None)
        else:
            schema_editor.execute(f"DROP TABLE {index}", None)


class Migration(migrations.Migration):
    dependencies = [("exclusions", "0058_words_for_goods")]

    operations = [migrations.RunPython(build, tear_down)]
