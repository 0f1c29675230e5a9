"""Reading HTSUS editions with all their quirks."""

import gzip
import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from exclusions.gateways.rows import BadRow, UnreadableFile
from exclusions.gateways.tariff.hts_calendar import edition_name, edition_start, revision_name
from exclusions.gateways.tariff.hts_changes import is_change_list
from exclusions.gateways.tariff.hts_edition import Edition, read_edition

SUPERIOR = {"htsno": "", "indent": "1", "description": "Horses:", "superior": "true", "footnotes": None}


def row(number: str, indent: int, description: str, **fields: Any) -> dict[str, Any]:
    return {
        "htsno": number,
        "indent": str(indent),
        "description": description,
        "superior": None,
        "units": [],
        "general": "",
        "special": "",
        "other": "",
        "footnotes": [],
        "quotaQuantity": None,
        "additionalDuties": " ",
        "addiitionalDuties": None,
    } | fields


ROWS = [
    row("0101", 0, "Live horses, asses, mules and hinnies:"),
    row("", 1, "Horses:") | SUPERIOR,
    row("0101.21.00", 2, " Purebred breeding animals ", general="Free", other="20%"),
    row("0101.21.00.10 ", 3, "Males", units=["No. ", ""]),
    row("0101.30.00.00", 1, "Asses", general="6.8%", units=["No."]),
]


def read(folder: Path, rows: object, name: str = "edition.json") -> tuple[Edition, list[BadRow]]:
    path = folder / name
    path.write_text(json.dumps(rows))
    bad: list[BadRow] = []
    return read_edition(path, bad), bad


def test_description_has_the_words_above_it_also_those_without_a_number(tmp_path: Path) -> None:
    edition, bad = read(tmp_path, ROWS)
    males = edition.lines[2]
    assert bad == []
    assert males.number == "0101210010"
    assert males.description == "Males"
    assert males.full_description == ("Live horses, asses, mules and hinnies: Horses: Purebred breeding animals: Males")


def test_indent_closes_what_stands_deeper(tmp_path: Path) -> None:
    edition, _ = read(tmp_path, ROWS)
    assert edition.lines[3].full_description == "Live horses, asses, mules and hinnies: Asses"


def test_rates_come_from_the_eight_digit_line_unless_the_child_has_its_own(tmp_path: Path) -> None:
    edition, _ = read(tmp_path, ROWS)
    assert [(line.number, line.general_rate, line.other_rate) for line in edition.lines] == [
        ("0101", "", ""),
        ("01012100", "Free", "20%"),
        ("0101210010", "Free", "20%"),
        ("0101300000", "6.8%", ""),
    ]


def test_units_lose_blanks(tmp_path: Path) -> None:
    edition, _ = read(tmp_path, ROWS)
    assert edition.lines[2].units == ("No.",)
    assert edition.rows == 5


@pytest.mark.parametrize(
    "heading",
    [
        (
            "\ufeffHTS Number,Indent,Description,Unit of Quantity,General Rate of Duty,Special Rate of Duty,"
            "Column 2 Rate of Duty,Quota Quantity,Additional Duties"
        ),
        (
            "hts_number,indent,description,unit_of_quantity,general_rate_of_duty,special_rate_of_duty,"
            "column_2_rate_of_duty,quota_quantity,additional_duties"
        ),
        "HTSNO,INDENT,Article Description,units,Column 1 General,column-1-special,Column 2,Quota,Additional",
        "Hts.Code,indent level,desc,Unit,GENERAL RATE,Special rate,other rate of duty,x,y",
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_csv_of_either_style_reads_like_json(tmp_path: Path, heading: str, packed: bool) -> None:
    text = f'{heading}\n0101,0,Live horses:,,,,,,\n,1,Horses:,,,,,,\n0101.21.00.10 ,2,Males,"[""No.""]",Free,,20%,, \n'
    path = tmp_path / "export.csv"
    path.write_bytes(gzip.compress(text.encode()) if packed else text.encode())
    bad: list[BadRow] = []
    line = read_edition(path, bad).lines[-1]
    assert bad == []
    assert (line.number, line.units, line.general_rate, line.other_rate) == ("0101210010", ("No.",), "Free", "20%")
    assert line.full_description == "Live horses: Horses: Males"


@pytest.mark.parametrize(
    ("changed", "column", "reason"),
    [
        ({"htsno": "0101.2"}, "htsno", "has 5 digits"),
        ({"htsno": "01O1"}, "htsno", "contains “O”"),
        ({"htsno": "0101"}, "htsno", "is on line 1 already"),
        ({"indent": "deep"}, "indent", "is not an indent"),
        ({"indent": "-1"}, "indent", "is not an indent"),
        ({"description": " "}, "description", "has no description"),
        ({"description": 7}, "description", "is not text"),
        ({"units": '["No."'}, "units", "is not a list of units"),
        ({"units": {"a": 1}}, "units", "is not a list of units"),
    ],
)
def test_row_that_makes_no_sense_is_named_by_the_file_s_own_column(
    tmp_path: Path, changed: dict[str, Any], column: str, reason: str
) -> None:
    edition, bad = read(tmp_path, [*ROWS, row("0102", 0, "Live bovine animals:") | changed])
    assert [(item.file, item.line, item.column) for item in bad] == [("edition.json", 6, column)]
    assert reason in bad[0].reason
    assert len(edition.lines) == 4


def test_number_of_a_refused_row_counts_as_unread(tmp_path: Path) -> None:
    edition, _ = read(tmp_path, [*ROWS, row("0102", 0, "")])
    assert edition.unread == {"0102"}


@pytest.mark.parametrize(
    ("units", "read_as"),
    [
        (["m<sup>2<\\/sup>"], ("m2",)),
        ('["m<sup>2<\\\\/sup>","kg"]', ("m2", "kg")),
        ("No., kg", ("No.", "kg")),
        ("doz.", ("doz.",)),
        (" ", ()),
        (None, ()),
    ],
)
def test_units_are_read_however_they_are_written(tmp_path: Path, units: object, read_as: tuple[str, ...]) -> None:
    edition, bad = read(tmp_path, [*ROWS, row("0102", 0, "Bovine", units=units)])
    assert bad == []
    assert edition.lines[-1].units == read_as


@pytest.mark.parametrize(
    ("words", "read_as"),
    [
        ("<i>Equus caballus</i>, <il>live</il>", "Equus caballus, live"),
        ("Of a <u>density</u> of 5 g/cm<sup>3</sup><br>or more", "Of a density of 5 g/cm3 or more"),
        ("Valued <$5 and >$2 &amp; not", "Valued <$5 and >$2 & not"),
        ("a < b > c", "a < b > c"),
    ],
)
def test_tags_in_words_go_and_signs_stay(tmp_path: Path, words: str, read_as: str) -> None:
    edition, _ = read(tmp_path, [*ROWS, row("0102", 0, words)])
    assert edition.lines[-1].description == read_as


def test_list_inside_an_object_is_read(tmp_path: Path) -> None:
    edition, bad = read(tmp_path, {"release": "2026", "rows": ROWS})
    assert (len(edition.lines), bad) == (4, [])


def test_edition_on_one_line_is_read_in_linear_time(tmp_path: Path) -> None:
    many = [ROWS[0], *(row(f"0101.{n // 100:02}.{n % 100:02}.10", 1, f"Kind {n} " + "x, " * 60) for n in range(9_999))]
    path = tmp_path / "edition.json"
    path.write_text(json.dumps(many, separators=(",", ":")))
    began = time.process_time()
    assert not is_change_list(path)
    assert len(read_edition(path, []).lines) == 10_000
    assert time.process_time() - began < 5  # it was minutes when each heading was counted in the list of all


def test_incomplete_json_row_is_a_bad_row(tmp_path: Path) -> None:
    edition, bad = read(tmp_path, [*ROWS, {"htsno": "0102"}, "text"])
    assert [item.line for item in bad] == [6, 7]
    assert edition.rows == 7


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ('[{"htsno": "0101"', "not complete JSON"),
        ('{"htsno": "0101"}', "not a list"),
        ('[{"name": "x"}]', "has no column “htsno”"),
        ("[]", "has no column"),
        ("a,b\n1,2\n", "has no column"),
        ("htsno,indent,description,units,general,special,other\n", "no numbered line"),
    ],
)
def test_file_that_is_no_edition_is_refused(tmp_path: Path, content: str, part: str) -> None:
    path = tmp_path / "edition"
    path.write_text(content)
    with pytest.raises(UnreadableFile, match=part):
        read_edition(path, [])


def test_export_of_a_range_is_not_whole(tmp_path: Path) -> None:
    edition, _ = read(tmp_path, ROWS)
    assert not edition.is_whole
    assert Edition("", "", 0, [edition.lines[0]] * 3).is_whole is False


@pytest.mark.parametrize(
    ("text", "name", "start"),
    [
        ("hts_2026_rev_6.json.gz", "2026 Rev 6", date(2026, 4, 23)),
        ("hts_2025_basic.json.gz", "2025 Basic", date(2025, 1, 1)),
        ("hts_2019_rev20.csv.gz", "2019 Rev 20", date(2019, 12, 16)),
        ("hts_2025_revision_3_json.json", "2025 Rev 3", date(2025, 2, 4)),
        ("2018HTSABasic.csv", "2018 Basic", date(2018, 1, 1)),
        ("hts_2021_revision_basic_12_csv.csv", "2021 Rev 12", date(2021, 12, 7)),
        ("2021 Basic Revision 12", "2021 Rev 12", date(2021, 12, 7)),
        ("2018 Rev 7.1", "2018 Rev 7.1", date(2018, 7, 11)),
        ("2022HTSBasic.json", "2022 Basic", date(2022, 1, 27)),
        ("hts_2017_rev_2.json", "2017 Rev 2", None),
        ("htsdata_ch01-05_export.csv", "", None),
    ],
)
def test_edition_and_its_first_day_from_a_file_name(text: str, name: str, start: date | None) -> None:
    assert edition_name(text) == name
    assert edition_start(name) == start


def test_label_without_a_year_is_of_2025() -> None:
    assert [revision_name(label) for label in ("basic", "rev_16", "2026_rev_2", "x")] == [
        "2025 Basic",
        "2025 Rev 16",
        "2026 Rev 2",
        "",
    ]
