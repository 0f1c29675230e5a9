"""The comment on reinstating an exclusion that had expired (2021). 86 FR 56345 (2021-10-08).

The decision belongs to the exclusion, not to the commenter; a rationale that everyone may read is mandatory.
"""

from collections.abc import Sequence
from functools import partial

from exclusions.questionnaires.availability import STEP as AVAILABILITY
from exclusions.questionnaires.availability import sourcing_attempts, where_available
from exclusions.questionnaires.certification import BURDEN, OMB_NUMBER, certification_questions
from exclusions.questionnaires.certification import STEP as CERTIFY
from exclusions.questionnaires.contact import STEP as CONTACT
from exclusions.questionnaires.contact import contact_questions, primary_contact, small_business
from exclusions.questionnaires.harm import additional_information, harm_questions
from exclusions.questionnaires.language.periods import Period
from exclusions.questionnaires.language.question import Choice, Kind, Question, Step, Visibility
from exclusions.questionnaires.language.questionnaire import Questionnaire
from exclusions.questionnaires.machinery_2024 import rationale_questions
from exclusions.questionnaires.product import adcvd_questions, hts_question, relationship_questions
from exclusions.questionnaires.trade import STEP as TRADE
from exclusions.questionnaires.trade import purchase_questions

EXCLUSION = Step("exclusion", "The exclusion", "Which expired exclusion the comment is about, as printed in the annex.")
POSITION = Step("position", "Position and rationale", "Whether the exclusion should come back, and why.")
EFFECTS = Step("effects", "Effects", "What has changed since September 2018, and what depends on the exclusion.")
PERIODS = (Period(2018), Period(2019), Period(2020), Period(2021, "H1"))


def reinstatement_2021(periods: Sequence[Period] = ()) -> Questionnaire:
    """Return the comment form; `periods` are the round's purchase periods, else 2018 to the first half of 2021."""
    asked = tuple(periods) or PERIODS
    return Questionnaire(
        key="reinstatement-2021",
        title="Comment on reinstating an exclusion",
        omb_number=OMB_NUMBER,
        burden=BURDEN,
        steps=(CONTACT, EXCLUSION, POSITION, AVAILABILITY, EFFECTS, TRADE, CERTIFY),
        questions=(
            *contact_questions(noun="Commenter"),
            primary_contact(noun="Commenter"),
            *small_business(),
            *_exclusion(),
            *adcvd_questions(required=True, step=EXCLUSION.key, number="5"),
            *relationship_questions(step=EXCLUSION.key, number=""),
            position_question(),
            *rationale_questions(step=POSITION.key, number="7"),
            *where_available(),
            *sourcing_attempts(),
            *effects_questions(),
            *harm_questions(step=EFFECTS.key),
            *additional_information(step=EFFECTS.key, number=""),
            *purchase_questions(asked, others_required=False, required=False),
            *certification_questions(number=""),
        ),
        periods=asked,
    )


def _exclusion() -> tuple[Question, ...]:
    ask = partial(
        Question, step=EXCLUSION.key, visibility=Visibility.PUBLIC, required=True, source="OIRG, VEN", ground="S"
    )
    return (
        ask(
            key="exclusion_number",
            number="1",
            label="Number of the exclusion in the annex",
            help="Note and paragraph as printed, such as 20(ll)(14).",
            kind=Kind.TEXT,
            max_length=60,
        ),
        hts_question(
            step=EXCLUSION.key,
            number="2",
            help="The ten-digit number that the exclusion names. If it names several, choose one.",
        ),
        ask(key="product_name", number="3", label="Product, in a few words", kind=Kind.TEXT),
        ask(
            key="product_description",
            number="4",
            label="Description of the exclusion",
            help="Copy it from the annex. If the text was amended, use the amended text.",
            kind=Kind.LONG_TEXT,
            max_length=10_000,
        ),
    )


def position_question() -> Question:
    """Support or oppose."""
    return Question(
        key="position",
        number="6",
        label="Your position on reinstating the exclusion",
        kind=Kind.CHOICE,
        choices=(Choice("support", "Support"), Choice("oppose", "Oppose")),
        visibility=Visibility.PUBLIC,
        step=POSITION.key,
        required=True,
        source="OIRG",
        ground="S",
    )


def effects_questions() -> tuple[Question, ...]:
    """Return what has changed since the duty began, and what hangs on the exclusion."""
    ask = partial(
        Question,
        step=EFFECTS.key,
        visibility=Visibility.PUBLIC,
        kind=Kind.LONG_TEXT,
        max_length=10_000,
        source="JDS-21, VEN",
        ground="S",
    )
    return (
        ask(
            key="supply_chain_changes",
            label="Changes in the global supply chain since September 2018",
            help="For the product and others it depends on.",
        ),
        ask(key="sourcing_efforts", label="Efforts since September 2018 to source from elsewhere", required=True),
        ask(key="domestic_capacity", label="Domestic capacity to produce the product"),
        ask(key="effect_small_business", label="Effect on small businesses"),
        ask(key="effect_jobs", label="Effect on employment"),
        ask(key="effect_output", label="Effect on manufacturing output in the United States"),
        ask(key="effect_supply_chains", label="Effect on critical supply chains"),
        ask(key="wanted_length", label="How long the exclusion should last", kind=Kind.TEXT),
    )
