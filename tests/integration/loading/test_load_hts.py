"""Loading HTSUS editions: the real files twice, any order, bad rows, parts, confusion of names and days."""

import gzip
import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from exclusions.models import HtsEdition, LineSuccession, TariffLine

pytestmark = pytest.mark.django_db

NOTHING = "0 added, 0 changed, 0 ended, 0 refused.\nEverything was already on file. Nothing changed."


def load(file: Path, *options: str) -> str:
    out = StringIO()
    call_command("load_hts", file, *options, stdout=out, stderr=StringIO())
    return out.getvalue()


def table() -> list[tuple[Any, ...]]:
    return list(
        TariffLine.objects.order_by("number", "valid_from").values_list(
            "number", "full_description", "general_rate", "units", "valid_from", "valid_to"
        )
    )


def edition(folder: Path, name: str, *lines: tuple[str, int, str], chapters: bool = True) -> Path:
    """Write a small edition; with `chapters`, headings of all the others make it a whole one."""
    rows = [
        {"htsno": n, "indent": str(i), "description": d, "units": [], "general": "", "special": "", "other": ""}
        for n, i, d in lines
    ]
    if chapters:
        rows += [
            {
                "htsno": f"{c}01",
                "indent": "0",
                "description": "x",
                "units": [],
                "general": "",
                "special": "",
                "other": "",
            }
            for c in range(10, 100)
            if c != 84
        ]
    path = folder / name
    path.write_text(json.dumps(rows))
    return path


PUMPS = ("8413", 0, "Pumps:")


def spans(number: str) -> list[tuple[str, date, date | None]]:
    rows = TariffLine.objects.filter(number=number).order_by("valid_from")
    return list(rows.values_list("description", "valid_from", "valid_to"))


def load_twice(file: Path, read: str, numbered: int) -> None:
    """Load a real edition into the empty table: every line is added, and the second time nothing changes."""
    assert f"{read} read, {numbered:,} added, 0 changed, 0 ended, 0 refused." in load(file)
    before = table()
    assert len(before) == numbered
    assert f"{read} read, {NOTHING}" in load(file)
    assert table() == before
    assert HtsEdition.objects.get().row_count == int(read.replace(",", ""))


def test_real_edition_twice(shared_data: Path) -> None:
    load_twice(shared_data / "hts" / "hts_2019_rev20.csv.gz", "33,970", 28_308)


def test_real_part_and_real_changes_twice(shared_data: Path) -> None:
    part = shared_data / "hts" / "htsdata_ch01-05_export.csv"
    options = ("--edition", "2025 export", "--from", "2025-03-01")
    assert "part of an edition (chapters 01 to 05)" in load(part, *options)
    assert TariffLine.objects.count() == 1_380
    assert f"1,666 read, {NOTHING}" in load(part, *options)
    changes = shared_data / "hts" / "hts10_changes_2025-2026.csv"
    assert "435 read, 435 added" in load(changes)
    assert f"435 read, {NOTHING}" in load(changes)
    split = LineSuccession.objects.filter(revision_to="2026 Rev 2")
    assert {row.effective_on for row in split} == {date(2026, 1, 30)}


@pytest.mark.deep("test_edition_between_two_others_is_fitted_in does so with few lines.")
def test_real_editions_twice_and_in_two_orders_give_the_same_rows(shared_data: Path) -> None:
    """Each order begins with another edition alone; one test, since each load is that of a whole tariff."""
    newest, oldest, between = (
        shared_data / "hts" / name
        for name in ("hts_2026_rev_6.json.gz", "hts_2019_rev20.csv.gz", "hts_2025_basic.json.gz")
    )
    load_twice(newest, "35,495", 29_583)
    load(oldest)
    load(between)
    one_way = table()
    TariffLine.objects.all().delete()
    HtsEdition.objects.all().delete()
    load_twice(between, "35,859", 29_842)
    load(oldest)
    load(newest)
    assert table() == one_way


def test_unchanged_line_goes_on_and_changed_line_begins_anew(tmp_path: Path) -> None:
    load(edition(tmp_path, "hts_2025_basic.json", PUMPS, ("8413.81", 1, "Old words"), ("8413.82", 1, "Leaves")))
    report = load(edition(tmp_path, "hts_2026_basic.json", PUMPS, ("8413.81", 1, "New words"), ("8413.91", 1, "Comes")))
    assert "1 added, 1 changed, 1 ended" in report
    assert spans("8413") == [("Pumps:", date(2025, 1, 1), None)]
    assert spans("841381") == [
        ("Old words", date(2025, 1, 1), date(2025, 12, 31)),
        ("New words", date(2026, 1, 1), None),
    ]
    assert spans("841382") == [("Leaves", date(2025, 1, 1), date(2025, 12, 31))]
    assert spans("841391") == [("Comes", date(2026, 1, 1), None)]


def test_edition_between_two_others_is_fitted_in(tmp_path: Path) -> None:
    for name in ("hts_2024_basic.json", "hts_2026_basic.json"):
        load(edition(tmp_path, name, PUMPS))
    load(edition(tmp_path, "hts_2025_basic.json", ("8413", 0, "Otherwise:")))
    assert spans("8413") == [
        ("Pumps:", date(2024, 1, 1), date(2024, 12, 31)),
        ("Otherwise:", date(2025, 1, 1), date(2025, 12, 31)),
        ("Pumps:", date(2026, 1, 1), None),
    ]


def test_an_older_edition_moves_the_first_day_of_its_lines_back(tmp_path: Path) -> None:
    for name in ("hts_2026_basic.json", "hts_2025_basic.json"):
        load(edition(tmp_path, name, PUMPS))
    assert spans("8413") == [("Pumps:", date(2025, 1, 1), None)]


def test_edition_is_corrected_by_loading_it_again_under_its_name(tmp_path: Path) -> None:
    load(edition(tmp_path, "hts_2025_basic.json", PUMPS, ("8413.81", 1, "Wrogn")))
    assert "0 added, 1 changed, 0 ended" in load(
        edition(tmp_path, "hts_2025_basic.json", PUMPS, ("8413.81", 1, "Wrong"))
    )
    assert spans("841381") == [("Wrong", date(2025, 1, 1), None)]


def test_edition_that_loses_a_fifth_of_its_lines_is_refused_unless_told(tmp_path: Path) -> None:
    many = [(f"8413.{n:02}", 1, f"Kind {n}") for n in range(10, 99)]
    load(edition(tmp_path, "hts_2025_basic.json", PUMPS, *many))
    before = table()
    short = edition(tmp_path, "hts_2026_basic.json", PUMPS, *many[:40])
    with pytest.raises(CommandError, match=r"lacks 49 of the 179 lines on file for 2026-01-01.*--allow-loss"):
        load(short)
    assert table() == before
    assert HtsEdition.objects.count() == 1
    assert "0 added, 0 changed, 49 ended" in load(short, "--allow-loss")


def test_edition_on_file_under_another_day_keeps_it_when_it_is_loaded_again(tmp_path: Path) -> None:
    file = edition(tmp_path, "hts_2025_basic.json", PUMPS)
    load(file, "--from", "2025-01-02")
    assert "from 2025-01-02:" in load(file)


def test_part_leaves_the_numbers_outside_it_alone(tmp_path: Path) -> None:
    load(edition(tmp_path, "hts_2025_basic.json", PUMPS, ("8413.81", 1, "a"), ("8413.82", 1, "b")))
    part = edition(tmp_path, "part.json", PUMPS, ("8413.81", 1, "c"), chapters=False)
    load(part, "--edition", "Part", "--from", "2025-06-01")
    assert spans("841382") == [("b", date(2025, 1, 1), None)]
    assert spans("841381")[0][2] == date(2025, 5, 31)
    load(edition(tmp_path, "hts_2026_basic.json", PUMPS, ("8413.81", 1, "c"), ("8413.82", 1, "b")))
    assert spans("841381")[1] == ("c", date(2025, 6, 1), None)


def test_part_cannot_take_the_place_of_a_whole_edition(tmp_path: Path) -> None:
    load(edition(tmp_path, "hts_2025_basic.json", PUMPS))
    with pytest.raises(CommandError, match="with more than the numbers 8413 to 8413 of this file"):
        load(edition(tmp_path, "part.json", PUMPS, chapters=False), "--edition", "2025 Basic")


@pytest.mark.parametrize(
    ("options", "part"),
    [
        ((), "Give it with --edition"),
        (("--edition", "2017 Rev 9"), "is not known. Give it with --from"),
        (("--edition", "2025 Rev 1", "--from", "yesterday"), "is not a day"),
        (("--edition", "2025 Basic", "--from", "2025-02-01"), "is on file from 2025-01-01, not from 2025-02-01"),
        (("--edition", "Another", "--from", "2025-01-01"), "“2025 Basic” is on file from 2025-01-01 already"),
    ],
)
def test_unclear_or_confused_edition_is_asked_for(tmp_path: Path, options: tuple[str, ...], part: str) -> None:
    load(edition(tmp_path, "hts_2025_basic.json", PUMPS))
    before = table()
    with pytest.raises(CommandError) as refusal:
        load(edition(tmp_path, "schedule.json", PUMPS, ("8413.81", 1, "x")), *options)
    assert part in str(refusal.value)
    assert table() == before


def test_bad_row_stops_the_load_with_file_line_column_value_and_reason(tmp_path: Path) -> None:
    file = edition(tmp_path, "hts_2025_basic.json", PUMPS, ("8413.8", 1, "x"))
    errors = StringIO()
    with pytest.raises(CommandError, match="1 row was refused, so nothing was loaded"):
        call_command("load_hts", file, stdout=StringIO(), stderr=errors)
    assert "hts_2025_basic.json, line 2, column “htsno”: “8413.8” “8413.8” has 5 digits" in errors.getvalue()
    assert not TariffLine.objects.exists()
    assert not HtsEdition.objects.exists()


def test_skip_bad_loads_the_rest_and_writes_the_refused_beside_it(tmp_path: Path) -> None:
    load(edition(tmp_path, "hts_2025_basic.json", PUMPS, ("8413.81", 1, "Kept")))
    file = edition(tmp_path, "hts_2026_basic.json", PUMPS, ("8413.81", 1, ""), ("8413.82", 1, "New"))
    assert "1 added, 0 changed, 0 ended, 1 refused" in load(file, "--skip-bad")
    assert "has no description" in (tmp_path / "hts_2026_basic.json.skipped.csv").read_text()
    assert spans("841381") == [("Kept", date(2025, 1, 1), None)]


def test_nothing_left_after_skipping_is_refused(tmp_path: Path) -> None:
    file = edition(tmp_path, "hts_2025_basic.json", ("8413", 0, ""), chapters=False)
    with pytest.raises(CommandError, match="Nothing was loaded: every row of"):
        load(file, "--skip-bad")


def test_changes_with_bad_rows_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "changes.csv.gz"
    text = "old_hts10,new_hts10,revision_from,revision_to,change_type\n84138100,NA,a,b,x\nNA,NA,a,b,x\n"
    file.write_bytes(gzip.compress(text.encode()))
    with pytest.raises(CommandError, match="2 rows were refused"):
        load(file)
    file.write_text("hts,heading\n8413.81.00,9903.88.01\n")
    with pytest.raises(CommandError, match="no list of changes"):
        load(file, "--changes")


def test_missing_or_damaged_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Check the path"):
        load(tmp_path / "hts_2025_basic.json")
    (tmp_path / "hts_2025_basic.json").write_text('[{"htsno": ')
    with pytest.raises(CommandError, match="not complete JSON"):
        load(tmp_path / "hts_2025_basic.json")
