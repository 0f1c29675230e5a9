"""Step E of the petition: harm, strategic importance and whatever else the filer wants to say."""

from functools import partial

from exclusions.questionnaires.language.condition import Answered, Is
from exclusions.questionnaires.language.question import Kind, Question, Step, Visibility

STEP = Step("harm", "Harm, strategy and history", "What the duty does, and what you asked for before.")


def harm_questions(step: str = STEP.key) -> tuple[Question, ...]:
    """E1: severe economic harm, with a public explanation and an optional confidential supplement."""
    ask = partial(Question, step=step, number="E1", kind=Kind.LONG_TEXT, max_length=10_000, source="LEC")
    return (
        Question(
            key="severe_harm",
            number="E1",
            label="Will the additional duties cause severe economic harm to you or to other US interests?",
            kind=Kind.YES_NO,
            visibility=Visibility.PUBLIC,
            step=step,
            required=True,
            source="LEC",
            ground="S",
        ),
        ask(
            key="severe_harm_explanation",
            label="Explain the harm",
            help="Public. Give jobs, output, customers, contracts. A rise in price alone has seldom been enough.",
            visibility=Visibility.PUBLIC,
            required=True,
            ground="S",
        ),
        ask(
            key="severe_harm_confidential",
            label="Confidential supplement on the harm",
            help="Give figures and names to keep confidential. The explanation above must be clear without them.",
            visibility=Visibility.CONFIDENTIAL_WITH_SUMMARY,
            summary_key="severe_harm_explanation",
            ground="S",
        ),
    )


def strategy_questions(step: str = STEP.key, number: str = "E2") -> tuple[Question, ...]:
    """E2: Made in China 2025 and other Chinese industrial programs."""
    ask = partial(
        Question, step=step, visibility=Visibility.PUBLIC, number=number, required=True, source="LEC, DS", ground="S"
    )
    return (
        ask(
            key="strategic",
            label='Is it strategically important or related to "Made in China 2025" or other Chinese programs?',
            kind=Kind.YES_NO,
        ),
        ask(
            key="strategic_explanation",
            label="Explain how it is related to those programs",
            kind=Kind.LONG_TEXT,
            max_length=10_000,
            shown_if=Is("strategic", "yes"),
        ),
    )


def additional_information(step: str = STEP.key, number: str = "E4") -> tuple[Question, ...]:
    """E4: more text and documents, public and confidential apart; a confidential document needs a public summary."""
    ask = partial(Question, step=step, number=number, source="K", ground="K")
    public, confidential = Visibility.PUBLIC, Visibility.CONFIDENTIAL
    return (
        ask(key="more", label="Additional information", kind=Kind.LONG_TEXT, max_length=20_000, visibility=public),
        ask(
            key="more_confidential",
            label="Additional confidential information",
            kind=Kind.LONG_TEXT,
            max_length=20_000,
            visibility=confidential,
        ),
        ask(key="public_documents", label="Public documents", kind=Kind.FILES, visibility=public),
        ask(
            key="confidential_documents",
            label="Confidential documents",
            help='Mark each page "BUSINESS CONFIDENTIAL" at the top (15 CFR 2006.15).',
            kind=Kind.FILES,
            visibility=Visibility.CONFIDENTIAL_WITH_SUMMARY,
            summary_key="confidential_documents_summary",
        ),
        ask(
            key="confidential_documents_summary",
            label="Public summary of the confidential documents",
            kind=Kind.LONG_TEXT,
            max_length=5000,
            visibility=public,
            shown_if=Answered("confidential_documents"),
            required=True,
        ),
    )
