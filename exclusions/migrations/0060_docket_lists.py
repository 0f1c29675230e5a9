"""The docket's list at any length: words kept beside the row, parts of names by trigrams, an order by organization.

On PostgreSQL alone: SQLite finds words by its FTS5 table. Where the server has no pg_trgm, or this role may not bring
it in, a part of an organization's name is looked for row by row, as before.
"""

from django.apps.registry import Apps
from django.db import DatabaseError, migrations, models, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "exclusions_publicpetition"
COLUMNS = "reference || ' ' || organization_name || ' ' || product_name || ' ' || search_text"
WORDS = f"to_tsvector('english', translate({COLUMNS}, '-./:@_+~&=?#', '            '))"


def build(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Keep the words, index them, and index the organizations' names by their parts."""
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    for statement in (
        "DROP INDEX exclusions_docket_words",
        f"ALTER TABLE {TABLE} ADD COLUMN words tsvector GENERATED ALWAYS AS ({WORDS}) STORED",
        # How common a word is decides how it is looked for; the usual hundred words are too few to know.
        f"ALTER TABLE {TABLE} ALTER COLUMN words SET STATISTICS 1000",
        f"CREATE INDEX exclusions_docket_words ON {TABLE} USING gin (words)",
    ):
        schema_editor.execute(statement, None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'")
        if not cursor.fetchone():
            return
        try:
            with transaction.atomic(using=connection.alias):
                cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        except DatabaseError:
            return
    parts = "gin (upper(organization_name) gin_trgm_ops)"
    schema_editor.execute(f"CREATE INDEX exclusions_docket_organizations ON {TABLE} USING {parts}", None)


def tear_down(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Index the words as before."""
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("DROP INDEX IF EXISTS exclusions_docket_organizations", None)
    schema_editor.execute(f"ALTER TABLE {TABLE} DROP COLUMN words", None)
    schema_editor.execute(f"CREATE INDEX exclusions_docket_words ON {TABLE} USING gin (({WORDS}))", None)


class Migration(migrations.Migration):
    dependencies = [("exclusions", "0059_search_of_words_for_goods")]

    operations = [
        migrations.AddIndex(
            model_name="publicpetition",
            index=models.Index(fields=["organization_name", "reference"], name="public_petition_organization"),
        ),
        migrations.RunPython(build, tear_down),
    ]
