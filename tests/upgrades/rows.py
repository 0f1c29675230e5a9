"""What a database holds, table by table, what it refuses to change, and what an upgrade lost of it."""

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import psycopg

Key = tuple[Any, ...]
Refusal = tuple[str, str, Key]  # the table, UPDATE or DELETE, the row
REFUSED = (sqlite3.IntegrityError, psycopg.Error)


class Changed(NamedTuple):
    """What became of a table, column or trigger on purpose: its new name ("" when it is gone), and why."""

    now: str
    why: str


@dataclass(frozen=True)
class Table:
    """One table: the names of its columns, those of its primary key, and its rows by their key."""

    columns: tuple[str, ...]
    key: tuple[str, ...]
    rows: dict[Key, tuple[Any, ...]]

    def digests(self, columns: tuple[str, ...]) -> dict[Key, str]:
        """Return a digest of each row's values in these columns."""
        places = [self.columns.index(column) for column in columns]
        return {key: _digest(row[place] for place in places) for key, row in self.rows.items()}


@dataclass(frozen=True)
class Contents:
    """Every table of a database that is not an index of a search, and the names of its triggers."""

    tables: dict[str, Table]
    triggers: frozenset[str]

    @property
    def counts(self) -> dict[str, int]:
        """Return the number of rows by table."""
        return {name: len(table.rows) for name, table in sorted(self.tables.items())}


def _digest(values: Iterator[Any]) -> str:
    return hashlib.sha256("\0".join(map(repr, values)).encode()).hexdigest()


def contents(database: Any) -> Contents:
    """Read everything that a SQLite or PostgreSQL connection sees."""
    columns_of = _sqlite_columns if isinstance(database, sqlite3.Connection) else _postgres_columns
    tables = {}
    for name, (columns, key) in columns_of(database).items():
        places = [columns.index(column) for column in key]
        found = database.execute(f"SELECT {', '.join(map(_quoted, columns))} FROM {_quoted(name)}").fetchall()
        tables[name] = Table(columns, key, {tuple(row[place] for place in places): tuple(row) for row in found})
    return Contents(tables, frozenset(_triggers(database)))


def _quoted(name: str) -> str:
    return f'"{name}"'


def _sqlite_columns(database: Any) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    names = database.execute(
        "SELECT name FROM pragma_table_list "
        "WHERE schema = 'main' AND type = 'table' AND substr(name, 1, 7) <> 'sqlite_'"
    ).fetchall()
    found = {}
    for (name,) in names:
        columns = database.execute("SELECT name, pk FROM pragma_table_info(?)", [name]).fetchall()
        found[name] = tuple(column for column, _ in columns), tuple(column for column, place in columns if place)
    return found


def _postgres_columns(database: Any) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    found: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for name, column, keyed in database.execute(
        "SELECT c.relname, a.attname, coalesce(a.attnum = ANY(i.indkey), false) FROM pg_class c "
        "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped "
        "LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary "
        "WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY c.relname, a.attnum"
    ).fetchall():
        columns, key = found.get(name, ((), ()))
        found[name] = (*columns, column), (*key, column) if keyed else key
    return found


def _triggers(database: Any) -> Iterator[str]:
    statement = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    if isinstance(database, sqlite3.Connection):
        statement = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    for (name,) in database.execute(statement).fetchall():
        yield name


def refusals(database: Any, known: Contents) -> set[Refusal]:
    """Return the rows that the database itself refuses to change or to delete. Nothing is changed."""
    found: set[Refusal] = set()
    database.execute("BEGIN")
    for name, table in known.tables.items():
        same = ", ".join(f"{_quoted(column)} = {_quoted(column)}" for column in table.columns)
        for verb, statement in (
            ("UPDATE", f"UPDATE {_quoted(name)} SET {same}"),
            ("DELETE", f"DELETE FROM {_quoted(name)}"),
        ):
            if _is_refused(database, statement, ()):
                found |= {
                    (name, verb, key) for key in table.rows if _is_refused(database, *_one(statement, table, key))
                }
    database.execute("ROLLBACK")
    return found


def counted(refused: set[Refusal]) -> dict[str, int]:
    """Return how many rows of a table are refused to a verb, by "VERB table"."""
    return dict(Counter(f"{verb} {table}" for table, verb, _ in sorted(refused, key=repr)))


def _one(statement: str, table: Table, key: Key) -> tuple[str, Key]:
    where = " AND ".join(f"{_quoted(column)} = %s" for column in table.key)
    return f"{statement} WHERE {where}", key


def _is_refused(database: Any, statement: str, values: Key) -> bool:
    if isinstance(database, sqlite3.Connection):
        statement = statement.replace("%s", "?")
    database.execute("SAVEPOINT probe")
    try:
        database.execute(statement, values)
    except REFUSED:
        return True
    finally:
        database.execute("ROLLBACK TO SAVEPOINT probe")
        database.execute("RELEASE SAVEPOINT probe")
    return False


def losses(old: Contents, new: Contents, changed: Mapping[str, Changed]) -> list[str]:
    """Return a sentence for whatever the old database had and the new one has not, value for value.

    `changed` names by "table", "table.column" or "trigger NAME" what is meant to be otherwise; a column whose new name
    is its old one keeps its name and gets other values.
    """
    found = []
    for name, table in old.tables.items():
        now = changed[name].now if name in changed else name
        if now and now not in new.tables:
            found.append(f"The table {name} is gone.")
        elif now:
            found += _row_losses(name, table, new.tables[now], changed)
    gone = [name for name in sorted(old.triggers - new.triggers) if f"trigger {name}" not in changed]
    return [*found, *(f"The trigger {name} is gone." for name in gone)]


def _row_losses(name: str, old: Table, new: Table, changed: Mapping[str, Changed]) -> Iterator[str]:
    pairs = {}
    for column in old.columns:
        change = changed.get(f"{name}.{column}")
        if change is None or change.now not in {"", column}:
            pairs[column] = change.now if change else column
    for column in [column for column, now in pairs.items() if now not in new.columns]:
        yield f"The column {name}.{column} is gone."
        del pairs[column]
    before, after = old.digests(tuple(pairs)), new.digests(tuple(pairs.values()))
    missing = [key for key in before if key not in after]
    if missing:
        yield f"{len(missing)} of the {len(before)} rows of {name} are gone, {missing[0]} for one."
    if all(after.get(key, digest) == digest for key, digest in before.items()):
        return
    for column, now in pairs.items():
        one, other = old.digests((column,)), new.digests((now,))
        differ = [key for key in one if other.get(key, one[key]) != one[key]]
        if differ:
            yield f"{len(differ)} of the {len(before)} rows of {name} have another {column}, {differ[0]} for one."
