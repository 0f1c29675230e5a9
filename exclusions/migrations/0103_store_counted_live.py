"""Cases around one are counted on indexes, as their page is made: the triggers that kept a tally of the store go."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FUNCTION = "exclusions_tally_store"
TRIGGERS = [f"exclusions_storedcase_tally_{verb}" for verb in ("insert", "update", "delete")]


def drop(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers; on PostgreSQL they go with the function that they call."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {FUNCTION}() CASCADE", None)
        return
    for trigger in TRIGGERS:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {trigger}", None)


class Migration(migrations.Migration):
    serving = "must stop: the version before asks the tally, and its triggers write it."
    dependencies = [("exclusions", "0102_docket_counted_ahead")]

    operations = [
        migrations.RunPython(drop, migrations.RunPython.noop),
        migrations.DeleteModel("StoredTally"),
        migrations.AddIndex(
            "storedcase",
            models.Index(
                fields=["hts10"],
                include=("outcome", "kind", "organization", "requester_key"),
                name="stored_case_of_number",
            ),
        ),
        migrations.AddIndex(
            "storedcase",
            models.Index(
                fields=["requester_key"],
                include=("outcome", "kind", "hts10", "organization"),
                name="stored_case_of_requester",
            ),
        ),
        migrations.AddIndex(
            "storedcase",
            models.Index(
                fields=["organization"],
                include=("outcome", "kind", "hts10", "requester_key"),
                name="stored_case_of_organization",
            ),
        ),
    ]
