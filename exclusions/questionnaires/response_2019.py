"""The response to a posted request (2019): support or opposition, from anyone, without an account.

84 FR 29576 (2019-06-24). All responses are public. What an opponent is asked about its own product follows the
machinery round and the rules for tariff bills (19 CFR 220): where it is made, how much, for sale now or not.
"""

from functools import partial

from exclusions.questionnaires.certification import BURDEN, OMB_NUMBER, certification_questions
from exclusions.questionnaires.contact import contact_questions
from exclusions.questionnaires.language.condition import AllOf, Answered, Is, Not
from exclusions.questionnaires.language.question import Choice, Kind, Question, Step, Visibility
from exclusions.questionnaires.language.questionnaire import Questionnaire

RESPONSE = Step(
    "response",
    "Your response",
    "Your response is published with your organization's name. Your own name, e-mail address and telephone are not.",
)
OPPOSES = Is("position", "oppose")
MAKES = AllOf((OPPOSES, Is("makes_product", "yes")))
RELATIONSHIPS = (
    Choice("us_producer", "U.S. producer"),
    Choice("importer", "Importer"),
    Choice("purchaser", "Purchaser"),
    Choice("industry_association", "Industry association"),
    Choice("other", "Other"),
)
AFTERWARDS = (
    "You cannot change the response after you send it. With the link that we mail you, you can withdraw it or send "
    "another instead, while responses are open."
)
_ask = partial(Question, step=RESPONSE.key, visibility=Visibility.PUBLIC)


def response_2019() -> Questionnaire:
    """Return the response of the 2018 and 2019 rounds."""
    return response("response-2019", "Response to a request", support="Support", oppose="Oppose", noun="product")


def response(key: str, title: str, *, support: str, oppose: str, noun: str) -> Questionnaire:
    """Return a response form; the rounds differ in what they call the positions and the thing asked for."""
    return Questionnaire(
        key=key,
        title=title,
        omb_number=OMB_NUMBER,
        burden=BURDEN,
        steps=(RESPONSE,),
        questions=(
            *contact_questions(step=RESPONSE.key, noun="Responder", number="R", address=False),
            *_position(support, oppose, noun),
            *_own_product(noun),
            *documents(RESPONSE.key),
            *certification_questions(
                step=RESPONSE.key,
                number="R",
                confidential_if=Answered("confidential_documents"),
                afterwards=AFTERWARDS,
            ),
        ),
    )


def _position(support: str, oppose: str, noun: str) -> tuple[Question, ...]:
    return (
        _ask(
            key="relationship",
            label=f"Your relationship to the {noun} or its industry",
            kind=Kind.CHOICE,
            choices=RELATIONSHIPS,
            required=True,
            source="K",
            ground="K",
        ),
        _ask(
            key="relationship_other",
            label="Describe the relationship",
            kind=Kind.TEXT,
            shown_if=Is("relationship", "other"),
            required=True,
            source="K",
            ground="K",
        ),
        _ask(
            key="position",
            label="Your position on the request",
            kind=Kind.CHOICE,
            choices=(Choice("support", support), Choice("oppose", oppose)),
            required=True,
            source="LEC",
            ground="S",
        ),
        _ask(
            key="explanation",
            label="Explain your position",
            help="Public. Give facts that others can check.",
            kind=Kind.LONG_TEXT,
            max_length=20_000,
            required=True,
            source="LEC",
            ground="S",
        ),
    )


def _own_product(noun: str) -> tuple[Question, ...]:
    ask = partial(_ask, source="AWU, CFR-220", ground="D")
    return (
        ask(
            key="makes_product",
            label=f"Do you make the {noun}, or one that competes with it, in the United States?",
            kind=Kind.YES_NO,
            shown_if=OPPOSES,
            required=True,
        ),
        ask(
            key="product_likeness",
            label=f"How your product compares with the {noun} of the request",
            kind=Kind.CHOICE,
            choices=(
                Choice("identical", "Identical"),
                Choice("like", "Like it in all essentials"),
                Choice("competitive", "Different, but directly competitive"),
            ),
            shown_if=MAKES,
            required=True,
        ),
        ask(
            key="own_product",
            label="Describe your product",
            kind=Kind.LONG_TEXT,
            max_length=10_000,
            shown_if=MAKES,
            required=True,
        ),
        ask(
            key="plant_address",
            label="Address of the plant",
            help="Public: street, city and state of the plant in the United States where it is made.",
            kind=Kind.TEXT,
            max_length=500,
            shown_if=MAKES,
            required=True,
        ),
        ask(
            key="available_now",
            label="Is it for sale now?",
            kind=Kind.YES_NO,
            shown_if=MAKES,
            required=True,
        ),
        ask(
            key="annual_capacity",
            label="Capacity a year",
            help="Public. If the figure is confidential, leave this empty and give it in a confidential document.",
            kind=Kind.QUANTITY,
            shown_if=MAKES,
        ),
        ask(key="lead_time", label="Lead time from order to delivery", kind=Kind.TEXT, shown_if=MAKES),
        ask(
            key="substitute",
            label="What could be bought instead, from whom and where",
            kind=Kind.LONG_TEXT,
            max_length=10_000,
            shown_if=AllOf((OPPOSES, Not(MAKES))),
        ),
    )


def documents(step: str) -> tuple[Question, ...]:
    """Public and confidential documents apart; a confidential one needs a public summary (15 CFR 2006.15)."""
    ask = partial(Question, step=step, source="K", ground="K")
    return (
        ask(key="public_documents", label="Public documents", kind=Kind.FILES, visibility=Visibility.PUBLIC),
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
            visibility=Visibility.PUBLIC,
            shown_if=Answered("confidential_documents"),
            required=True,
        ),
    )
