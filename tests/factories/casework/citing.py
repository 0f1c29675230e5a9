"""What a finding of a test cites: the first answer on record that bears on its criterion."""

from exclusions import criteria
from exclusions.facts.forms import petition_form
from exclusions.models import Petition
from exclusions.permissions.leaks import sealed_answers
from exclusions.queries.casework.case.evidence import UNANSWERED, without_answer

# Of each criterion an answer that each petition of the tests gives.
ANSWERED = {
    "availability": "answer:available_us",
    "severe_economic_harm": "answer:severe_harm",
    "strategic_importance": "answer:strategic",
    "objective": "answer:strategic",
    "administrability": "answer:product_description",
    "eligibility": "answer:product_description",
    "domestic_manufacturing": "answer:domestic_use",
}

# What sets each petition of the tests apart from the one before it: of a text that each words in its own way.
OWN_TEXT = "available_third_country_explanation"
SHOWS = {"": [f"answer:{OWN_TEXT}"]}


def own_text(number: int | None = None) -> dict[str, str]:
    """Return the answer that is a petition's own, by its place; the first one has the usual one."""
    number = Petition.objects.count() if number is None else number
    return {} if not number else {OWN_TEXT: f"No supplier elsewhere answered an inquiry of lot {number}."}


def bearing(petition: Petition, criterion: str) -> list[str]:
    """Return one citation that bears on a criterion: an answer, or a question that the record leaves open."""
    keys, answers = criteria.get(criterion).evidence_keys, sealed_answers(petition)
    form = petition_form(petition.round)
    answered = {question.key for question in form.applicable(answers) if answers.get(question.key)}
    given = [f"answer:{key}" for key in keys if key in answered]
    return (given or [f"{UNANSWERED}:{one.key}" for one in without_answer(form, answered) if one.key in keys])[:1]
