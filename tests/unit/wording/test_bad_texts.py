"""Thirty texts that Customs could not administer, each with a number, and every fault that they have."""

import pytest

from exclusions.wording import Known, lint
from exclusions.wording.remarks import marked
from exclusions.wording.remarks.rules import without

KNOWN = Known(
    annex=True,
    requester="Meadowlark Infant Care LLC",
    organizations=("Two Rivers Radio Co.",),
    line="Other articles of plastics: Household articles",
    exists=lambda number: number != "9999999999",
)
PADS, VALVES = "3924.90.5650", "8481.80.3090"
# Text, number, {rule: the words that it marks}.
BAD: list[tuple[str, str, dict[str, str]]] = [
    ("Articles", PADS, {"articles": "Articles", "bare-noun": "Articles"}),
    ("Household articles of plastics, other", PADS,
     {"articles": "articles", "other": "other", "whole-line": "Household articles of plastics, other"}),
    ("Kneeling pads of plastics, and bath seats, and other products", PADS,
     {"several-products": "and bath seats", "other": "and other products"}),
    ("Kneeling pads for hospitals in Ohio, model KP-200, large", PADS,
     {"end-user": "for hospitals in Ohio", "place": "in Ohio", "model": "model KP-200", "vague-size": "large"}),
    ("Valves used in recreational vehicles made in Indiana, FlowMate", VALVES,
     {"actual-use": "used in recreational", "place": "made in Indiana", "brand": "FlowMate"}),
    ("Meadowlark bath seats of plastics", PADS, {"requester": "Meadowlark"}),
    ("Bath seats of plastics, made for Meadowlark Infant Care", PADS, {"requester": "Meadowlark Infant Care"}),
    ("Pads, 3 to 5 cm", PADS, {"unclear-range": "3 to 5 cm"}),
    ("Brandname Xy(TM) pneumatic actuators, model KA-200", "8412.39.0080",
     {"brand": "Brandname Xy(TM)", "model": "model KA-200"}),
    ("Pneumatic actuators, all types, various sizes", "8412.39.0080", {"various": "all types"}),
    ("Bath seats of plastics, 46 SKUs", PADS, {"skus": "46 SKUs"}),
    ("Pumps and parts", "8413.70.2004", {"and-parts": "and parts"}),
    ("Valves of steel, with parts and hardware", VALVES, {"and-parts": "with parts and hardware"}),
    ("Pads", PADS, {"bare-noun": "Pads"}),
    ("Ball valves of steel, measuring not over 20 in diameter", VALVES, {"no-unit": "20"}),
    ("Pads of plastics, 3 to 5", PADS, {"no-unit": "3 to 5"}),
    ("Ball valves, 2 inches in diameter", VALVES, {"customary-units": "2 inches"}),
    ("Ball valves of steel, of a pressure of up to 150 psi", VALVES, {"customary-units": "up to 150 psi"}),
    ('Hoses, 6" long', "3917.33.0000", {"customary-units": '6"'}),
    ("Large ball valves of steel", VALVES, {"vague-size": "Large"}),
    ("Ball valves, about 12 mm in bore", VALVES, {"vague": "about"}),
    ("Ball valves of steel, high-quality", VALVES, {"vague": "high-quality"}),
    ("Household articles of plastics", PADS, {"articles": "articles", "whole-line": "Household articles of plastics"}),
    ("Ball valves purchased by Hoosier Coachworks, Inc.", VALVES,
     {"actual-use": "purchased by Hoosier", "company": "Hoosier Coachworks, Inc."}),
    ("Two Rivers Radio transceivers, CB", "8525.60.1010", {"company": "Two Rivers Radio"}),
    ("FlowMate® ball valves", VALVES, {"brand": "FlowMate®"}),
    ("ball valve", VALVES, {"begins": "ball", "singular": "ball valve"}),
    ("A valve for the use of farmers", VALVES, {"begins": "A", "actual-use": "for the use of farmers"}),
    ("Motors chiefly used in homes", "8501.31.2000", {"chief-use": "chiefly used in homes"}),
    ("Assorted tools and the following products: hammers; saws", "8205.59.1000",
     {"various": "Assorted tools", "several-products": "the following products"}),
    ("Bicycles, brand RoadKing, item no. 4711-B, for dealers", "8712.00.1510",
     {"brand": "brand RoadKing", "model": "item no. 4711-B", "end-user": "for dealers"}),
    ("Ball valves of steel", "9999.99.9999", {"unknown-number": "9999.99.9999"}),
    ("Ball valves of steel\nGate valves of steel", VALVES, {"paragraphs": ""}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "number", "faults"), BAD, ids=range(1, len(BAD) + 1))
def test_every_fault_of_a_bad_text_is_named_with_its_words(text: str, number: str, faults: dict[str, str]) -> None:
    whole = f"{text} (described in statistical reporting number {number})"
    found = lint(whole, KNOWN)
    first = {remark.rule: remark.words for remark in reversed(found)}
    assert first == faults
    for remark in found:
        assert whole[remark.start : remark.end] == remark.words
        assert remark.remedy
        assert remark.message


def test_a_text_without_a_number_is_told_how_it_ends() -> None:
    (remark,) = lint("Ball valves of steel", Known(annex=True, number="8481803090"))
    assert (remark.rule, remark.severity) == ("number", "error")
    assert "(described in statistical reporting number 8481.80.3090)" in remark.remedy


def test_the_suggestion_leaves_out_every_word_that_should_not_stand_and_cuts_none() -> None:
    (brand, model) = lint("Brandname Xy(TM) pneumatic actuators, model KA-200 of steel", Known())
    assert brand.remedy.startswith("Leave it out: “pneumatic actuators, of steel”.")
    assert model.remedy.startswith("Leave it out: “pneumatic actuators, of steel”.")
    assert without("Brandname pads", [(0, 5)]) == "pads"


def test_the_same_remark_is_said_in_the_words_of_who_reads_it() -> None:
    (remark,) = lint("FlowMate® ball valves", Known())
    assert remark.said_of("Your description") == "Your description names a trademark or brand: “FlowMate®”."
    assert remark.message == "The text names a trademark or brand: “FlowMate®”."
    assert remark.sentence.startswith(remark.message)


def test_a_filers_text_is_not_held_to_the_form_of_the_annex() -> None:
    assert lint("ball valve of steel, 15 to 20 mm in diameter", Known()) == []


@pytest.mark.parametrize(
    "text",
    [
        "(R)-Limonene of a purity of at least 95 percent (described in statistical reporting number 2902.19.0050)",
        "Ball valves designed for use in hospital beds (described in statistical reporting number 8481.80.3090)",
        "Ice cube makers of stainless steel (described in statistical reporting number 8418.69.0110)",
        "8525.60.1010",
        "[Exclusion deleted.]",
    ],
)
def test_words_that_only_look_like_faults_pass(text: str) -> None:
    assert lint(text, Known(annex=True)) == []


def test_the_words_of_a_remark_can_be_marked_in_the_text() -> None:
    text = "FlowMate® ball valves for hospitals in Ohio"
    pieces = marked(text, lint(text, Known()))
    assert "".join(piece.words for piece in pieces) == text
    assert [(piece.words, piece.rules) for piece in pieces if piece.rules] == [
        ("FlowMate®", ("brand",)),
        ("for hospitals ", ("end-user",)),
        ("in Ohio", ("end-user", "place")),
    ]
