"""The comment on removing duties from products needed against COVID-19 (2020). 85 FR 16987 (2020-03-25)."""

from functools import partial

from exclusions.questionnaires.certification import BURDEN, OMB_NUMBER, certification_questions
from exclusions.questionnaires.certification import STEP as CERTIFY
from exclusions.questionnaires.contact import STEP as CONTACT
from exclusions.questionnaires.contact import contact_questions, primary_contact
from exclusions.questionnaires.harm import additional_information
from exclusions.questionnaires.language.condition import Answered, Is
from exclusions.questionnaires.language.question import Choice, Kind, Question, Step, Visibility
from exclusions.questionnaires.language.questionnaire import Questionnaire
from exclusions.questionnaires.product import hts_question, name_and_description, supporting_documents

PRODUCT = Step(
    "product", "Product", "Any product covered by the four lists, whether or not a request on it is pending."
)
NEED = Step("need", "Use against COVID-19", "Each comment must say how the product serves the response to COVID-19.")


def covid_2020() -> Questionnaire:
    """Return the comment form: number, description, function, and what the product does against COVID-19."""
    return Questionnaire(
        key="covid-2020",
        title="Comment on a product needed against COVID-19",
        omb_number=OMB_NUMBER,
        burden=BURDEN,
        steps=(CONTACT, PRODUCT, NEED, CERTIFY),
        questions=(
            *contact_questions(noun="Commenter"),
            primary_contact(noun="Commenter"),
            hts_question(step=PRODUCT.key, number="1", help="The ten digits the product is entered under."),
            *name_and_description(step=PRODUCT.key, number="2"),
            supporting_documents(step=PRODUCT.key, number="2"),
            *_need(),
            *additional_information(step=NEED.key, number=""),
            *certification_questions(number="", confidential_if=Answered("confidential_documents")),
        ),
    )


def _need() -> tuple[Question, ...]:
    ask = partial(
        Question, step=NEED.key, visibility=Visibility.PUBLIC, number="3", required=True, source="ITCU-0320, KD"
    )
    return (
        ask(
            key="position",
            label="Your position",
            kind=Kind.CHOICE,
            choices=(Choice("support", "Remove the duty"), Choice("oppose", "Keep the duty")),
            ground="D",
        ),
        ask(
            key="covid_use",
            label="How the product serves the response",
            kind=Kind.CHOICE,
            choices=(
                Choice("direct", "Used directly to treat patients, limit the outbreak or protect people"),
                Choice("input", "Needed to make products so used"),
                Choice("none", "It does not"),
            ),
            ground="S",
        ),
        ask(
            key="rationale",
            label="Explain how",
            kind=Kind.LONG_TEXT,
            max_length=10_000,
            ground="S",
        ),
        ask(
            key="covid_input_of",
            label="What it is an input of",
            kind=Kind.TEXT,
            shown_if=Is("covid_use", "input"),
            ground="S",
        ),
    )
