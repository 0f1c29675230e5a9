"""Writes tables to files of several formats. The rows are read once, into SQLite, and copied from there.

So all files say the same, however long the copying takes; and memory does not grow with the rows.
"""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from exclusions.gateways.dumps.tables import Cell, DumpColumn, DumpTable, Written
from exclusions.gateways.spreadsheet import csv_lines, workbook_pieces

DATABASE = "docket.sqlite"
PART = ".part"  # a file has this at the end of its name until it is whole
AT_ONCE = 500  # rows
TYPES = {"integer": "INTEGER"}  # of SQLite; all else is text


def write_files(
    tables: Sequence[DumpTable], formats: Collection[str], folder: Path, *, progress: Callable[[str], None]
) -> Iterator[Written]:
    """Write each table in each format into the folder, and yield what was written.

    The database of SQLite has all tables. A file of an earlier run is replaced once the new one is whole. Raises
    OSError where the folder takes no more.
    """
    source = folder / f"{DATABASE}{PART}"
    source.unlink(missing_ok=True)
    with closing(sqlite3.connect(source)) as database:
        database.execute("PRAGMA journal_mode=OFF")
        database.execute("PRAGMA synchronous=OFF")  # one that was cut short is written anew
        counts = {table.name: _fill(database, table, progress) for table in tables}
        for table in tables:
            for form in ("csv", "xlsx", "jsonl"):
                if form in formats:
                    name = f"{table.name}.{form}"
                    progress(f"Writing {name} …")
                    _write(folder / name, _PIECES[form](table, _copied(database, table)))
                    yield Written(name, counts[table.name])
    if "sqlite" in formats:
        source.rename(folder / DATABASE)
        yield Written(DATABASE, sum(counts.values()))
    source.unlink(missing_ok=True)


def _fill(database: sqlite3.Connection, table: DumpTable, progress: Callable[[str], None]) -> int:
    """Read a table into the database; return how many rows it has."""
    progress(f"Reading {table.name} …")
    columns = ", ".join(f'"{column.name}" {TYPES.get(column.kind, "TEXT")}' for column in table.columns)
    database.execute(f'CREATE TABLE "{table.name}" ({columns})')
    marks, rows, count = ", ".join("?" * len(table.columns)), table.rows(), 0
    while some := [[_plain(cell) for cell in row] for row in islice(rows, AT_ONCE)]:
        database.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', some)
        count += len(some)
    database.commit()
    return count


def _plain(cell: Cell) -> str | int | None:
    return cell.isoformat() if isinstance(cell, date) else None if cell == "" else cell


def _copied(database: sqlite3.Connection, table: DumpTable) -> Iterator[tuple[Any, ...]]:
    yield from database.execute(f'SELECT * FROM "{table.name}" ORDER BY rowid')


def _write(path: Path, pieces: Iterable[str | bytes]) -> None:
    part = path.with_name(f"{path.name}{PART}")
    with part.open("wb") as file:
        for piece in pieces:
            file.write(piece.encode() if isinstance(piece, str) else piece)
    part.rename(path)


def _csv(table: DumpTable, rows: Iterator[tuple[Any, ...]]) -> Iterator[str]:
    return csv_lines(table.headings, rows)


def _xlsx(table: DumpTable, rows: Iterator[tuple[Any, ...]]) -> Iterator[bytes]:
    days = [place for place, column in enumerate(table.columns) if column.kind == "date"]

    def dated(row: tuple[Any, ...]) -> list[Any]:
        cells = list(row)
        for place in days:
            cells[place] = date.fromisoformat(cells[place]) if cells[place] else None
        return cells

    return workbook_pieces(table.name.capitalize(), table.headings, map(dated, rows))


def _jsonl(table: DumpTable, rows: Iterator[tuple[Any, ...]]) -> Iterator[str]:
    names = [f"{json.dumps(column.name)}: " for column in table.columns]
    for row in rows:
        cells = (f"{name}{_json(column, cell)}" for name, column, cell in zip(names, table.columns, row, strict=True))
        yield f"{{{', '.join(cells)}}}\n"


def _json(column: DumpColumn, cell: Any) -> str:
    """Return a cell as JSON; what is JSON in itself is not made text once more."""
    if cell is not None and column.kind == "json":
        return str(cell)
    return json.dumps(cell, ensure_ascii=False)


_PIECES: dict[str, Callable[[DumpTable, Iterator[tuple[Any, ...]]], Iterator[Any]]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "jsonl": _jsonl,
}
