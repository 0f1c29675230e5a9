"""write_annex: the note's items come out of the registry as the note prints them, in every form of file."""

import csv
import gzip
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from docx import Document

from exclusions.gateways.tariff.exclusion_item import ExclusionItem
from exclusions.gateways.tariff.note20 import read_note
from exclusions.models import ExclusionTerm, PrintedWording
from tests.integration.loading.test_load_exclusions import NOTE, TABLE, every_row, load
from tests.unit.gateways.test_exclusion_table import table

pytestmark = pytest.mark.django_db
# One list alone; several lists under one heading; wordings that recur with more numbers; deletions.
SOME = ("9903.88.14", "9903.88.66", "9903.88.43")


def written(heading: str, path: Path) -> str:
    out = StringIO()
    call_command("write_annex", heading, out=path, stdout=out)
    return out.getvalue()


def printed(items: list[ExclusionItem], heading: str) -> list[str]:
    return [f"({item.printed}) {item.text}" for item in items if item.heading == heading.replace(".", "")]


def items_of(lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith("(")]


def word_lines(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(BytesIO(content)).paragraphs]


@pytest.fixture
def note(shared_data: Path) -> list[ExclusionItem]:
    """The items of the real note, which are on file too."""
    load(shared_data / NOTE)
    return read_note(shared_data / NOTE).items


def test_the_items_of_a_heading_are_those_of_the_note_in_text_and_word(
    note: list[ExclusionItem], tmp_path: Path
) -> None:
    for heading in SOME:
        said = written(heading, tmp_path / "annex.txt")
        wanted = printed(note, heading)
        assert f"Wrote {len(wanted)} items of {heading}" in said
        assert items_of((tmp_path / "annex.txt").read_text().splitlines()) == wanted
        written(heading.replace(".", ""), tmp_path / "annex.docx")
        assert items_of(word_lines((tmp_path / "annex.docx").read_bytes())) == wanted
    written("9903.88.66", tmp_path / "annex.txt")
    assert "U.S. note 20(sss)(iv), heading 9903.88.66\n(1) " in (tmp_path / "annex.txt").read_text()


def test_the_whole_note_comes_out_the_same_and_its_tables_load_back_to_the_same_registry(
    shared_data: Path, tmp_path: Path
) -> None:
    with transaction.atomic():
        load(shared_data / TABLE)
        before = every_row()
        with gzip.open(shared_data / TABLE, "rt", encoding="utf-8") as stream:
            real = list(csv.DictReader(stream))
        rows: list[dict[str, str]] = []
        for heading in dict.fromkeys(row["chapter99_heading"] for row in real):
            written(heading, tmp_path / "annex.csv")
            with (tmp_path / "annex.csv").open(encoding="utf-8", newline="") as stream:
                rows += csv.DictReader(stream)
        same = ("chapter99_heading", "note20_subdivision", "list", "seq", "item_no_printed", "hts10",
                "whole_statistical_number", "text")  # fmt: skip
        assert [[row[name] for name in same] for row in rows] == [[row[name] for name in same] for row in real]
        with (tmp_path / "all.csv").open("w", encoding="utf-8", newline="") as stream:
            out = csv.DictWriter(stream, list(rows[0]))
            out.writeheader()
            out.writerows(rows)
        assert "Nothing changed" in load(tmp_path / "all.csv")
        transaction.set_rollback(True)
    assert not ExclusionTerm.objects.exists()
    load(tmp_path / "all.csv")
    leave_out = 8  # where the dates come from: now from the file
    assert [row[:leave_out] for row in every_row()] == [row[:leave_out] for row in before]


def test_a_place_that_was_amended_prints_its_new_words(tmp_path: Path) -> None:
    number = "(described in statistical reporting number 8413.81.0040)"
    load(table(tmp_path, text=f'"Breast pumps {number}"'))
    load(table(tmp_path, text=f'"Breast pumps, manual {number}"'))
    heading = ExclusionTerm.objects.get().heading
    written(heading, tmp_path / "annex.txt")
    assert "Breast pumps, manual (" in (tmp_path / "annex.txt").read_text()
    assert PrintedWording.objects.count() == 2


@pytest.mark.parametrize(
    ("heading", "name", "says"),
    [
        ("banana", "a.csv", "banana"),
        ("9903.88.13", "a.pdf", "has the wrong ending. Use one of .txt, .csv, .docx"),
        ("9903.88.13", "a.csv", "There is no exclusion under 9903.88.13"),
    ],
)
def test_what_cannot_be_written_is_refused_with_the_remedy(heading: str, name: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=says):
        written(heading, tmp_path / name)
    assert not (tmp_path / name).exists()
