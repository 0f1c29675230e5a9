"""The stated ground for each answer that is confidential and needs a public summary (15 CFR 2006.15(b))."""

from dataclasses import replace

from exclusions.questionnaires.language.condition import Answered
from exclusions.questionnaires.language.question import Choice, Kind, Question, Visibility
from exclusions.questionnaires.language.questionnaire import Questionnaire

ENDING = "_ground"
GROUNDS = (
    Choice("trade_secret", "Publishing it would endanger a trade secret of ours"),
    Choice("profitability", "Publishing it would endanger our profitability"),
    Choice("third_party", "Another firm gave it to us in confidence; publishing it would endanger that firm"),
)


def with_grounds(form: Questionnaire) -> Questionnaire:
    """Return the form with the question for a ground after each question that takes confidential matter.

    Contact data and the figures on purchases and revenue need none of their own: the certification of 15 CFR 2006.15(b)
    covers them, and the form itself keeps them confidential.
    """
    questions: list[Question] = []
    for question in form.questions:
        questions.append(question)
        if question.visibility is Visibility.CONFIDENTIAL_WITH_SUMMARY:
            questions.append(_ground_of(question))
    return replace(form, questions=tuple(questions))


def _ground_of(question: Question) -> Question:
    return Question(
        key=f"{question.key}{ENDING}",
        number=question.number,
        label=f"Why “{question.label}” is confidential",
        help="The agency may refuse confidential treatment, with reasons (15 CFR 2006.15).",
        kind=Kind.CHOICE,
        choices=GROUNDS,
        visibility=Visibility.PUBLIC,
        step=question.step,
        shown_if=Answered(question.key),
        required=True,
        source="CFR-2006",
        ground="S",
    )
