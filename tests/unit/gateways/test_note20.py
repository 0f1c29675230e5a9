"""The text of U.S. note 20 gives the same exclusions as the table made from it, item by item."""

import csv
import gzip
from pathlib import Path

import pytest

from exclusions.gateways.rows import UnreadableFile
from exclusions.gateways.tariff.exclusion_table import read_exclusion_table
from exclusions.gateways.tariff.note20 import is_note_text, read_note
from exclusions.wording.named_numbers import is_whole_number, named_codes

NOTE = """20. (a)  For the purposes of heading 9903.88.03, except products provided for in: (1) heading 9903.88.33 and
         U.S. note 20(ll) to subchapter III of chapter 99; or (2) heading 9903.88.66 and U.S. note 20(sss)(i).

(II) The U.S. Trade Representative determined to establish a process by which particular products could be excluded.
         The additional duties provided for in heading 9903.88.03 or in heading 9903.88.04 shall not apply to the
         following particular products: [Compiler's note: expired.]

(1) 6505.00.8015

(2) Kneeling pads, each

                   Harmonized Tariff Schedule of the United States Revision 6 (2026)

                                                               Annotated for Statistical Reporting Purposes

XXII
99 - III - 122

U.S. Notes (con.)

         of plastics (described in statistical reporting number 3924.90.5650)

(2) [Deleted.]

[Extract: text of subdivision (mm) is left out of this file]

(sss)  (i) The U.S. Trade Representative determined to establish a process by which particular products were excluded.
       The additional duties imposed by heading 9903.88.01 shall not apply to:

(1) Otoscopes (described in statistical reporting number 9018.90.2000)

31. (a)  Another note.

(1) Not an exclusion (described in statistical reporting number 9018.90.2000)
"""


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.txt"
    path.write_text(NOTE, encoding="utf-8")
    return path


def test_page_headings_do_not_cut_a_product(note: Path) -> None:
    found = read_note(note)
    described = "described in statistical reporting number"
    assert [(item.heading, item.note, item.seq, item.printed, item.text) for item in found.items] == [
        ("99038833", "ll", 1, "1", "6505.00.8015"),
        ("99038833", "ll", 2, "2", f"Kneeling pads, each of plastics ({described} 3924.90.5650)"),
        ("99038833", "ll", 3, "2", "[Deleted.]"),
        ("99038866", "sss(i)", 1, "1", f"Otoscopes ({described} 9018.90.2000)"),
    ]
    assert found.left_out == ["mm"]
    assert found.items[0].released == ("99038803", "99038804")
    assert [item.list_code for item in found.items] == ["3", "3", "3", "1"]


def test_only_the_note_is_taken_for_the_note(note: Path, tmp_path: Path) -> None:
    assert is_note_text(note)
    other = tmp_path / "other.txt"
    other.write_text("20. (a)  For the purposes of nothing.\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="holds no exclusions"):
        read_note(other)
    other.write_bytes(b"\xff\xfe20. (a)")
    with pytest.raises(UnreadableFile, match="is UTF-16 text"):
        read_note(other)
    other.write_bytes(b"20. (a) caf\xe9")
    with pytest.raises(UnreadableFile, match="not UTF-8"):
        read_note(other)
    other.write_text("hts,chapter99_heading,text\n0101,9903,(o) The U.S. Trade Representative\n", encoding="utf-8")
    assert not is_note_text(other)


def test_note_is_read_from_any_paragraph_on(tmp_path: Path) -> None:
    """Which heading carries a subdivision is known also where the text that says so is missing."""
    path = tmp_path / "note.txt"
    path.write_text("(3) Of the page before\n\n" + NOTE[NOTE.index("(sss)  (i)") :], encoding="utf-8")
    assert is_note_text(path)
    found = read_note(path)
    assert [(item.heading, item.note, item.printed) for item in found.items] == [("99038866", "sss(i)", "1")]
    assert (found.unplaced, found.bad) == (1, [])


@pytest.mark.parametrize("opening", ["(h) The", "(ii) The", "(II) The", "(uuu) (i) The", "(vvv)  (i)"])
def test_real_note_is_read_from_any_paragraph_on(shared_data: Path, tmp_path: Path, opening: str) -> None:
    with gzip.open(shared_data / "ch99" / "us_notes_20_31_2026_rev6.txt.gz", "rt", encoding="utf-8") as stream:
        text = stream.read()
    whole = tmp_path / "whole.txt"
    whole.write_text(text, encoding="utf-8")
    cut = tmp_path / "cut.txt"
    cut.write_text(text[text.index(f"\n{opening}") :], encoding="utf-8")
    assert is_note_text(cut)
    expected = {(item.heading, item.note, item.seq): item.text for item in read_note(whole).items}
    found = {(item.heading, item.note, item.seq): item.text for item in read_note(cut).items}
    assert found
    assert found.items() <= expected.items()


def test_a_subdivision_that_no_heading_carries_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text(NOTE.replace("(sss)", "(zzz)").replace("U.S. note 20(zzz)(i)", "nothing"), encoding="utf-8")
    (bad,) = read_note(path).bad
    assert "which heading carries it" in str(bad)


def test_the_text_and_the_table_agree_in_every_item(shared_data: Path) -> None:
    found = read_note(shared_data / "ch99/us_notes_20_31_2026_rev6.txt.gz")
    with gzip.open(shared_data / "ch99/exclusions_note20_2026_rev6.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(found.items) == len(rows) == 2_490
    assert not found.bad
    assert len(found.left_out) == 18
    differences = [
        (row["note20_subdivision"], row["seq"], name)
        for item, row in zip(found.items, rows, strict=True)
        for name, said, printed in (
            ("heading", item.heading, row["chapter99_heading"].replace(".", "")),
            ("subdivision", item.note, row["note20_subdivision"]),
            ("list", item.list_code, row["list"]),
            ("released", ";".join(item.released), row["base_headings"].replace(".", "")),
            ("seq", str(item.seq), row["seq"]),
            ("item", item.printed, row["item_no_printed"]),
            ("text", item.text, row["text"]),
            ("numbers", ";".join(named_codes(item.text)), row["hts10"]),
            ("whole", is_whole_number(item.text), row["whole_statistical_number"] == "Y"),
            ("deleted", item.deleted, row["status"] == "deleted"),
        )
        if said != printed
    ]
    assert differences == []


def test_the_table_is_read_without_a_refusal(shared_data: Path) -> None:
    items, bad, rows = read_exclusion_table(shared_data / "ch99/exclusions_note20_2026_rev6.csv.gz")
    assert (len(items), bad, rows) == (2_490, [], 2_490)
    assert sum(item.deleted for item in items) == 6


REST = ("ch99/us_note_20_2026_rev6_rest.txt.gz", "ch99/exclusions_note20_2026_rev6_rest.csv.gz")


def test_a_deletion_with_its_number_within_the_brackets_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text(NOTE.replace("(2)  [Deleted.]", "[(3)  Deleted.]").replace("(2) [Deleted.]", "[(3) Deleted.]"))
    found = [(item.seq, item.text) for item in read_note(path).items if item.note == "ll"]
    assert found[-1] == (3, "[Deleted.]")
    assert "Deleted" not in found[-2][1]


def test_the_text_of_the_other_lists_numbers_its_products_as_their_table_does(shared_data: Path) -> None:
    found = read_note(shared_data / REST[0])
    with gzip.open(shared_data / REST[1], "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert not found.bad
    printed = {
        (row["note20_subdivision"], int(row["seq"])): (row["item_no_printed"], " ".join(row["text"].split()))
        for row in rows
    }
    assert {(item.note, item.seq): (item.printed, item.text) for item in found.items} == printed
    assert len(printed) == 1_025
