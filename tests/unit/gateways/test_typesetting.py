"""Letters: what they say, that screen readers and archives can use them, and that user text stays text."""

import io
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exclusions.actions.record.letter_parts.composing import compose
from exclusions.gateways.letter_words import shipped_kinds, shipped_words
from exclusions.gateways.typesetting import from_kept, letter_pdf, qr_svg, to_keep
from exclusions.wording.letter_kinds import KINDS
from exclusions.wording.letters import faults
from tests.pdf_text import pages_of, pdf_text

FINDINGS = [
    {
        "criterion": "Availability",
        "result": "Against exclusion",
        "reasons": "A comparable product is made in Ohio.\n\nThe reply does not rebut this.",
        "citations": [
            {"words": "Petition, question C1", "passage": "No source outside China is known."},
            {"words": "Response R1", "passage": ""},
        ],
    },
    {"criterion": "Severe economic harm", "result": "Not shown", "reasons": "Only higher prices are claimed."},
    {"criterion": "Strategic importance", "result": "Neutral", "reasons": "Not related to Made in China 2025."},
]
CASE: dict[str, Any] = {
    "issued_at": datetime(2019, 12, 6, 2, 30, tzinfo=UTC),
    "reference": "USTR-2019-0005-012345",
    "docket": "USTR-2019-0005",
    "organization": "Granite Coast Surfaces, Inc.",
    "product_name": "Quartz slabs",
    "hts10": "6810.99.0010",
    "action": "List 3 ($200 billion action)",
    "round": "List 3: product exclusions",
    "citation": "84 FR 29576 (June 24, 2019)",
    "verification_code": "K7QF-2M9X-R4TD-8HWP",
    "verify_url": "https://petitions.example.gov/verify/K7QF/",
    "contact": "Section 301 Product Exclusions, exclusions@example.gov",
    "template": "shipped",
    "addressee": ["Wanda Whisper", "Granite Coast Surfaces, Inc.", "1 Orchard Lane", "Dayton, OH 45402"],
}
POINTS = [{"question": "product", "label": "What is the product?", "remedy": "It names a supplier."}]
CURE_BY = "Monday, July 22, 2019, 11:59 p.m. ET"
TERM: dict[str, Any] = {
    "extent": "described",
    "product_text": "Quartz slabs, over 2 cm thick (described in statistical reporting number 6810.99.0010)",
    "heading": "9903.88.13",
    "note": "20(p)(4)",
    "notice": "84 FR 38717 (August 7, 2019)",
    "starts_on": date(2018, 9, 24),
    "ends_on": date(2020, 8, 7),
}
SIGNED: dict[str, Any] = {"findings": FINDINGS, "signatory": {"name": "Ada Vance", "title": "Chair"}}
OWN: dict[str, dict[str, Any]] = {
    "denial": {
        **SIGNED,
        "reason_codes": [
            {"code": "DR1", "text": "Available outside China."},
            {"code": "DR2", "text": "No harm shown."},
        ],
        "rationale": "A domestic producer has the capacity.",
    },
    "grant": {**SIGNED, **TERM},
    "in_part": {
        **SIGNED,
        **TERM,
        "in_part": {
            "asked": "Quartz slabs of any thickness",
            "granted": "Quartz slabs, over 2 cm thick",
            "reasons": [{"code": "NR2", "reason": "Opposition was credited."}],
            "proposed_by": "A responder",
            "why": "Thin slabs are made in Ohio.",
        },
    },
    "returned": {"points": POINTS, "cure_by": CURE_BY},
    "receipt": {"submitted": "Monday, July 8, 2019, 10:00 a.m. ET", "sha256": "ab" * 32},
    "lapsed": {"points": POINTS, "cure_by": CURE_BY, "returned": "Monday, July 8, 2019, 10:00 a.m. ET"},
    **{
        kind: {
            "facts": [{"label": "Exclusion", "value": "L3-6810"}],
            "because": "It is this product.",
            "filed": CURE_BY,
        }
        for kind in ("incomplete", "covered", "duplicate")
    },
    "withdrawal": {"withdrawn": "Monday, July 8, 2019, 10:00 a.m. ET", "reason": "A supplier in Ohio was found."},
    "posted": {"posted": "Monday, July 8, 2019, 10:00 a.m. ET", "responses_until": CURE_BY},
    "response": {
        "response": "USTR-2019-0005-012345-R001",
        "responder": "Buckeye Slabs",
        "position": "Oppose",
        "reply_by": CURE_BY,
    },
    "publication": TERM,
    "correction": {**TERM, "correction": "The thickness. Authority: 85 FR 1. It was misprinted."},
    "expiry": TERM,
}


def composed(kind: str, **changes: Any) -> dict[str, Any]:
    said = {**CASE, **OWN[kind], **changes}
    return {**said, **compose(kind, said, shipped_words(kind))}


def letter(kind: str, **changes: Any) -> bytes:
    return letter_pdf(composed(kind, **changes))


def test_every_kind_has_a_sample_and_a_shipped_template_that_may_be_used():
    assert set(OWN) == set(KINDS) == shipped_kinds()
    for key, kind in KINDS.items():
        assert faults(shipped_words(key), kind) == [], key


@pytest.mark.parametrize("kind", sorted(OWN))
def test_every_letter_identifies_the_case_and_how_to_verify_it(kind):
    words = pdf_text(letter(kind))
    for fact in ("reference", "docket", "organization", "product_name", "hts10", "action", "round", "citation"):
        assert CASE[fact] in words
    assert CASE["verification_code"] in words
    assert CASE["verify_url"] in words, "unbroken"
    for said in (*CASE["addressee"], CASE["contact"], "19 U.S.C. 2411-2420", "EXECUTIVE OFFICE OF THE PRESIDENT"):
        assert said in words, said
    assert "December 5, 2019" in words  # the New York date of the moment of issue
    assert "Demonstration" not in words


@pytest.mark.parametrize("kind", sorted(OWN))
def test_every_letter_is_tagged_archivable_and_says_its_language_and_title(kind):
    with pikepdf.open(io.BytesIO(letter(kind))) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang) == "en-US"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        metadata = pdf.open_metadata()
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert CASE["reference"] in metadata["dc:title"]
        kinds = Counter(str(node.S) for node in nodes(pdf.Root.StructTreeRoot))
        assert kinds["/TH"] >= 2
        assert kinds["/Figure"] == 1, "the code to be scanned, with words in its place"
        links = [str(note.A.URI) for page in pdf.pages for note in page.get("/Annots", ()) if "/A" in note]
        assert links == [CASE["verify_url"]]


def nodes(node: Any) -> Iterator[Any]:
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from nodes(one)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from nodes(node.K)


@pytest.mark.parametrize("kind", sorted(OWN))
def test_the_code_is_never_alone_on_a_page(kind):
    for length in (0, 9, 14):
        pages = pages_of(letter(kind, rationale="\n".join(["It was weighed against the record as a whole."] * length)))
        last = pages[-1].split("Is this letter genuine?")[0]
        assert "Sincerely," in last
        assert "If you have questions, contact" in last


def test_a_kept_letter_is_the_letter_that_was_to_be_set():
    said = composed("denial")
    assert letter_pdf(from_kept(to_keep(said))) == letter_pdf(said)


def test_the_code_to_be_scanned_has_its_quiet_zone_and_is_of_the_address():
    one, other = qr_svg("https://petitions.example.gov/verify/A/"), qr_svg("https://petitions.example.gov/verify/B/")
    assert one != other
    assert "M4 4h7v1h-7z" in one, "the first finder begins four modules from the edge"


def test_a_field_that_the_case_is_without_takes_its_paragraph_and_its_heading_along():
    words = pdf_text(letter("withdrawal", reason=""))
    assert "Reason given" not in words
    assert "What this means" in words


def test_a_grant_in_part_says_what_was_asked_what_is_granted_why_and_who_proposed_it():
    words = pdf_text(letter("in_part"))
    for said in ("Quartz slabs of any thickness", "NR2", "Opposition was credited.", "A responder", "made in Ohio"):
        assert said in words, said


def test_a_publication_counts_the_last_days_of_refunds():
    words = pdf_text(letter("publication"))
    assert "filed on or after February 9, 2019" in words, "299 days before the letter"
    assert "filed on or after September 24, 2018" in words, "no earlier than the exclusion"
    assert "correction is July 20, 2019 (passed). The last day for a protest is January 31, 2020" in words


@pytest.mark.parametrize("kind", sorted(OWN))
def test_the_same_data_gives_the_same_bytes(kind):
    assert letter(kind) == letter(kind)


@pytest.mark.parametrize("kind", ["denial", "grant"])
def test_a_determination_states_each_factor_with_its_finding_and_reasons(kind):
    words = pdf_text(letter(kind))
    for finding in FINDINGS:
        assert finding["criterion"] in words
        assert f"Finding: {finding['result']}" in words
        for part in str(finding["reasons"]).split("\n\n"):
            assert part in words
    assert "In the record:" in words
    assert "Petition, question C1" in words
    assert "“No source outside China is known.”" in words
    assert "Response R1" in words


def test_a_denial_gives_its_coded_reasons_and_its_rationale():
    words = pdf_text(letter("denial"))
    assert "The petition is denied." in words
    for expected in (
        "DR1",
        "Available outside China.",
        "DR2",
        "No harm shown.",
        "A domestic producer has the capacity.",
    ):
        assert expected in words
    assert "final for this procedure" in words


def test_a_grant_gives_text_heading_note_dates_and_the_way_to_a_refund():
    words = pdf_text(letter("grant"))
    assert "granted to the extent of the product described below" in words
    for key in ("product_text", "heading", "note", "notice"):
        assert OWN["grant"][key] in words
    assert "on or after September 24, 2018, through August 7, 2020" in words
    for expected in ("annex", "Any importer", "post summary correction", "protest within 180 days"):
        assert expected in words


def test_a_grant_before_its_notice_says_what_is_still_to_come():
    words = pdf_text(letter("grant", extent="whole", heading="", note="", notice="", ends_on=None))
    assert "The petition is granted in whole" in words
    assert words.count("to be given in the Federal Register notice") == 3
    assert "on or after September 24, 2018, until the date the notice gives" in words


def test_a_grant_that_is_not_retroactive_begins_with_its_notice():
    words = pdf_text(letter("grant", starts_on=None, ends_on=date(2025, 5, 31)))
    assert "on or after the date of publication of the notice, through May 31, 2025" in words


def test_the_other_letters_say_what_happened_and_what_to_do():
    returned = pdf_text(letter("returned"))
    assert "What is the product? It names a supplier." in returned
    assert f"by {CURE_BY}" in returned
    assert f"You could correct it until {CURE_BY}" in pdf_text(letter("lapsed"))
    assert "received your petition on Monday, July 8, 2019, 10:00 a.m. ET" in pdf_text(letter("receipt"))
    assert "A supplier in Ohio was found." in pdf_text(letter("withdrawal"))


def test_a_letter_of_a_demonstration_round_says_so():
    assert "Demonstration. This letter was made with invented data." in pdf_text(letter("denial", is_demo=True))


def test_hostile_text_is_printed_literally():
    hostile = '#read("/etc/passwd") $x^2$ *b* _i_ <label> @ref [x] \\ // "q" {{ x }} %s <script>alert(1)</script>'
    words = pdf_text(letter("denial", product_name=hostile, organization=hostile))
    assert words.count(hostile) >= 2


def test_characters_without_a_font_are_spelled_and_control_characters_dropped():
    words = pdf_text(letter("denial", product_name="Pumpe für Öl 水泵 😀 Ω \x00\x07\u202e\ud800\ue000end"))
    assert "Pumpe für Öl [U+6C34][U+6CF5] [U+1F600] Ω end" in words


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_set(text):
    points = [{"label": text, "remedy": text}]
    assert letter("returned", product_name=text, organization=text, points=points).startswith(b"%PDF-")


def test_a_letter_without_a_fact_is_refused():
    with pytest.raises(ValueError, match="lacks: parts, template, title"):
        letter_pdf({key: value for key, value in CASE.items() if key != "template"})
    said = composed("denial")
    del said["findings"]
    with pytest.raises(ValueError, match="lacks: findings"):
        letter_pdf(said)
    with pytest.raises(ValueError, match="time zone"):
        letter_pdf({**composed("denial"), "issued_at": datetime(2019, 12, 5)})  # noqa: DTZ001
