"""What shape a database has: a line for whatever a migration could make otherwise, in any order."""

import re
import sqlite3
from collections.abc import Iterator
from typing import Any

COLUMNS = """
    SELECT 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attgenerated,
        a.attidentity, nullif(a.attstattarget, -1), pg_get_expr(d.adbin, d.adrelid)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relkind IN ('r', 'v', 'S') AND c.relnamespace = 'public'::regnamespace
"""
INDEXES = "SELECT 'index', indexdef FROM pg_indexes WHERE schemaname = 'public'"
CONSTRAINTS = """
    SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
"""
TRIGGERS = """
    SELECT 'trigger', tgname, pg_get_triggerdef(oid), tgenabled, obj_description(oid, 'pg_trigger') FROM pg_trigger
    WHERE NOT tgisinternal
"""
FUNCTIONS = """
    SELECT 'function', proname, prosrc FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
        AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = p.oid AND deptype = 'e')
"""
EXTENSIONS = "SELECT 'extension', extname FROM pg_extension"


def shape(database: Any) -> set[str]:
    """Return what a SQLite or PostgreSQL connection says of tables, indexes, constraints, triggers and searches."""
    if isinstance(database, sqlite3.Connection):
        return set(_on_sqlite(database))
    asked = (COLUMNS, INDEXES, CONSTRAINTS, TRIGGERS, FUNCTIONS, EXTENSIONS)
    return {
        _one_way(" | ".join(map(str, row))) for statement in asked for row in database.execute(statement).fetchall()
    }


def _one_way(line: str) -> str:
    """Return a list of texts as PostgreSQL writes it once it has read back what it first wrote of it."""
    return re.sub(
        r"\(ARRAY\[([^\]]*)\]\)::text\[\]",
        lambda found: "ARRAY[" + ", ".join(f"({text})::text" for text in found[1].split(", ")) + "]",
        line,
    )


def _on_sqlite(database: sqlite3.Connection) -> Iterator[str]:
    for kind, name, sql in database.execute("SELECT type, name, sql FROM sqlite_master").fetchall():
        if kind == "table" and sql.startswith("CREATE TABLE"):
            yield from (f"{name} | {part}" for part in _parts(sql))
        else:
            yield f"{kind} | {name} | {_alike(sql)}"


def _parts(sql: str) -> Iterator[str]:
    """Yield each column and constraint of a CREATE TABLE: what stands between the commas of its outer brackets."""
    inside = sql[sql.index("(") + 1 : sql.rindex(")")]
    depth, start, quoted = 0, 0, ""
    for place, sign in enumerate(inside):
        if quoted or sign in "'\"":
            quoted = "" if sign == quoted else quoted or sign
        elif sign in "()":
            depth += 1 if sign == "(" else -1
        elif sign == "," and not depth:
            yield _plain(inside[start:place])
            start = place + 1
    yield _plain(inside[start:])


def _alike(index: str | None) -> str:
    """Return the same for what Django 6.1 writes of an index on the rows that are true, and what it wrote before."""
    return re.sub(r'( WHERE "\w+") = 1$', r"\1", str(index))


def _plain(part: str) -> str:
    return re.sub(r"\s+", " ", part).strip()
