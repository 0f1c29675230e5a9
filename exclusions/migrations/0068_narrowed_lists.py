"""Lists that are narrowed, at any length: a docket with a stage in the list's own order, and words of the schedule.

The words are found by their parts on PostgreSQL, where the server has pg_trgm (`docket_lists` brought it in if it could).
"""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

INDEX = "exclusions_tariff_words"


def build(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Index the words of the schedule's lines by their parts."""
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        if not cursor.fetchone():
            return
    parts = "gin (upper(full_description) gin_trgm_ops)"
    schema_editor.execute(f"CREATE INDEX {INDEX} ON exclusions_tariffline USING {parts}", None)


def tear_down(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop that index."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {INDEX}", None)


class Migration(migrations.Migration):
    dependencies = [("exclusions", "0067_public_questions")]

    operations = [
        migrations.AddIndex(
            model_name="publicpetition",
            index=models.Index(fields=["docket", "-posted_on", "-reference"], name="public_petition_docket"),
        ),
        migrations.AddIndex(
            model_name="publicpetition",
            index=models.Index(fields=["docket", "stage", "-posted_on", "-reference"], name="public_petition_kind"),
        ),
        migrations.RunPython(build, tear_down),
    ]
