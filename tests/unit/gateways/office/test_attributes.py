"""What the format fills itself is told from what people typed, by the table of the standard's types."""

import csv
import re
from pathlib import Path

import pytest

from exclusions.gateways.documents.office.attributes import _FORMS, WORDS, of_attribute, own_words

TABLE = Path("exclusions/data/office_attributes.csv")

THE_FORMAT_S = [
    ("color", "val", "4472C4"),
    ("sz", "val", "24"),
    ("tcW", "w", "1416065"),
    ("p", "rsidR", "00A77427"),
    ("ext", "cx", "5486400"),
    ("gd", "fmla", "*/ 123456 w 2"),
    ("c", "r", "XFD1048576"),
    ("row", "spans", "1:16384"),
    ("col", "width", "9.140625"),
    ("shape", "style", "position:absolute;margin-left:59.25pt;z-index:251658240;visibility:visible"),
    ("shape", "path", "m,l,21600r21600,l21600,xe"),
    ("jc", "val", "center"),
    ("ins", "date", "2024-05-17T09:30:00Z"),
    ("row", "dyDescent", "0.35"),
    ("blip", "embed", "rId12"),
    ("cnfStyle", "val", "000000100000"),
]
PEOPLE_S = [
    ("n", "v", "1416065"),  # a value in the cache of a pivot table
    ("sharedItems", "maxValue", "1416065"),
    ("filter", "val", "1416065"),
    ("inputCells", "val", "1416065"),
    ("max", "val", "1416065"),  # the end of an axis
    ("color", "val", "Northern Forge"),
    ("jc", "val", "Northern Forge"),
    ("blip", "embed", "NorthernForge"),
    ("textpath", "string", "1416065"),
    ("tblCaption", "val", "1416065"),
    ("docPr", "name", "1416065"),
    ("query", "val", "1416065"),
]


@pytest.mark.parametrize(("element", "attribute", "value"), THE_FORMAT_S)
def test_what_the_format_fills_says_nothing(element: str, attribute: str, value: str) -> None:
    said = of_attribute(element, attribute)
    assert said is not None
    assert said(value) == ""


@pytest.mark.parametrize(("element", "attribute", "value"), PEOPLE_S)
def test_what_people_type_is_read(element: str, attribute: str, value: str) -> None:
    said = of_attribute(element, attribute)
    assert said is None or said(value) == value


def test_of_a_style_sheet_what_places_nothing_is_read() -> None:
    said = of_attribute("shape", "style")
    assert said is not None
    assert said("width:12pt;font-family:Northern Forge;z-index:251658240") == "font-family:Northern Forge;"


def test_every_row_names_a_form_and_a_clause() -> None:
    with TABLE.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            assert row["clause"], row
            assert set(row["form"].split()) <= {*_FORMS, "listed", "css"}, row
    assert {"center", "dash", "tblCaption"} <= WORDS


@pytest.mark.parametrize("form", _FORMS)
def test_a_form_takes_no_longer_for_a_long_value(form: str) -> None:
    long = ("1a-,: @#f(" * 100_000) + "!"
    assert not re.fullmatch(_FORMS[form], long)
    assert not re.fullmatch(_FORMS[form], "1" * 1_000_000 + "!")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://schemas.openxmlformats.org/officeDocument/2006/relationships/fontTable", ""),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml", ""),
        ("w14 http://schemas.microsoft.com/office/word/2010/wordml", ""),
        ("word/media/image12.jpeg", ""),
        ("word/media/image1416065.jpeg", "word/media/image1416065.jpeg"),
        ("xl/media/northern.png", "xl/media/northern.png"),
        ("http://schemas.openxmlformats.org/2006/Northern", "http://schemas.openxmlformats.org/2006/Northern"),
    ],
)
def test_addresses_and_names_of_parts_that_every_file_has_say_nothing(address: str, said: str) -> None:
    assert own_words(address) == said
