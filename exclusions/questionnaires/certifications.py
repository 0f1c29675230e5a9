"""What the filer certifies: the questions of a form that are no answers of a draft, but come with the submission."""

from exclusions.questionnaires.language.question import Kind, Question
from exclusions.questionnaires.language.questionnaire import Questionnaire
from exclusions.wording.stops import stopped


def certifications(form: Questionnaire) -> list[Question]:
    """Return the certifications that a form asks for, in its order."""
    return [question for question in form.questions if question.kind is Kind.CERTIFY]


def statement(question: Question) -> str:
    """Return what a person certifies, in words: the label as a sentence, and what the form says to it."""
    return f"{stopped(question.label)} {question.help}".strip()
