"""The comment on exclusions that a round lists: anybody's, without an account. 86 FR 56345 (2021-10-08).

The exclusions are named by their numbers in the round, so that nobody types their texts anew; one comment may be about
several. The decision belongs to the exclusion, not to the commenter; a rationale that everyone may read is mandatory.
"""

from collections.abc import Sequence

from exclusions.questionnaires.availability import STEP as AVAILABILITY
from exclusions.questionnaires.availability import sourcing_attempts, where_available
from exclusions.questionnaires.certification import BURDEN, OMB_NUMBER, certification_questions
from exclusions.questionnaires.contact import contact_questions, small_business
from exclusions.questionnaires.harm import harm_questions
from exclusions.questionnaires.language.periods import Period
from exclusions.questionnaires.language.question import Kind, Question, Step, Visibility
from exclusions.questionnaires.language.questionnaire import Questionnaire
from exclusions.questionnaires.machinery_2024 import rationale_questions
from exclusions.questionnaires.product import adcvd_questions, relationship_questions
from exclusions.questionnaires.reinstatement_2021 import (
    EFFECTS,
    PERIODS,
    POSITION,
    effects_questions,
    position_question,
)
from exclusions.questionnaires.trade import STEP as TRADE
from exclusions.questionnaires.trade import purchase_questions

CONTACT = Step(
    "contact", "Organization and contact", "Contact details stay confidential. The organization's name is public."
)
EXCLUSION = Step("exclusion", "The exclusions", "Which exclusions of the round the comment is about.")
CERTIFY = Step(
    "certify", "Certify", "Once we post the comment, everyone can read its public part and your organization's name."
)
AFTERWARDS = (
    "You cannot change the comment after you send it. With the link that we mail you, you can withdraw it while "
    "comments are open."
)


def comment_2021(periods: Sequence[Period] = ()) -> Questionnaire:
    """Return the comment form; `periods` are the round's purchase periods, else 2018 to the first half of 2021."""
    asked = tuple(periods) or PERIODS
    return Questionnaire(
        key="comment-2021",
        title="Comment on listed exclusions",
        omb_number=OMB_NUMBER,
        burden=BURDEN,
        steps=(CONTACT, EXCLUSION, POSITION, AVAILABILITY, EFFECTS, TRADE, CERTIFY),
        questions=(
            *contact_questions(noun="Commenter", address=False),
            *small_business(),
            Question(
                key="exclusions",
                number="1",
                label="Numbers of the exclusions in this round",
                help="Enter one or several numbers from the list of the round, such as 12, 40-42.",
                kind=Kind.TEXT,
                max_length=300,
                visibility=Visibility.PUBLIC,
                step=EXCLUSION.key,
                required=True,
                source="OIRG, VEN",
                ground="S",
            ),
            *adcvd_questions(required=True, step=EXCLUSION.key, number="2"),
            *relationship_questions(step=EXCLUSION.key, number="3"),
            position_question(),
            *rationale_questions(step=POSITION.key, number="7"),
            *where_available(),
            *sourcing_attempts(),
            *effects_questions(),
            *harm_questions(step=EFFECTS.key),
            *purchase_questions(asked, others_required=False, required=False),
            *certification_questions(number="", afterwards=AFTERWARDS),
        ),
        periods=asked,
    )
