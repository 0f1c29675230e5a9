"""Rows out of the tabular files people bring: CSV, gzipped CSV and XLSX, each row with the number of its line.

Nothing here knows what the columns mean. Loaders add their own judgements to the same list of `BadRow`.
"""

import csv
import gzip
import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from python_calamine import CalamineError, CalamineWorkbook

if TYPE_CHECKING:
    from _csv import Reader

GZIP_MAGIC = b"\x1f\x8b"
ZIP_MAGIC = b"PK\x03\x04"
# A cell of a tariff file is never longer than a few thousand characters; an open quote would swallow megabytes.
csv.field_size_limit(1_000_000)
# A whole edition of the schedule is 8 to 14 MB; what is many times larger is another file or a bomb.
LARGEST, CHUNK = 100_000_000, 1_000_000
TAR_AT, TAR_MAGIC = 257, b"ustar"
# How other kinds of files begin, and what they are.
OTHER_KINDS = (
    (b"%pdf", "a PDF", "Choose the JSON or CSV export."),
    (b"<!doctype", "a web page", "Choose the JSON or CSV export and download it again."),
    (b"<html", "a web page", "Choose the JSON or CSV export and download it again."),
    (b"\xff\xfe", "UTF-16 text", "In a spreadsheet program choose “Save as: CSV UTF-8”."),
    (b"\xfe\xff", "UTF-16 text", "In a spreadsheet program choose “Save as: CSV UTF-8”."),
)


class UnreadableFile(ValueError):
    """The file as a whole cannot be read. The message is a sentence with the remedy."""


@dataclass(frozen=True)
class BadRow:
    """One row that was refused: where it is, what it says and what is wrong with it.

    `line` counts from 1 as an editor or a spreadsheet shows it; `column` is the heading, or "" for the whole row.
    """

    file: str
    line: int
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}"
        if self.column:
            where += f", column “{self.column}”"
        value = f" “{self.value[:80]}”" if self.value else ""
        return f"{where}:{value} {self.reason}"


def open_bytes(path: Path) -> BinaryIO:
    """Return the content of a plain or gzipped file as bytes; gzip is told by its first two bytes, not by the name.

    Raises UnreadableFile when there is no such file, when it is larger than any table of the tariff, and when its first
    bytes say that it is of another kind.
    """
    try:
        stream = path.open("rb")
        size = path.stat().st_size
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be opened: {error.strerror}. Check the path.") from error
    packed = stream.read(2) == GZIP_MAGIC
    stream.seek(0)
    if size > LARGEST:
        stream.close()
        raise _too_large(path, size)
    if packed:
        stream.close()
        _refuse_bomb(path)
        # gzip.open closes its file, unlike a GzipFile around ours
        stream = gzip.open(path, "rb")  # type: ignore[assignment]  # noqa: SIM115  # reads like any binary file
    _refuse_other_kinds(path, stream)
    return stream


def _refuse_bomb(path: Path) -> None:
    """Unpack without keeping, as far as the limit: what the file's end says of its size may be cut off or a lie."""
    unpacked = 0
    with gzip.open(path, "rb") as stream:
        try:
            while chunk := stream.read(CHUNK):
                unpacked += len(chunk)
                if unpacked > LARGEST:
                    raise _too_large(path, unpacked)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise _cut_off(path) from error


def _refuse_other_kinds(path: Path, stream: BinaryIO) -> None:
    """Look at the first bytes and go back to the start."""
    start = stream.read(512)
    stream.seek(0)
    if start[TAR_AT : TAR_AT + len(TAR_MAGIC)] == TAR_MAGIC:
        stream.close()
        raise UnreadableFile(f"{path.name} is an archive of several files (tar). Unpack it and give one of its files.")
    for beginning, kind, remedy in OTHER_KINDS:
        if start.lstrip().lower().startswith(beginning):
            stream.close()
            raise UnreadableFile(f"{path.name} is {kind}, not a table. {remedy}")


def read_bytes(path: Path) -> bytes:
    """Return the whole content of a plain or gzipped file. Raises UnreadableFile when it is missing, too large or cut
    off.
    """
    with open_bytes(path) as stream:
        return stream.read()


def open_rows(path: Path, bad: list[BadRow] | None = None) -> Iterator[tuple[int, dict[str, str]]]:
    """Each data row of a CSV file (plain or gzip, with or without a byte order mark) as line and cells by heading.

    Headings are stripped of blanks, cells are as they stand. Blank lines are passed over. A row with too few or too
    many cells, or a quote left open, goes to `bad`; when no list is given it raises UnreadableFile instead.
    The line number is that of the row's first line, the heading being line 1.
    """
    with open_bytes(path) as raw:
        text = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
        reader = csv.reader(text, strict=True)
        try:
            headings = _headings(path, next(reader, []))
            yield from _data_rows(path, reader, headings, bad)
        except UnicodeDecodeError as error:
            raise UnreadableFile(_not_text(path)) from error
        except csv.Error as error:
            raise UnreadableFile(
                f"{path.name}: the heading row cannot be read ({error}). Save it as CSV again."
            ) from error


def _data_rows(
    path: Path, reader: "Reader", headings: list[str], bad: list[BadRow] | None
) -> Iterator[tuple[int, dict[str, str]]]:
    width = len(headings)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            _refuse(bad, BadRow(path.name, line, "", "", f"the row cannot be read as CSV: {error}. Check its quotes."))
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != width:
            reason = f"has {len(cells)} cells where the heading row has {width}. Complete the row or remove it."
            _refuse(bad, BadRow(path.name, line, "", ",".join(cells), reason))
            continue
        yield line, dict(zip(headings, cells, strict=True))


def open_sheet(path: Path) -> Iterator[tuple[int, list[object]]]:
    """Each row of the first sheet of a spreadsheet as row number (from 1) and cells, dates as `datetime.date`.

    Blank rows are passed over. Raises UnreadableFile for what is not a spreadsheet, or is locked by a password.
    """
    if not path.is_file():
        raise UnreadableFile(f"{path} cannot be opened: no such file. Check the path.")
    _refuse_large_sheet(path)
    try:
        sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    except CalamineError as error:
        raise UnreadableFile(
            f"{path.name} cannot be read as a spreadsheet ({error}). Save it as .xlsx without a password, or as CSV."
        ) from error
    for number, cells in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        if any(cell not in ("", None) for cell in cells):
            yield number, list(cells)


def _refuse_large_sheet(path: Path) -> None:
    """Add up what the parts of the sheet say that they unpack to."""
    size = path.stat().st_size
    if size <= LARGEST and zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as parts:
            size = sum(part.file_size for part in parts.infolist())
    if size > LARGEST:
        raise _too_large(path, size)


def is_sheet(path: Path) -> bool:
    """Whether the file is a zipped spreadsheet (.xlsx), by its first bytes."""
    with open_bytes(path) as stream:
        return stream.read(4) == ZIP_MAGIC


def write_skipped(path: Path, bad: list[BadRow]) -> Path:
    """Write what was refused of a file beside it, as `<name>.skipped.csv`, and return where. Replaces the last one."""
    target = path.with_name(f"{path.name}.skipped.csv")
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["file", "line", "column", "value", "reason"])
        writer.writerows([row.file, row.line, row.column, row.value, row.reason] for row in bad)
    return target


def _headings(path: Path, cells: list[str]) -> list[str]:
    headings = [cell.strip() for cell in cells]
    if not any(headings):
        raise UnreadableFile(f"{path.name} has no heading row. The first line must name the columns.")
    if headings[0].startswith("PK\x03\x04") or "\x00" in "".join(headings):
        raise UnreadableFile(_not_text(path))
    twice = sorted(heading for heading, count in Counter(headings).items() if heading and count > 1)
    if twice:
        raise UnreadableFile(f"{path.name} names the column “{twice[0]}” twice. Keep one of them.")
    return headings


def _refuse(bad: list[BadRow] | None, row: BadRow) -> None:
    if bad is None:
        raise UnreadableFile(str(row))
    bad.append(row)


def _not_text(path: Path) -> str:
    return f"{path.name} is not UTF-8 text. In a spreadsheet program choose “Save as: CSV UTF-8”."


def _too_large(path: Path, size: int) -> UnreadableFile:
    return UnreadableFile(
        f"{path.name} holds {size / 1_000_000:,.0f} MB, and no table of the tariff is larger than "
        f"{LARGEST // 1_000_000} MB. Check that it is the right file."
    )


def _cut_off(path: Path) -> UnreadableFile:
    return UnreadableFile(f"{path.name} is cut off or damaged inside its compression. Copy or download it again.")
