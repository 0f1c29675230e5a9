"""The request of the machinery round (2024): one unique piece of equipment for the requester's own manufacturing here.

89 FR 83755 (2024-10-17); OMB control number 0350-0015, ICR 202408-0350-001.
"""

from functools import partial

from exclusions.questionnaires.availability import STEP as AVAILABILITY
from exclusions.questionnaires.availability import sourcing_attempts, where_available
from exclusions.questionnaires.certification import BURDEN, OMB_NUMBER, certification_questions
from exclusions.questionnaires.certification import STEP as CERTIFY
from exclusions.questionnaires.contact import STEP as CONTACT
from exclusions.questionnaires.contact import contact_questions, primary_contact, small_business
from exclusions.questionnaires.harm import additional_information, strategy_questions
from exclusions.questionnaires.language.condition import Is
from exclusions.questionnaires.language.question import Kind, Question, Step, Visibility
from exclusions.questionnaires.language.questionnaire import Questionnaire
from exclusions.questionnaires.product import (
    adcvd_questions,
    hts_question,
    name_and_description,
    supporting_documents,
)

EQUIPMENT = Step(
    "equipment",
    "Equipment",
    "Everything on this page is public. One request covers one unique piece of equipment.",
)
USE = Step("use", "Use in domestic manufacturing", "The equipment must be for making things here, not for resale.")
RATIONALE = Step(
    "rationale", "Strategy and rationale", "Chinese industrial programs, and why you ask for the exclusion."
)
_SECTORS = "Such as semiconductor packaging, furniture or paperboard boxes. You may use the NAICS title."


def machinery_2024() -> Questionnaire:
    """Return the machinery request: M1 to M11."""
    return Questionnaire(
        key="machinery-2024",
        title="Machinery exclusion request",
        omb_number=OMB_NUMBER,
        burden=BURDEN,
        steps=(CONTACT, EQUIPMENT, USE, AVAILABILITY, RATIONALE, CERTIFY),
        questions=(
            *contact_questions(number="M1."),
            primary_contact(number="M1"),
            *small_business(number="M1"),
            hts_question(
                step=EQUIPMENT.key,
                number="M2",
                help="Ten digits, within the subheadings of Annex E. If the eight digits have no breakout, add 00.",
            ),
            *name_and_description(step=EQUIPMENT.key, number="M3"),
            _unit_value(),
            supporting_documents(step=EQUIPMENT.key, number="M4"),
            *adcvd_questions(required=True, step=EQUIPMENT.key, number="M5"),
            *_domestic_use(),
            *_federal_money(),
            *where_available(noun="equipment"),
            *sourcing_attempts(noun="equipment"),
            *_earlier_purchases(),
            *strategy_questions(step=RATIONALE.key, number="M10"),
            *rationale_questions(step=RATIONALE.key, number="M11"),
            *additional_information(step=RATIONALE.key, number="M11"),
            *certification_questions(number=""),
        ),
    )


def _unit_value() -> Question:
    return Question(
        key="unit_value",
        number="M3",
        label="Unit value",
        help="Public. You may give a range, such as $180,000 to $220,000.",
        kind=Kind.TEXT,
        visibility=Visibility.PUBLIC,
        step=EQUIPMENT.key,
        required=True,
        source="RTL-24, IRG",
        ground="S",
    )


def _domestic_use() -> tuple[Question, ...]:
    ask = partial(
        Question, step=USE.key, visibility=Visibility.PUBLIC, number="M6", source="PPAI, WIL-1024", ground="S"
    )
    used = Is("domestic_use", "yes")
    return (
        ask(
            key="domestic_use",
            label="Will you use the equipment in your own manufacturing in the United States?",
            kind=Kind.YES_NO,
            required=True,
        ),
        ask(
            key="for_resale",
            label="Will the equipment be sold on to others?",
            help="Equipment bought to be sold, leased or installed for customers is not eligible.",
            kind=Kind.YES_NO,
            required=True,
        ),
        ask(
            key="domestic_use_explanation",
            label="What the equipment will make, how, and by whom it will be operated",
            kind=Kind.LONG_TEXT,
            max_length=10_000,
            shown_if=used,
            required=True,
        ),
        ask(
            key="manufacturing_sector",
            label="Manufacturing sector",
            help=_SECTORS,
            kind=Kind.TEXT,
            shown_if=used,
            required=True,
        ),
        ask(
            key="plant_location",
            label="City and state of the plant",
            kind=Kind.TEXT,
            shown_if=used,
            required=True,
        ),
    )


def _federal_money() -> tuple[Question, ...]:
    ask = partial(Question, step=USE.key, number="M7", source="MOH", ground="S")
    paid = Is("federal_money", "yes")
    return (
        ask(
            key="federal_money",
            label="Is it bought with federal money or as part of a federal program?",
            help="Such as the IRA, the CHIPS Act, Build America Buy America or REAP.",
            kind=Kind.YES_NO,
            visibility=Visibility.PUBLIC,
        ),
        ask(
            key="federal_program",
            label="Which program",
            kind=Kind.TEXT,
            visibility=Visibility.PUBLIC,
            shown_if=paid,
            required=True,
        ),
        ask(
            key="federal_documents",
            label="Documents on the program",
            help="We keep this confidential. Do not attach them on a public page if they name amounts.",
            kind=Kind.FILES,
            visibility=Visibility.CONFIDENTIAL,
            shown_if=paid,
        ),
    )


def _earlier_purchases() -> tuple[Question, ...]:
    ask = partial(Question, step=AVAILABILITY.key, number="M9", source="MOH", ground="S", required=True)
    bought = Is("bought_elsewhere", "yes")
    return (
        ask(
            key="bought_elsewhere",
            label="Did you buy such equipment from US or third-country sources in the last five years?",
            kind=Kind.YES_NO,
            visibility=Visibility.CONFIDENTIAL_WITH_SUMMARY,
            summary_key="bought_elsewhere_summary",
        ),
        ask(
            key="bought_elsewhere_details",
            label="From whom, and why no longer",
            kind=Kind.LONG_TEXT,
            max_length=10_000,
            visibility=Visibility.CONFIDENTIAL_WITH_SUMMARY,
            summary_key="bought_elsewhere_summary",
            shown_if=bought,
        ),
        ask(
            key="bought_elsewhere_summary",
            label="Public summary of your purchases from other sources",
            help="Use general words. Name no suppliers or prices.",
            kind=Kind.LONG_TEXT,
            max_length=5000,
            visibility=Visibility.PUBLIC,
        ),
    )


def rationale_questions(*, step: str, number: str) -> tuple[Question, ...]:
    """Return the public reasons, without which nothing is filed, and a confidential supplement to them."""
    ask = partial(Question, step=step, number=number, kind=Kind.LONG_TEXT, max_length=20_000, source="OIRG", ground="S")
    return (
        ask(
            key="rationale",
            label="Public rationale",
            help="Everyone will read these reasons. Required even if you add confidential information below.",
            visibility=Visibility.PUBLIC,
            required=True,
        ),
        ask(
            key="rationale_confidential",
            label="Confidential supplement to the rationale",
            visibility=Visibility.CONFIDENTIAL_WITH_SUMMARY,
            summary_key="rationale",
        ),
    )
