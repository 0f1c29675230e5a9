"""The docket is counted by the clock (`CountedFigures`): the triggers that kept tallies of it go, and their tables."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FUNCTIONS = ("exclusions_tally_docket", "exclusions_tally_days")
TRIGGERS = [
    f"exclusions_publicpetition_{called}_{verb}"
    for called in ("tally", "days")
    for verb in ("insert", "update", "delete")
]


def drop(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers; on PostgreSQL they go with the functions that they call."""
    if schema_editor.connection.vendor == "postgresql":
        for function in FUNCTIONS:
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {function}() CASCADE", None)
        return
    for trigger in TRIGGERS:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {trigger}", None)


class Migration(migrations.Migration):
    serving = "must stop: the version before asks the tallies, and its triggers write them."
    dependencies = [("exclusions", "0001_squashed_0101")]

    operations = [
        migrations.RunPython(drop, migrations.RunPython.noop),
        migrations.DeleteModel("DocketDay"),
        migrations.DeleteModel("DocketTally"),
    ]
