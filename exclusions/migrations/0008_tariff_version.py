"""A stamp that the database itself renews with every change of the tariff, so that what is cached can tell its age."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

STAMP = "exclusions_tariffversion"
WATCHED = (
    "exclusions_htsedition",
    "exclusions_tariffline",
    "exclusions_linesuccession",
    "exclusions_tariffaction",
    "exclusions_actionrate",
    "exclusions_coveredline",
    "exclusions_exclusion",
    "exclusions_exclusiontext",
    "exclusions_exclusionnumber",
    "exclusions_exclusionterm",
    "exclusions_round",
    "exclusions_round_actions",
)


def watch(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the stamp in its row and renew it by triggers, in the dialect of the database at hand."""

    def run(sql: str) -> None:
        schema_editor.execute(sql, None)

    if schema_editor.connection.vendor == "postgresql":
        renew = (
            f"INSERT INTO {STAMP} (id, stamp) VALUES (1, gen_random_uuid()::text) "
            "ON CONFLICT (id) DO UPDATE SET stamp = EXCLUDED.stamp"
        )
        run(renew)
        run(
            "CREATE FUNCTION exclusions_stamp_tariff() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"{renew}; RETURN NULL; END $$"
        )
        for table in WATCHED:
            run(
                f"CREATE TRIGGER {table}_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION exclusions_stamp_tariff()"
            )
        return
    # Not INSERT OR REPLACE: within a trigger, an outer INSERT OR IGNORE would turn it into an ignored insert.
    renew = f"DELETE FROM {STAMP}; INSERT INTO {STAMP} (id, stamp) VALUES (1, lower(hex(randomblob(16))))"
    run(f"INSERT INTO {STAMP} (id, stamp) VALUES (1, lower(hex(randomblob(16))))")
    for table in WATCHED:
        for verb in ("INSERT", "UPDATE", "DELETE"):
            run(f"CREATE TRIGGER {table}_stamp_{verb.lower()} AFTER {verb} ON {table} BEGIN {renew}; END")


def unwatch(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers."""

    def run(sql: str) -> None:
        schema_editor.execute(sql, None)

    if schema_editor.connection.vendor == "postgresql":
        run("DROP FUNCTION exclusions_stamp_tariff() CASCADE")
        return
    for table in WATCHED:
        for verb in ("insert", "update", "delete"):
            run(f"DROP TRIGGER {table}_stamp_{verb}")


class Migration(migrations.Migration):
    dependencies = [("exclusions", "0007_reply_documents")]

    operations = [
        migrations.CreateModel(
            name="TariffVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stamp", models.CharField(max_length=36)),
            ],
        ),
        migrations.RunPython(watch, unwatch),
    ]
