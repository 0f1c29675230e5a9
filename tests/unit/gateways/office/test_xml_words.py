"""One XML part is read whole, in one pass: texts, attributes, comments, instructions, names that are its own."""

import io

import pytest

from exclusions.gateways.documents.office.xml_words import ExpatError, TooLong, WithEntities, xml_words

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def words(part: str, name: str = "word/document.xml") -> dict[str, str]:
    said: dict[str, str] = {}
    for where, what in xml_words(io.BytesIO(part.encode()), name):
        said[where] = said.get(where, "") + what
    return said


def test_a_word_in_pieces_is_read_as_one_whatever_attributes_stand_between() -> None:
    runs = '<w:r><w:t>North</w:t></w:r><w:r w:x="between"><w:rPr><w:rStyle w:val="Own"/></w:rPr><w:t>ern</w:t></w:r>'
    assert words(f"<w:p {W}>{runs}</w:p>")["text"] == "Northern\n\nbetween\nOwn\n"


def test_a_comment_an_instruction_and_names_of_its_own_are_read() -> None:
    said = words('<a xmlns:forge="urn:hidden"><!-- 1416065 --><?tell 2320004?><forge:works forge:owner="x"/></a>')
    for hidden in ("1416065", "2320004", "urn:hidden", "works", "owner"):
        assert hidden in said["notes in the file's code"]


def test_the_number_of_a_shared_text_is_no_figure_and_a_value_is() -> None:
    cells = '<c t="s"><v>14160</v></c><c><v>2320004</v></c><c t="str"><v>99</v></c>'
    said = words(f"<row {S}>{cells}</row>", "xl/worksheets/sheet1.xml")["text"]
    assert said.split() == ["2320004", "99"]


def test_a_number_is_read_as_people_write_it_in_an_attribute_too() -> None:
    said = words(f'<r {S}><n v="1.416065E6"/></r>', "xl/pivotCache/pivotCacheRecords1.xml")
    assert said["pivot table cache"].split() == ["1416065"]


def test_the_text_behind_an_element_is_read() -> None:
    assert words("<a>North<b/>ern Forge</a>", "customXml/item1.xml")["custom parts"].split() == ["Northern", "Forge"]


def test_a_text_without_letters_is_read_and_a_place_on_a_sheet_is_not() -> None:
    said = words("<a><note>1416065</note><colOff>304800</colOff></a>", "xl/drawings/drawing1.xml")
    assert said["text"].split() == ["1416065"]


@pytest.mark.parametrize(
    ("part", "error"),
    [
        ('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', WithEntities),
        ("<a><b></a>", ExpatError),
        ("<a>&nbsp;</a>", ExpatError),
    ],
)
def test_what_cannot_be_read_whole_is_an_error(part: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        words(part)


def test_deep_and_long_parts_take_no_more_than_their_length() -> None:
    assert words("<a>" * 100_000 + "slab" + "</a>" * 100_000)["text"].strip() == "slab"
    long = "<a " + " ".join(f'k{n}="v{n}"' for n in range(50_000)) + "/>"
    assert words(long)["text"].count("\n") == 50_001


def test_what_is_kept_beside_the_text_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exclusions.gateways.documents.office.xml_words.MAX_TEXT", 1_000)
    with pytest.raises(TooLong):
        words("<a " + " ".join(f'k{n}="v{n}"' for n in range(500)) + "/>")
