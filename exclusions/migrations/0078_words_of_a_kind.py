"""Words of one stage or docket, at any length of the docket.

On PostgreSQL the index of the words holds stage and docket beside them: apart, those of a stage are a tenth of all.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE, INDEX = "exclusions_publicpetition", "exclusions_docket_words"
KINDS = "(ARRAY[stage::text, docket::text])"


def build(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Index the words with stage and docket, and have the database count these."""
    _index(schema_editor, f"words, {KINDS}")


def tear_down(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Index the words alone."""
    _index(schema_editor, "words")


def _index(schema_editor: BaseDatabaseSchemaEditor, what: str) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX {INDEX}", None)
        schema_editor.execute(f"CREATE INDEX {INDEX} ON {TABLE} USING gin ({what})", None)
        schema_editor.execute(f"ANALYZE {TABLE}", None)


class Migration(migrations.Migration):
    dependencies = [("exclusions", "0077_like_cases_from_an_index")]

    operations = [
        migrations.RunPython(build, tear_down),
    ]
