"""The requester's reply to one response. Wholly public; it rebuts or clarifies, and changes nothing in the request."""

from functools import partial

from exclusions.questionnaires.certification import BURDEN, OMB_NUMBER, certification_questions
from exclusions.questionnaires.language.question import Kind, Question, Step, Visibility
from exclusions.questionnaires.language.questionnaire import Questionnaire

REPLY = Step(
    "reply",
    "Your reply",
    "Your reply is published beside the response. It cannot change the product description or the HTSUS number.",
)
AFTERWARDS = "You cannot change the reply after you send it. Send one reply to each response. You can take it down."
_ask = partial(Question, step=REPLY.key, visibility=Visibility.PUBLIC)


def reply_2019() -> Questionnaire:
    """Return the reply of every round that takes replies (84 FR 29576)."""
    return Questionnaire(
        key="reply-2019",
        title="Reply to a response",
        omb_number=OMB_NUMBER,
        burden=BURDEN,
        steps=(REPLY,),
        questions=(
            _ask(
                key="text",
                label="Your reply",
                help="Rebut or clarify what the response says.",
                kind=Kind.LONG_TEXT,
                max_length=20_000,
                required=True,
                source="GHY",
                ground="S",
            ),
            _ask(key="public_documents", label="Documents", kind=Kind.FILES, source="K", ground="K"),
            *certification_questions(step=REPLY.key, number="", confidential=False, afterwards=AFTERWARDS),
        ),
    )
