"""Answers to the 2019 petition forms as a careful filer gives them: the one book of the demonstration and the tests.

Fictional. A question that becomes required is answered here, once; whoever needs another product, another company or
values to look for lays them over these.
"""

from typing import Any

from exclusions.questionnaires.language.questionnaire import Questionnaire

_ANSWERS: dict[str, Any] = {
    "org_legal_name": "Meadowlark Infant Care LLC",
    "requester_first_name": "Ada",
    "requester_last_name": "Larkspur",
    "requester_street_1": "12 Harbor Lane",
    "requester_city": "Duluth",
    "requester_state": "MN",
    "requester_zip": "55802",
    "requester_country": "US",
    "requester_email": "ada@meadowlark.example",
    "requester_phone": "+1 202-555-0143",
    "is_third_party": "no",
    "primary_contact": "requester",
    "hts10": "8413810040",
    "product_name": "Breast pumps",
    "product_description": (
        "Breast pumps, electric or hand operated, of plastics, each with a suction of not more than 40 kPa, of a "
        "weight not over 900 g and of outer dimensions not over 20 cm by 15 cm by 10 cm, with or without batteries."
    ),
    "product_function": "Designed to express and collect human milk.",
    "unique_features": "A silicone diaphragm and a flange of at least 21 mm but not more than 36 mm in diameter.",
    "is_multi_component": "no",
    "is_set": "no",
    "is_part": "no",
    "adcvd": "no",
    "relationship": "importer",
    "available_us": "no",
    "available_us_explanation": "No plant in the United States makes them.",
    "available_third_country": "no",
    "available_third_country_explanation": "No supplier elsewhere answered an inquiry.",
    "sourcing_attempted": "yes",
    "sourcing_attempts": "Inquiries to Acme Verlag GmbH and four others; none makes them.",
    "sourcing_attempts_ground": "third_party",
    "sourcing_attempts_summary": "Five makers in three countries were asked; none makes them.",
    "only_china": "yes",
    "has_estimates": "no",
    "related_supplier": "no",
    "revenue_applicable": "yes",
    "product_role": "final",
    "final_sales_share": "41",
    "severe_harm": "yes",
    "severe_harm_explanation": "Eleven of our twenty-seven jobs depend on these pumps.",
    "strategic": "no",
    "has_earlier_requests": "no",
}


def sample_petition(form: Questionnaire) -> dict[str, Any]:
    """Return answers that may be filed on a petition form of 2019 once they are certified, for its own periods."""
    asked = {question.key: question for question in form.questions}
    answers = sample_answers(form)
    years = {
        period.key: {"value": str(2_100_000 + 500_000 * place), "quantity": str(30_000 + 7_000 * place)}
        for place, period in enumerate(asked["purchases"].periods)
    }
    none = {key: {"value": "0", "quantity": "0"} for key in years}
    answers["purchases"] = {"unit": "number", "china": years, "third_country": none, "united_states": none}
    answers["revenue"] = {period.key: "1600000" if period.part else "6400000" for period in asked["revenue"].periods}
    return answers


def sample_comment(form: Questionnaire, exclusions: str = "1") -> dict[str, Any]:
    """Return answers that may be sent on a form for comments, on the exclusions of these numbers, in support."""
    asked = {question.key for question in form.questions}
    answers = {
        **_ANSWERS,
        **{
            f"commenter{key.removeprefix('requester')}": answer
            for key, answer in _ANSWERS.items()
            if "requester_" in key
        },
        "exclusions": exclusions,
        "position": "support",
        "rationale": "No plant outside China makes the product in the sizes that the exclusion names.",
        "sourcing_efforts": "Five makers in three countries were asked since 2018; none makes it.",
        "certify_complete": True,
        "certify_confidential": True,
    }
    return {key: answer for key, answer in answers.items() if key in asked}


def sample_answers(form: Questionnaire) -> dict[str, Any]:
    """Return what the book answers of the questions of any form, without tables."""
    asked = {question.key for question in form.questions}
    return {key: answer for key, answer in _ANSWERS.items() if key in asked}


def sample_cell(key: str, cell: str = "") -> str:
    """Return the answer to a question, or to a cell of one, as an example shows it; "" where the book has none."""
    if cell:
        return "number" if cell == "unit" else ""
    return str(_ANSWERS.get(key, ""))
