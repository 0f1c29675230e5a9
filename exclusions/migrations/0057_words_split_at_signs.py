"""Full-text search of exclusions' texts; words that signs join (pump/valve, a.com) are words of their own, on PostgreSQL.

SQLite's index splits at every sign already; its triggers follow as guards of the model.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

PETITIONS, TEXTS = "exclusions_publicpetition", "exclusions_exclusiontext"
COLUMNS = "reference || ' ' || organization_name || ' ' || product_name || ' ' || search_text"
SPLIT = "to_tsvector('english', translate({}, '-./:@_+~&=?#', '            '))"


def build(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the indexes in the dialect of the database at hand."""
    if schema_editor.connection.vendor != "postgresql":
        schema_editor.execute(
            f"CREATE VIRTUAL TABLE exclusions_textsearch USING fts5(text, content='{TEXTS}', content_rowid='id', "
            "tokenize='porter unicode61')",
            None,
        )
        return
    schema_editor.execute("DROP INDEX exclusions_docket_words", None)
    for name, table, columns in (
        ("exclusions_docket_words", PETITIONS, COLUMNS),
        ("exclusions_text_words", TEXTS, "text"),
    ):
        schema_editor.execute(f"CREATE INDEX {name} ON {table} USING gin (({SPLIT.format(columns)}))", None)


def tear_down(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the new index, and put back the one that was changed."""
    if schema_editor.connection.vendor != "postgresql":
        schema_editor.execute("DROP TABLE exclusions_textsearch", None)
        return
    schema_editor.execute("DROP INDEX exclusions_text_words", None)
    schema_editor.execute("DROP INDEX exclusions_docket_words", None)
    words = f"to_tsvector('english', {COLUMNS})"
    schema_editor.execute(f"CREATE INDEX exclusions_docket_words ON {PETITIONS} USING gin (({words}))", None)


class Migration(migrations.Migration):
    dependencies = [("exclusions", "0056_decisions_published_again")]

    operations = [migrations.RunPython(build, tear_down)]
