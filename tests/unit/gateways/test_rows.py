"""Reading tables: byte order marks, gzip, half rows, damaged files."""

import gzip
from pathlib import Path

import pytest

from exclusions.gateways import rows
from exclusions.gateways.rows import (
    LARGEST,
    BadRow,
    UnreadableFile,
    is_sheet,
    open_rows,
    open_sheet,
    read_bytes,
    write_skipped,
)


def written(folder: Path, content: bytes, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_byte_order_mark_and_blank_headings_do_not_stick_to_the_names(tmp_path: Path) -> None:
    path = written(tmp_path, b"\xef\xbb\xbf hts ,heading\r\n0101.21.00,9903.88.15\r\n")
    assert list(open_rows(path)) == [(2, {"hts": "0101.21.00", "heading": "9903.88.15"})]


def test_gzip_is_told_by_content_and_not_by_name(tmp_path: Path) -> None:
    path = written(tmp_path, gzip.compress(b"a,b\n1,2\n"))
    assert list(open_rows(path)) == [(2, {"a": "1", "b": "2"})]


def test_lines_are_counted_as_an_editor_shows_them(tmp_path: Path) -> None:
    path = written(tmp_path, b'a,b\n1,"two\nlines"\n\n3,4\n')
    assert [line for line, _ in open_rows(path)] == [2, 5]


def test_half_row_is_reported_and_the_others_are_read(tmp_path: Path) -> None:
    path = written(tmp_path, b"a,b\n1,2\nonly\n3,4,5\n6,7\n")
    bad: list[BadRow] = []
    assert [row["a"] for _, row in open_rows(path, bad)] == ["1", "6"]
    assert [(row.line, row.column) for row in bad] == [(3, ""), (4, "")]
    assert "has 1 cells where the heading row has 2" in str(bad[0])


def test_half_row_stops_the_reading_when_nobody_collects_them(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="line 2"):
        list(open_rows(written(tmp_path, b"a,b\nonly\n")))


def test_open_quote_at_the_end_is_a_bad_row(tmp_path: Path) -> None:
    bad: list[BadRow] = []
    assert list(open_rows(written(tmp_path, b'a,b\n1,2\n3,"4'), bad)) == [(2, {"a": "1", "b": "2"})]
    assert [row.line for row in bad] == [3]


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "no heading row"),
        (b"\n\n", "no heading row"),
        (b"a,a\n1,2\n", "twice"),
        (b"a,b\n\xff\xfe\n", "not UTF-8"),
        (b"PK\x03\x04rest", "not UTF-8"),
        (gzip.compress(b"a,b\n" + b"1,2\n" * 5000)[:60], "cut off"),
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"\n<!DOCTYPE html><html>", "is a web page"),
        (b"<HTML>", "is a web page"),
        ("a,b\n".encode("utf-16"), "is UTF-16 text"),
        (b"x" * 257 + b"ustar" + b"x" * 300, "is an archive of several files .tar.. Unpack it"),
        (gzip.compress(b"x" * 257 + b"ustar" + b"x" * 300), "is an archive of several files .tar.. Unpack it"),
    ],
)
def test_unreadable_file_is_refused_with_the_remedy(tmp_path: Path, content: bytes, part: str) -> None:
    with pytest.raises(UnreadableFile, match=part):
        list(open_rows(written(tmp_path, content)))


def test_size_is_refused_before_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "table.csv"
    with path.open("wb") as stream:
        stream.truncate(LARGEST + 1)  # a hole: no disk, no memory
    packed = written(tmp_path, gzip.compress(b"a,b\n" + b"1,2\n" * 500), "table.csv.gz")
    with pytest.raises(UnreadableFile, match="holds 100 MB, and no table of the tariff is larger"):
        list(open_rows(path))
    with pytest.raises(UnreadableFile, match="holds 100 MB"):
        read_bytes(path)
    monkeypatch.setattr(rows, "LARGEST", 1000)
    with pytest.raises(UnreadableFile, match="Check that it is the right file"):
        list(open_rows(packed))


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="Check the path"):
        list(open_rows(tmp_path / "absent.csv"))


def test_what_is_no_spreadsheet_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, b"a,b\n", "table.xlsx")
    assert not is_sheet(path)
    with pytest.raises(UnreadableFile, match="as CSV"):
        list(open_sheet(path))
    with pytest.raises(UnreadableFile, match="no such file"):
        list(open_sheet(tmp_path / "absent.xlsx"))


def test_skipped_rows_are_written_beside_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, b"a\n")
    target = write_skipped(path, [BadRow("table.csv", 3, "a", "x", "is no number. Enter one.")])
    assert target == tmp_path / "table.csv.skipped.csv"
    assert target.read_text().splitlines()[1] == "table.csv,3,a,x,is no number. Enter one."
