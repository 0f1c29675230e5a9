"""Answers for tests: a complete petition, and random ones with a marker in everything confidential."""

from typing import Any

from hypothesis import strategies as st

from exclusions.questionnaires import Kind, Question, Questionnaire, Visibility

MARKER = "zqxSECRETzqx"


def complete_petition() -> dict[str, Any]:
    """A List 3 petition that can be filed as it stands (fictional)."""
    purchases: dict[str, Any] = {"unit": "number"}
    for origin, values in {"china": (2_100_000, 2_600_000, 700_000), "third_country": (0, 0, 0)}.items():
        periods = zip(("2017", "2018", "2019-Q1"), values, strict=True)
        purchases[origin] = {period: {"value": str(v), "quantity": str(v // 70)} for period, v in periods}
    purchases["united_states"] = purchases["third_country"]
    return {
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
        "purchases": purchases,
        "has_estimates": "no",
        "revenue": {"2018": "6400000", "2018-Q1": "1500000", "2019-Q1": "1600000"},
        "product_role": "final",
        "final_sales_share": "41",
        "severe_harm": "yes",
        "severe_harm_explanation": "Eleven of our twenty-seven jobs depend on these pumps.",
        "strategic": "no",
        "certify_complete": "yes",
        "certify_confidential": "yes",
    }


def _value(question: Question, secret: bool, draw: st.DrawFn) -> Any:
    """A random answer; confidential ones hold the marker in whatever form a program might send."""
    text = MARKER if secret else draw(st.sampled_from(["8413810040", "words", "12", "yes"]))
    if question.kind in (Kind.YES_NO, Kind.YES_NO_UNSURE, Kind.CERTIFY):
        return draw(st.sampled_from(["yes", "no", *([MARKER] if secret else [])]))
    if question.kind is Kind.CHOICE:
        return draw(st.sampled_from([choice.value for choice in question.choices] + ([MARKER] if secret else [])))
    if question.kind is Kind.ROWS:
        hidden = {c.key for c in question.columns if c.visibility not in (None, Visibility.PUBLIC)}
        return [{c.key: MARKER if secret or c.key in hidden else "12" for c in question.columns} | {"stray": MARKER}]
    if question.kind is Kind.FILES:
        return [text]
    if question.kind is Kind.PURCHASES:
        pair = {"value": text, "quantity": text}
        return {o.key: {p.key: pair for p in question.periods} for o in question.origins} | {"unit": text}
    if question.kind is Kind.REVENUE:
        return {p.key: text for p in question.periods}
    if question.kind is Kind.QUANTITY:
        return {"quantity": text, "unit": text}
    return draw(st.sampled_from([text, [text], {"x": text}])) if secret else text


@st.composite
def marked_answers(draw: st.DrawFn, form: Questionnaire) -> dict[str, Any]:
    """Answers to every question, shown or not, the marker in each that is not public, and in keys nobody asks for."""
    answers = {q.key: _value(q, q.visibility is not Visibility.PUBLIC, draw) for q in form.questions}
    return answers | {"unknown": MARKER, "purchases_2": {"unit": MARKER}}
