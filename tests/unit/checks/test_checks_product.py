"""Checks of the product's number and texts, on the scenarios of real practice with fictional companies."""

import csv
import gzip
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from exclusions import checks, questionnaires
from exclusions.checks import CheckResult, EarlierPetition, Facts, LiveExclusion, TariffFacts
from tests.unit.questionnaires.questionnaire_answers import complete_petition

PETITION = questionnaires.get("petition-2019")


def run(facts: Facts | None = None, **answers: Any) -> list[CheckResult]:
    return checks.run(PETITION, complete_petition() | answers, facts)


def errors(facts: Facts | None = None, **answers: Any) -> dict[str, str]:
    return {r.key: r.sentence for r in run(facts, **answers) if r.is_error}


def warnings(facts: Facts | None = None, **answers: Any) -> dict[str, str]:
    return {r.key: r.sentence for r in run(facts, **answers) if not r.is_error}


def test_a_sound_petition_passes_without_a_word() -> None:
    assert run() == []


def test_nothing_answered_nothing_said() -> None:
    for key in questionnaires.KEYS:
        assert checks.run(questionnaires.get(key), {}) == []


def test_errors_come_before_warnings_in_the_order_of_the_form() -> None:
    found = run(
        product_name="Pumps, brand MilkFlow",
        product_description="Pumps used by hospitals.",
        only_china="no",
        strategic="no",
    )
    assert [r.level for r in found] == sorted(r.level for r in found)
    places = [[q.key for q in PETITION.questions].index(r.key) for r in found if r.is_error]
    assert places == sorted(places)


def test_laptops_are_on_no_list_in_force_and_cannot_be_filed_under_list_3() -> None:
    tariff = TariffFacts("8471300100", exists=True, covered=False)
    found = errors(Facts(tariff, actions=("List 3",)), hts10="8471300100")
    assert found == {
        "hts10": "8471.30.0100 is not covered by this action (List 3). No Section 301 list covers this number, so you "
        "cannot file for it. Check the number."
    }


def test_a_number_of_another_list_is_told_which() -> None:
    tariff = TariffFacts("8413810040", exists=True, covered=False, covered_by=("List 1",))
    assert "List 1 covers it" in errors(Facts(tariff, actions=("List 3",)))["hts10"]


def test_eight_digits_are_too_short_and_the_children_are_offered() -> None:
    children = (("8487900040", "Other parts"), ("8487900080", "Other"))
    found = errors(Facts(TariffFacts("84879000", exists=True, children=children)), hts10="84879000")["hts10"]
    assert "8487.90.00 has 8 digits" in found
    assert "8487.90.0040 Other parts; 8487.90.0080 Other" in found


def test_a_subheading_without_a_breakout_is_completed_with_two_zeros() -> None:
    short = TariffFacts("84824000", exists=True, statistical_number="8482400000")
    assert "Enter 8482.40.0000." in errors(Facts(short), hts10="84824000")["hts10"]
    whole = TariffFacts("8482400000", exists=True, covered=True, statistical_number="8482400000")
    assert errors(Facts(whole), hts10="8482400000") == {}


def test_a_number_that_does_not_exist_offers_its_successors() -> None:
    tariff = TariffFacts("8413919080", exists=False, successors=("8413919095",))
    assert "It may now be 8413.91.9095." in errors(Facts(tariff), hts10="8413919080")["hts10"]
    assert "Look up the number" in errors(Facts(TariffFacts("8413919080", exists=False)))["hts10"]


def test_a_number_no_edition_speaks_for_is_not_refused() -> None:
    assert errors(Facts(TariffFacts("8413810040", exists=None, covered=True))) == {}


def test_a_number_outside_the_rounds_chapters_is_not_eligible() -> None:
    facts = Facts(TariffFacts("7318152095", exists=True, covered=True), eligible_numbers=("84", "85"))
    form, answers = questionnaires.get("machinery-2024"), {"hts10": "7318152095"}
    assert "only numbers of chapters 84 and 85" in checks.run(form, answers, facts)[0].sentence


def test_a_number_outside_the_rounds_subheadings_is_not_eligible() -> None:
    facts = Facts(TariffFacts("8413810040", exists=True, covered=True), eligible_numbers=("84198160", "84223091"))
    form, answers = questionnaires.get("machinery-2024"), {"hts10": "8413810040"}
    assert "the 2 subheadings that its notice lists" in checks.run(form, answers, facts)[0].sentence


def test_a_live_exclusion_is_pointed_out_and_does_not_stop_a_filing() -> None:
    text = "Breast pumps, whether or not with accessories or batteries"
    live = (LiveExclusion("9903.88.08", text, False, "2020-05-13"), LiveExclusion("9903.88.05", "", True))
    tariff = TariffFacts("8413810040", exists=True, covered=True, live_exclusions=live)
    found = [r.sentence for r in run(Facts(tariff)) if r.key == "hts10"]
    assert "already covers part of 8413.81.0040 until 2020-05-13" in found[0]
    assert text in found[0]
    assert "All goods of 8413.81.0040 are already excluded" in found[1]
    assert errors(Facts(tariff)) == {}


def test_the_text_of_a_live_exclusion_is_printed_whole_up_to_300_characters_and_cut_after_a_word_beyond() -> None:
    words = " ".join(["Pumps of one kind and of another"] * 20)
    for text, said in ((words[:300], f'"{words[:300]}"'), (words[:301], f'"{words[:301].rsplit(" ", 1)[0]} …"')):
        live = (LiveExclusion("9903.88.08", text, False),)
        tariff = TariffFacts("8413810040", exists=True, covered=True, live_exclusions=live)
        found = [r.sentence for r in run(Facts(tariff)) if r.key == "hts10"]
        assert said in found[0]


def test_of_many_live_exclusions_five_are_printed_and_the_rest_counted() -> None:
    live = tuple(LiveExclusion("9903.88.08", f"Pumps of kind {n}", False) for n in range(7))
    tariff = TariffFacts("8413810040", exists=True, covered=True, live_exclusions=live)
    found = [r.sentence for r in run(Facts(tariff)) if r.key == "hts10"]
    assert len(found) == 6
    assert found[-1].startswith("2 more exclusions in force name 8413.81.0040.")
    six = [r.sentence for r in run(Facts(replace(tariff, live_exclusions=live[:6]))) if r.key == "hts10"]
    assert six[-1].startswith("1 more exclusion in force names 8413.81.0040.")


@pytest.mark.parametrize(("number", "exists"), [("8413810040", False), ("84138100", True)])
def test_exclusions_of_a_number_that_cannot_be_filed_are_not_the_news(number: str, exists: bool) -> None:
    tariff = TariffFacts(number, exists=exists, live_exclusions=(LiveExclusion("9903.88.08", "Pumps", False),))
    assert all(r.is_error for r in run(Facts(tariff), hts10=number) if r.key == "hts10")


def test_hoosier_valves_are_refused_for_use_consumer_and_trademark_with_a_start_for_a_better_text() -> None:
    found = [r for r in run(product_name="ball valves used by RV makers in Indiana, brand FlowMate") if r.is_error]
    said = " ".join(r.message for r in found)
    assert len(found) == 3
    assert "trademark or brand" in said
    assert "consumers" in said
    assert "actual use" in said
    assert all("Leave it out: “ball valves”." in r.remedy for r in found)


def test_the_suggested_wording_of_the_valves_passes() -> None:
    text = "Hand operated ball valves of steel, nominal bore 12-20 mm, max 10 bar"
    assert errors(product_name="Ball valves", product_description=text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Pumps sold as FlowMate®",
        "Pumps, MilkFlow(TM) type",
        "Pumps of the trade name MilkFlow",
        "Branded pumps of plastics",
        "Pumps, model X-200",
        "Pumps, part no. 4711",
        "Pumps made by Larkspur Medical Devices, Inc.",
        "Pumps of Meadowlark Infant Care",
        "Pumps purchased by hospitals",
        "Pumps for use by nursing mothers",
        "Pumps chiefly used in homes",
        "Pumps for makers of incubators in Ohio",
    ],
)
def test_a_name_that_cannot_define_a_product_is_an_error(text: str) -> None:
    assert "product_name" in errors(product_name=text)


@pytest.mark.parametrize(
    "text",
    [
        "Centrifugal pumps, submersible, designed for use in artificial lift systems for extracting oil and gas",
        "Direct acting actuators, each rated at a maximum of 10 bar and valued over $68 but not over $72 per unit",
        "Cyanuric chloride (IUPAC 2,4,6-trichloro-1,3,5-triazine) (CAS 108-77-0), 99.5 percent or higher purity",
        "(R)-Limonene of a purity of at least 95 percent",
        "Valves, operated by hand, sold by weight, used at 20 bar, of AISI-304 steel",
        "Unbranded wallets, coated by the manufacturer with polyurethane",
    ],
)
def test_the_language_of_real_annexes_is_no_error(text: str) -> None:
    assert errors(product_name=text) == {}


def test_no_text_of_a_real_annex_is_refused(shared_data: Path) -> None:
    with gzip.open(shared_data / "ch99" / "exclusions_note20_2026_rev6.csv.gz", "rt", encoding="utf-8-sig") as lines:
        texts = {row["text"] for row in csv.DictReader(lines)}
    refused = [
        (result.message, text)
        for text in texts
        for result in checks.run(PETITION, {"product_description": text})
        if result.is_error
    ]
    assert len(texts) > 1500
    assert refused == []


def test_the_advice_never_keeps_a_brand_nor_cuts_a_word() -> None:
    found = run(product_name="Brandname Xy(TM) pneumatic actuators, model KA-200")
    assert [r.message for r in found if r.is_error] == [
        "Your product name names a trademark or brand: “Brandname Xy(TM)”.",
        "Your product name names a model or part number: “model KA-200”.",
    ]
    assert all(r.remedy.startswith("Leave it out: “pneumatic actuators”.") for r in found if r.is_error)
    vague = warnings(product_name="Pneumatic actuators, all types, various sizes")["product_name"]
    assert "Keep" not in vague


def test_mostly_used_is_a_warning() -> None:
    assert "chief or actual use" in warnings(product_name="Canoes, principally used with sails")["product_name"]


@pytest.mark.parametrize("word", ["FlowMate", "HX-200B"])
def test_what_looks_like_a_brand_or_model_is_a_warning(word: str) -> None:
    found = warnings(product_name=f"Pumps {word}")["product_name"]
    assert f"looks like a brand or model: “{word}”" in found


def test_customers_without_a_verb_are_a_warning() -> None:
    assert "for restaurants" in warnings(product_name="Fryers for restaurants")["product_name"]


def test_actual_use_in_the_text_on_function_is_a_warning() -> None:
    text = "These are used by mothers at home."
    assert "product_function" in warnings(product_function=text)
    assert "product_function" not in errors(product_function=text)


def test_a_bare_description_is_told_what_it_lacks() -> None:
    found = [r.message for r in run(product_description="Breast pumps of good quality, with and without cases.")]
    assert found == ["The description is short: 53 characters.", "The description gives no measure with a unit."]


def test_several_products_are_noticed() -> None:
    assert "does not say which goods" in warnings(product_name="Pumps, assorted items")["product_name"]
    several = warnings(product_name="Kneeling pads of plastics, and bath seats")["product_name"]
    assert several.startswith("Your product name reads like more than one product: “and bath seats”.")
    assert "8413.91.9095" in errors(product_name="Pumps (8413.81.0040) and casings (8413.91.9095)")["product_name"]


def test_a_cas_number_in_a_text_with_a_wrong_check_digit_is_an_error() -> None:
    assert "108-77-1" in errors(product_name="Cyanuric chloride (CAS 108-77-1)")["product_name"]


def test_constituents_cannot_exceed_the_whole() -> None:
    def rows(*shares: str) -> list[dict[str, str]]:
        return [{"name": f"Part {n}", "cas": "108-77-0", "content": share} for n, share in enumerate(shares)]

    chemical: dict[str, Any] = {"hts10": "2933696010"}
    assert "110 percent" in errors(**chemical, chemical_constituents=rows("60", "50"))["chemical_constituents"]
    assert "the rest" in warnings(**chemical, chemical_constituents=rows("40", "20"))["chemical_constituents"]
    assert run(**chemical, chemical_constituents=rows("62", "38")) == []


@pytest.mark.parametrize(
    ("cases", "level"), [("A-570-084 and C-570-085", ""), ("A-580-809", "warning"), ("570", "error")]
)
def test_duty_case_numbers_have_a_shape(cases: str, level: str) -> None:
    found = [r.level for r in run(adcvd="yes", adcvd_cases=cases)]
    assert found == ([level] if level else [])


def test_the_same_product_of_the_same_organization_is_noticed() -> None:
    facts = Facts(earlier=(EarlierPetition("USTR-2019-0005-000012", "8413810040", "Breast pump"),))
    assert "USTR-2019-0005-000012" in warnings(facts)["product_name"]
    other = Facts(earlier=(EarlierPetition("USTR-2019-0005-000013", "8413810040", "Wine pumps"),))
    assert run(other) == []


def test_a_distributor_of_machinery_is_not_eligible_and_a_carton_maker_is() -> None:
    form = questionnaires.get("machinery-2024")
    distributor = {"hts10": "8441300000", "domestic_use": "no", "for_resale": "yes"}
    assert [r.key for r in checks.run(form, distributor)] == ["domestic_use", "for_resale"]
    maker = {"hts10": "8441300000", "domestic_use": "yes", "for_resale": "no", "plant_location": "Dayton, Ohio"}
    assert checks.run(form, maker) == []
