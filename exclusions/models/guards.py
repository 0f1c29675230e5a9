"""What the database itself keeps: triggers, declared beside the tables and put back after every migrate.

A model names its guards in a class attribute, `guards`. They are not left to a migration, because SQLite makes a table
anew for most alterations and drops its triggers without a word. `install` compares what is declared with what the
database has, so it may be called again and again; `exclusions.apps` calls it after each migrate, on either database.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol

from django.apps import apps
from django.db import connections, models, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration
from django.db.migrations.recorder import MigrationRecorder

from exclusions.models import seals

POSTGRESQL = "postgresql"
REFUSE, STAMP = "exclusions_refuse", "exclusions_stamp_tariff"
FREEZE_ROUND, FREEZE_LISTS = "exclusions_freeze_round", "exclusions_freeze_lists"
STAMP_TABLE = "exclusions_tariffversion"
RENEW_ON_POSTGRESQL = (
    f"INSERT INTO {STAMP_TABLE} (id, stamp) VALUES (1, gen_random_uuid()::text) "
    "ON CONFLICT (id) DO UPDATE SET stamp = EXCLUDED.stamp"
)
# Not INSERT OR REPLACE: within a trigger, an outer INSERT OR IGNORE would turn it into an ignored insert.
RENEW_ON_SQLITE = (
    f"DELETE FROM {STAMP_TABLE}; INSERT INTO {STAMP_TABLE} (id, stamp) VALUES (1, lower(hex(randomblob(16))))"
)

# What an order (`RoundOrder`) moves on a round, and what says that a round is frozen: a petition was filed in it.
MOVED_BY_ORDER = ("opens_at", "closes_at", "responses_until", "paused_since", "clocks_stand")
FILED_IN = (
    "(EXISTS (SELECT 1 FROM exclusions_petition WHERE round_id = {0} AND status <> 'draft')"
    " OR EXISTS (SELECT 1 FROM exclusions_publicpetition WHERE round_id = {0}))"
)


def _state(row: str) -> str:
    return "(" + ", ".join(f"{row}{name}" for name in MOVED_BY_ORDER) + ")"


_LAST_ORDER = (
    "SELECT 1 FROM exclusions_roundorder WHERE id = (SELECT max(id) FROM exclusions_roundorder WHERE slug = NEW.slug)"
    f" AND {_state('')} IS NOT DISTINCT FROM {_state('NEW.')}"
)
_MOVED = ", ".join(f"'{name}'" for name in ("superseded_at", *MOVED_BY_ORDER))
_FROZEN = """RAISE EXCEPTION '% is frozen: a petition was filed in the round', TG_TABLE_NAME
USING ERRCODE = 'integrity_constraint_violation'; END """
# The functions that triggers call on PostgreSQL, and what each does.
BODIES = {
    REFUSE: " BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME "
    "USING ERRCODE = 'integrity_constraint_violation'; END ",
    STAMP: f" BEGIN {RENEW_ON_POSTGRESQL}; RETURN NULL; END ",
    FREEZE_ROUND: f" BEGIN IF NOT {FILED_IN.format('OLD.id')} THEN "
    "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END IF; "
    f"IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - ARRAY[{_MOVED}] = to_jsonb(NEW) - ARRAY[{_MOVED}] "
    "AND (OLD.superseded_at IS NULL OR OLD.superseded_at = NEW.superseded_at) "
    f"AND ({_state('OLD.')} IS NOT DISTINCT FROM {_state('NEW.')} OR EXISTS ({_LAST_ORDER})) "
    f"THEN RETURN NEW; END IF; {_FROZEN}",
    FREEZE_LISTS: f" BEGIN IF (TG_OP <> 'INSERT' AND {FILED_IN.format('OLD.round_id')}) "
    f"OR (TG_OP <> 'DELETE' AND {FILED_IN.format('NEW.round_id')}) THEN {_FROZEN.removesuffix('END ')}END IF; "
    "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END ",
}
MADE = "CREATE OR REPLACE FUNCTION {}() RETURNS trigger LANGUAGE plpgsql AS $${}$$"
FUNCTIONS = tuple(MADE.format(*function) for function in BODIES.items())

ON_SQLITE = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'exclusions%'"
ON_POSTGRESQL = f"""
    SELECT tgname, relname, CASE tgenabled WHEN 'O' THEN coalesce(obj_description(pg_trigger.oid, 'pg_trigger'), '')
                            ELSE '' END
    FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid
    WHERE NOT tgisinternal AND proname IN ({", ".join(f"'{name}'" for name in BODIES)}) AND pg_table_is_visible(tgrelid)
"""
# What PostgreSQL does itself, whatever the comment says: it may have been left standing when the trigger was rewritten.
DEFINED = """
    SELECT tgname, pg_get_triggerdef(pg_trigger.oid, true) FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
    WHERE NOT tgisinternal AND tgenabled = 'O' AND pg_table_is_visible(tgrelid)
"""


@dataclass(frozen=True)
class Trigger:
    """One trigger as it is created; the database keeps the text, and the next `install` compares it."""

    name: str
    table: str
    sql: str


class Guard(Protocol):
    """What a model may name in `guards`."""

    def triggers(self, model: type[models.Model], vendor: str) -> Iterator[Trigger]:
        """Return the triggers of the model in the dialect of the database."""

    def after(self, vendor: str) -> Sequence[str]:
        """Return what makes good the changes that a missing trigger did not see."""


@dataclass(frozen=True)
class AppendOnly:
    """Rows are added, never rewritten and never deleted: the database refuses, in whatever way it is asked.

    `once` names a column: a row is guarded as soon as it is filled. `but` names the columns that may be written later,
    such as the end of a period.
    """

    once: str = ""
    but: Sequence[str] = ()

    def triggers(self, model: type[models.Model], vendor: str) -> Iterator[Trigger]:
        """Return a trigger for each verb that could change a row."""
        table = model._meta.db_table
        for verb in ("UPDATE", "DELETE"):
            name, when = f"{table}_no_{verb.lower()}", self._when(model, verb, vendor)
            if vendor == POSTGRESQL:
                rest = f"FOR EACH ROW {f'WHEN ({when}) ' if when else ''}EXECUTE FUNCTION {REFUSE}()"
            else:
                rest = f"{f'WHEN {when} ' if when else ''}BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            yield Trigger(name, table, f"CREATE TRIGGER {name} BEFORE {verb} ON {table} {rest}")
        if vendor == POSTGRESQL:  # SQLite has no such verb: it deletes
            name = f"{table}_no_truncate"
            each = f"FOR EACH STATEMENT EXECUTE FUNCTION {REFUSE}()"
            yield Trigger(name, table, f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} {each}")

    def _when(self, model: type[models.Model], verb: str, vendor: str) -> str:
        """Return the condition under which a row refuses the verb; empty: always."""
        parts = [f"OLD.{self.once} IS NOT NULL"] if self.once else []
        if self.but and verb == "UPDATE":
            differs = "IS DISTINCT FROM" if vendor == POSTGRESQL else "IS NOT"
            fixed = [field.column for field in model._meta.local_concrete_fields if field.column not in self.but]
            parts.append("(" + " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in fixed) + ")")
        return " AND ".join(parts)

    def after(self, vendor: str) -> Sequence[str]:
        """Nothing can be made good: what was rewritten meanwhile is for `verify_record` to find."""
        return ()


@dataclass(frozen=True)
class RenewsStamp:
    """Every change of the table, or of one that joins it to another, renews the stamp of `TariffVersion`."""

    def triggers(self, model: type[models.Model], vendor: str) -> Iterator[Trigger]:
        """Return the triggers of the table and of those between it and others."""
        joins = (field.remote_field.through for field in model._meta.local_many_to_many)
        for table in (model._meta.db_table, *(through._meta.db_table for through in joins if through)):
            if vendor == POSTGRESQL:
                verbs = "INSERT OR DELETE OR UPDATE OR TRUNCATE"  # in the order in which PostgreSQL says them
                rest = f"AFTER {verbs} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {STAMP}()"
                yield Trigger(f"{table}_stamp", table, f"CREATE TRIGGER {table}_stamp {rest}")
                continue
            for verb in ("INSERT", "UPDATE", "DELETE"):
                name = f"{table}_stamp_{verb.lower()}"
                sql = f"CREATE TRIGGER {name} AFTER {verb} ON {table} BEGIN {RENEW_ON_SQLITE}; END"
                yield Trigger(name, table, sql)

    def after(self, vendor: str) -> Sequence[str]:
        """What is cached may be of an earlier state: a new stamp, so that nobody asks for it again."""
        return (RENEW_ON_POSTGRESQL,) if vendor == POSTGRESQL else tuple(RENEW_ON_SQLITE.split("; "))


@dataclass(frozen=True)
class SearchIndex:
    """SQLite's full-text search: an FTS5 table over columns of the model, kept in step by triggers.

    PostgreSQL searches by an index of the migrations, which no alteration of the table loses.
    """

    virtual_table: str
    columns: Sequence[str]

    def triggers(self, model: type[models.Model], vendor: str) -> Iterator[Trigger]:
        """Return what keeps the FTS5 table in step."""
        if vendor == POSTGRESQL:
            return
        table, index, columns = model._meta.db_table, self.virtual_table, ", ".join(self.columns)
        new, old = (", ".join(f"{row}.{column}" for column in self.columns) for row in ("new", "old"))
        insert = f"INSERT INTO {index}(rowid, {columns}) VALUES (new.id, {new});"
        remove = f"INSERT INTO {index}({index}, rowid, {columns}) VALUES ('delete', old.id, {old});"
        for suffix, event, body in (
            ("ai", "INSERT", insert),
            ("ad", "DELETE", remove),
            ("au", f"UPDATE OF {columns}", f"{remove} {insert}"),
        ):
            name = f"{index}_{suffix}"
            yield Trigger(name, table, f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {body} END")

    def after(self, vendor: str) -> Sequence[str]:
        """Read the whole table again."""
        index = self.virtual_table
        return () if vendor == POSTGRESQL else (f"INSERT INTO {index}({index}) VALUES ('rebuild')",)


def declared(vendor: str) -> dict[str, tuple[Trigger, Guard]]:
    """Return every declared trigger with its guard, by name."""
    guards = [(model, guard) for model in apps.get_models() for guard in getattr(model, "guards", ())]
    return {trigger.name: (trigger, guard) for model, guard in guards for trigger in guard.triggers(model, vendor)}


def installed_triggers(connection: BaseDatabaseWrapper) -> dict[str, Trigger]:
    """Return our triggers in the database: {name: trigger}. A disabled trigger has no text."""
    query = ON_POSTGRESQL if connection.vendor == POSTGRESQL else ON_SQLITE
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name: Trigger(name, table, sql) for name, table, sql in cursor.fetchall()}


def faults(connection: BaseDatabaseWrapper) -> list[str]:
    """Return a sentence for each declared trigger that is missing, switched off or not as it is declared."""
    wanted, sentences = declared(connection.vendor), []
    present = {name: trigger.sql for name, trigger in installed_triggers(connection).items()}
    if connection.vendor == POSTGRESQL:
        with connection.cursor() as cursor:
            cursor.execute(DEFINED)
            present = dict(cursor.fetchall())
            cursor.execute("SELECT proname, prosrc FROM pg_proc WHERE proname = ANY(%s)", [list(BODIES)])
            bodies = cursor.fetchall()
        changed = {name for name, body in bodies if body != BODIES[name]} | (BODIES.keys() - dict(bodies).keys())
        sentences += [f"The function {name}, which guards call, is not as it is declared." for name in sorted(changed)]
    for name, (trigger, _) in sorted(wanted.items()):
        if name not in present:
            sentences.append(f"The guard {name} of the table {trigger.table} is missing.")
        elif _plain(present[name]) != _plain(trigger.sql):
            sentences.append(f"The guard {name} of the table {trigger.table} is not as it is declared.")
    return sentences


def _plain(sql: str) -> str:  # without what PostgreSQL puts in by itself: casts, brackets, line breaks, quotes
    return re.sub(r"::text|[\s()\"]", "", sql).lower()


def install(connection: BaseDatabaseWrapper) -> list[str]:
    """Make every declared trigger that is missing or differs, and drop what is declared no longer; return the names."""
    wanted, present = declared(connection.vendor), installed_triggers(connection)
    stale = [trigger for name, trigger in present.items() if name not in wanted or wanted[name][0].sql != trigger.sql]
    missing = [pair for name, pair in wanted.items() if name not in present or pair[0].sql != present[name].sql]
    if not stale and not missing:
        return []
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for trigger in stale:
            cursor.execute(_drop(trigger, connection.vendor))
        for statement in FUNCTIONS if connection.vendor == POSTGRESQL else ():
            cursor.execute(statement)
        for trigger, _ in missing:
            cursor.execute(trigger.sql)
            if connection.vendor == POSTGRESQL:
                text = trigger.sql.replace("'", "''")
                cursor.execute(f"COMMENT ON TRIGGER {trigger.name} ON {trigger.table} IS '{text}'")
        for statement in dict.fromkeys(line for _, guard in missing for line in guard.after(connection.vendor)):
            cursor.execute(statement)
    return sorted({trigger.name for trigger in stale} | {trigger.name for trigger, _ in missing})


def lift(connection: BaseDatabaseWrapper) -> None:
    """Drop every trigger of ours: for whoever has to empty the tables of a test."""
    with connection.cursor() as cursor:
        for trigger in installed_triggers(connection).values():
            cursor.execute(_drop(trigger, connection.vendor))


def before_migrate(*, using: str, plan: Sequence[tuple[Migration, bool]] = (), **_: object) -> None:
    """Drop, on SQLite, the triggers that read other tables than their own: they keep those from being made anew."""
    connection = connections[using]
    if connection.vendor != POSTGRESQL and router.allow_migrate(using, "exclusions") and plan:
        with connection.cursor() as cursor:
            for trigger in installed_triggers(connection).values():
                if "EXISTS (SELECT" in trigger.sql:
                    cursor.execute(_drop(trigger, connection.vendor))


def after_migrate(*, using: str, plan: Sequence[tuple[Migration, bool]] = (), **_: object) -> None:
    """Put the guards back and seal what migrations wrote.

    A database that is between two migrations is left alone. Without a migration of ours in the plan nothing is sealed:
    what somebody else wrote meanwhile is for `verify_record` to find.
    """
    connection = connections[using]
    if router.allow_migrate(using, "exclusions") and is_whole(connection):
        install(connection)
        if any(migration.app_label == "exclusions" for migration, _ in plan):
            seals.seal_everything(connection)


def is_whole(connection: BaseDatabaseWrapper) -> bool:
    """Say whether every migration of ours has run there."""
    there = {one.name for one in iter_modules(import_module("exclusions.migrations").__path__) if not one.ispkg}
    return there <= {name for app, name in MigrationRecorder(connection).applied_migrations() if app == "exclusions"}


def _drop(trigger: Trigger, vendor: str) -> str:
    return f"DROP TRIGGER {trigger.name}" + (f" ON {trigger.table}" if vendor == POSTGRESQL else "")
