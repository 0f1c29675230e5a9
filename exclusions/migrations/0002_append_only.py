"""The database itself refuses to change or delete what must stand: events, decisions, sealed versions, the access log."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

APPEND_ONLY = ("exclusions_event", "exclusions_decision", "exclusions_accesslog", "exclusions_finding")
VERSION = "exclusions_petitionversion"


def guard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers, in the dialect of the database at hand."""

    def run(sql: str) -> None:
        schema_editor.execute(sql, None)

    if schema_editor.connection.vendor == "postgresql":
        run(
            "CREATE FUNCTION exclusions_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; "
            "END $$"
        )
        for table in APPEND_ONLY:
            run(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION exclusions_refuse()"
            )
        run(
            f"CREATE TRIGGER {VERSION}_sealed BEFORE UPDATE OR DELETE ON {VERSION} FOR EACH ROW "
            "WHEN (OLD.sealed_at IS NOT NULL) EXECUTE FUNCTION exclusions_refuse()"
        )
        return
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            run(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
    for verb in ("UPDATE", "DELETE"):
        run(
            f"CREATE TRIGGER {VERSION}_no_{verb.lower()} BEFORE {verb} ON {VERSION} WHEN OLD.sealed_at IS NOT NULL "
            f"BEGIN SELECT RAISE(ABORT, '{VERSION} is sealed'); END"
        )


def unguard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers."""

    def run(sql: str) -> None:
        schema_editor.execute(sql, None)

    if schema_editor.connection.vendor == "postgresql":
        run("DROP FUNCTION exclusions_refuse() CASCADE")
        return
    for table in (*APPEND_ONLY, VERSION):
        for verb in ("update", "delete"):
            run(f"DROP TRIGGER {table}_no_{verb}")


class Migration(migrations.Migration):
    dependencies = [("exclusions", "0001_initial")]

    operations = [migrations.RunPython(guard, unguard)]
