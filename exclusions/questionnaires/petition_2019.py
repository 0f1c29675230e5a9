"""The exclusion request of List 3 (June 2019), with what differs for List 4A (October 2019) and Lists 1 and 2 (2018).

84 FR 29576 (2019-06-24) and 84 FR 57144 (2019-10-24); form "301 Exclusion Request", OMB control number 0350-0015.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from exclusions.questionnaires.availability import STEP as AVAILABILITY
from exclusions.questionnaires.availability import availability_questions
from exclusions.questionnaires.certification import BURDEN, OMB_NUMBER, certification_questions
from exclusions.questionnaires.certification import STEP as CERTIFY
from exclusions.questionnaires.contact import STEP as CONTACT
from exclusions.questionnaires.contact import contact_questions, primary_contact, small_business
from exclusions.questionnaires.harm import STEP as HARM
from exclusions.questionnaires.harm import additional_information, harm_questions, strategy_questions
from exclusions.questionnaires.language.condition import Is
from exclusions.questionnaires.language.periods import Period, revenue_periods
from exclusions.questionnaires.language.question import Column, Kind, Question, Visibility
from exclusions.questionnaires.language.questionnaire import Questionnaire
from exclusions.questionnaires.product import STEP as PRODUCT
from exclusions.questionnaires.product import (
    adcvd_questions,
    composition,
    hts_question,
    name_and_description,
    relationship_questions,
    supporting_documents,
)
from exclusions.questionnaires.trade import STEP as TRADE
from exclusions.questionnaires.trade import purchase_questions, revenue_questions, share_questions


@dataclass(frozen=True)
class Variant:
    """What differs between the lists' forms. `periods` stand until the round names its own."""

    key: str
    title: str
    periods: tuple[Period, ...]
    adcvd_required: bool
    other_origins_required: bool  # third-country and US purchases: new in the June 2019 form
    business_data_required: bool  # the 2018 form was "strongly encouraged", not required
    compare_revenue: bool


LIST_3 = Variant(
    key="petition-2019",
    title="Exclusion request",
    periods=(Period(2017), Period(2018), Period(2019, "Q1")),
    adcvd_required=False,
    other_origins_required=True,
    business_data_required=True,
    compare_revenue=True,
)
LIST_4A = Variant(
    key="petition-2019-4a",
    title="Exclusion request",
    periods=(Period(2017), Period(2018), Period(2019, "H1")),
    adcvd_required=True,
    other_origins_required=True,
    business_data_required=True,
    compare_revenue=False,
)
LISTS_1_AND_2 = Variant(
    key="petition-2018",
    title="Exclusion request",
    periods=(Period(2015), Period(2016), Period(2017)),
    adcvd_required=False,
    other_origins_required=False,
    business_data_required=False,
    compare_revenue=False,
)


def petition(variant: Variant, periods: Sequence[Period] = ()) -> Questionnaire:
    """Return the questionnaire of one list's form; `periods` are the round's purchase periods, else the form's own."""
    asked = tuple(periods) or variant.periods
    required = variant.business_data_required
    return Questionnaire(
        key=variant.key,
        title=variant.title,
        omb_number=OMB_NUMBER,
        burden=BURDEN,
        steps=(CONTACT, PRODUCT, AVAILABILITY, TRADE, HARM, CERTIFY),
        questions=(
            *contact_questions(),
            _importer_of_record(),
            primary_contact(),
            *small_business(),
            hts_question(
                help=(
                    "Enter the ten digits under which the product is entered today. This action must cover the first "
                    "eight. If the eight digits have no breakout, add 00."
                )
            ),
            *name_and_description(),
            *composition(),
            supporting_documents(),
            *adcvd_questions(required=variant.adcvd_required),
            *relationship_questions(),
            *availability_questions(),
            *purchase_questions(asked, others_required=variant.other_origins_required),
            *revenue_questions(revenue_periods(asked, compare=variant.compare_revenue), required=required),
            *share_questions(asked, required=required),
            *harm_questions(),
            *strategy_questions(),
            *_history(),
            *additional_information(),
            *certification_questions(),
        ),
        periods=asked,
    )


def _importer_of_record() -> Question:
    return Question(
        key="importer_of_record",
        number="A7",
        label="Who is your importer of record?",
        kind=Kind.TEXT,
        visibility=Visibility.CONFIDENTIAL,
        step=CONTACT.key,
        source="OMB-F19",
        ground="K",
    )


def _history() -> tuple[Question, ...]:
    return (
        Question(
            key="has_earlier_requests",
            number="E3",
            label="Did you ask for exclusions under the earlier lists?",
            kind=Kind.YES_NO,
            visibility=Visibility.PUBLIC,
            step=HARM.key,
            source="RTL-19",
            ground="S",
        ),
        Question(
            key="earlier_requests",
            number="E3",
            label="Earlier requests",
            help="The numbers are public. The values are not.",
            kind=Kind.ROWS,
            visibility=Visibility.PUBLIC,
            step=HARM.key,
            shown_if=Is("has_earlier_requests", "yes"),
            required=True,
            columns=(
                Column(key="reference", label="Request number", required=True, help="Such as USTR-2018-0025-0963."),
                Column(key="value", label="Value", kind=Kind.MONEY, unit="USD", visibility=Visibility.CONFIDENTIAL),
                Column(key="outcome", label="Outcome", max_length=100),
            ),
            source="RTL-19",
            ground="D",
        ),
    )
