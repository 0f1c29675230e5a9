"""The words of a notice: order, numbers, conforming amendments, counts that are counted again, and the files of it."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from exclusions.gateways.annex.blocks import notice_blocks, notice_title
from exclusions.gateways.annex.conforming import in_description, in_note
from exclusions.gateways.annex.counting import recount
from exclusions.gateways.annex.facts import ListFacts, NewHeading, NoticeFacts, RoundFacts, read_facts
from exclusions.gateways.annex.page import notice_pdf
from exclusions.gateways.annex.rows import AnnexRow, numbered, subdivision_order
from exclusions.gateways.annex.word import word_file

AT = datetime(2019, 7, 9, 15, tzinfo=UTC)
PUMPS = "Pumps of bronze, rated at not over 10 bar (described in statistical reporting number 8413.81.0040)"
SEALS = "Seals of rubber (described in statistical reporting number 4016.93.5050)"


def row(text: str, **facts: object) -> AnnexRow:
    values: dict[str, object] = {
        "kind": "grant", "list_code": "3", "base_headings": ("9903.88.03",), "heading": "9903.88.13", "note": "p",
        "number": 0, "text": text, "starts_on": "2018-09-24", "ends_on": "2020-08-07", "requests": 1,
    }  # fmt: skip
    return AnnexRow(**{**values, **facts})  # type: ignore[arg-type]


def facts(*rows: AnnexRow, headings: tuple[NewHeading, ...] = ()) -> NoticeFacts:
    return NoticeFacts(
        rows=rows,
        lists=(ListFacts("3", "List 3", "83 FR 47974"),),
        rounds=(RoundFacts("USTR-2019-0005", "List 3: product exclusions", "84 FR 29576"),),
        headings=headings,
        requests=sum(one.requests for one in rows),
    )


def test_paragraphs_go_on_from_the_last_one_whole_numbers_first_then_by_number() -> None:
    rows = [row(PUMPS), row(SEALS), row("8482.10.5044"), row("8412.21.0075", note="ll", heading="9903.88.33")]
    found = numbered(rows, {("9903.88.13", "p"): 10})
    assert [(one.note, one.number, one.text[:8]) for one in found] == [
        ("p", 11, "8482.10."), ("p", 12, "Seals of"), ("p", 13, "Pumps of"), ("ll", 1, "8412.21."),
    ]  # fmt: skip


@given(st.permutations(["p", "ll", "sss(i)", "sss(iv)", "sss(ix)", "vvv(ii)"]))
def test_subdivisions_are_sorted_as_the_note_prints_them(notes: list[str]) -> None:
    assert sorted(notes, key=subdivision_order) == ["p", "ll", "sss(i)", "sss(iv)", "sss(ix)", "vvv(ii)"]


@pytest.mark.parametrize(
    ("before", "deleted", "inserted"),
    [
        ([], "Articles the product of China", "Except as provided in heading N, articles the product of China"),
        (["A"], "heading A", "headings A or N"),
        (["A", "B"], "headings A or B", "headings A, B, or N"),
        (["A", "B", "C"], "B, or C", "B, C, or N"),
    ],
)
def test_a_description_excepts_the_new_heading_too(before: list[str], deleted: str, inserted: str) -> None:
    assert in_description(before, "N") == (deleted, inserted)


def test_a_note_excepts_the_new_heading_behind_the_last_one() -> None:
    deleted, inserted = in_note([("A", "p"), ("B", "vvv(iii)")], "N", "xxx")
    assert deleted == "or (2) heading B and U.S. note 20(vvv)(iii) to subchapter III of chapter 99"
    assert inserted.endswith("; or (3) heading N and U.S. note 20(xxx) to subchapter III of chapter 99")
    assert in_note([], "N", "xxx")[0] == ""


def test_a_notice_of_a_new_heading_says_all_its_parts() -> None:
    new = NewHeading("9903.88.71", "xxx", "2018-09-24", "2020-08-07", (("9903.88.03", (("9903.88.13", "p"),)),))
    rows = [row("8412.21.0075", heading="9903.88.71", note="xxx", number=1), row(PUMPS, heading="9903.88.71",
            note="xxx", number=2, requests=2)]  # fmt: skip
    found = facts(*rows, headings=(new,))
    words = [block.line for block in notice_blocks(found)]
    whole = "\n".join(words)
    for part in (
        "AGENCY: Office of the United States Trade Representative.",
        "DOCKET NUMBER: USTR-2019-0005.",
        "1 ten-digit subheading and 1 specially prepared product description answer 3 separate exclusion requests.",
        "9903.88.71 | Effective with respect to entries on or after September 24, 2018 and through August 7, 2020, art",
        "by deleting “heading 9903.88.13” and inserting “headings 9903.88.13 or 9903.88.71”",
        "by amending U.S. note 20(f) to subchapter III",
        "(xxx) The U.S. Trade Representative determined",
    ):
        assert part in whole, part
    assert "(1) 8412.21.0075" in words
    assert f"(2) {PUMPS}" in words
    assert recount(words, found.rows, 3) == []
    assert read_facts(found.to_json()) == found


def test_what_was_written_is_counted_again() -> None:
    found = facts(row(PUMPS, number=1), row(SEALS, number=2))
    words = [block.line for block in notice_blocks(found)]
    assert recount(words, found.rows, 2) == []
    lost = [line for line in words if SEALS not in line]
    assert "its annex has 0 and 1" in recount(lost, found.rows, 2)[0]
    assert "the record has 5" in recount(words, found.rows, 5)[0]


def test_every_kind_of_row_has_its_section() -> None:
    rows = [
        row(PUMPS, kind="extension", number=3, ends_before="2020-08-07", ends_on="2020-12-31", requests=0),
        row(SEALS, kind="withdrawal", number=4, reason="It was claimed for other goods.", requests=0),
        row(SEALS, kind="amendment", number=5, text_before="Seals of gum", requests=0),
        row(PUMPS, kind="reinstatement", heading="9903.88.67", note="ttt", number=1, requests=0),
    ]
    words = "\n".join(block.line for block in notice_blocks(facts(*rows)))
    assert "are extended by deleting “August 7, 2020” and inserting “December 31, 2020”" in words
    assert "inserting “[Exclusion deleted.]”. Reason: It was claimed for other goods." in words
    assert f"by deleting “Seals of gum” and inserting “{SEALS}”" in words
    assert "1 specially prepared product description are reinstated" in words
    assert recount(words.split("\n"), facts(*rows).rows, 0) == []
    assert notice_title(facts(*rows)).startswith("Notice of Product Exclusion Extensions and Reinstatement of")


def test_word_and_pdf_hold_the_same_words_and_the_pdf_is_tagged() -> None:
    found = facts(row(f"{PUMPS} \x07中", number=1))
    new = NewHeading("9903.88.71", "xxx", "", "", (("9903.88.03", ()),))
    blocks = notice_blocks(replace(found, headings=(new,)))
    document = Document(BytesIO(word_file(blocks, title="A notice", at=AT)))
    assert f"(1) {PUMPS} 中" in [paragraph.text for paragraph in document.paragraphs]
    assert document.core_properties.title == "A notice"
    with pikepdf.open(BytesIO(notice_pdf(blocks, title="A notice", at=AT))) as pdf:
        assert pdf.Root.MarkInfo.Marked
    assert notice_pdf(blocks, title="A notice", at=AT) == notice_pdf(blocks, title="A notice", at=AT)
