"""Answers for tests: a complete petition, and random ones with a marker in everything confidential."""

from typing import Any

from hypothesis import strategies as st

from exclusions.questionnaires import Kind, Question, Questionnaire, Visibility, get
from exclusions.questionnaires.samples import sample_petition

MARKER = "zqxSECRETzqx"


def complete_petition() -> dict[str, Any]:
    """A List 3 petition that can be filed as it stands (fictional)."""
    return sample_petition(get("petition-2019")) | {"certify_complete": "yes", "certify_confidential": "yes"}


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
