"""The last step of every form: the two certifications. Nothing is filed without them."""

from exclusions.questionnaires.language.condition import Condition
from exclusions.questionnaires.language.question import Kind, Question, Step, Visibility

STEP = Step(
    "certify", "Preview and certify", "Read the public version as everyone will see it, then certify and submit."
)
OMB_NUMBER = "0350-0015"
PETITION_AFTERWARDS = (
    "You cannot change the petition after you submit it. You can withdraw it and file again while the window is open."
)
BURDEN = (
    "OMB control number 0350-0015. Public reporting burden for this collection of information is estimated to average "
    "one hour per submission, including the time for reviewing instructions, gathering the data needed and completing "
    "the form. An agency may not conduct or sponsor, and a person is not required to respond to, a collection of "
    "information unless it displays a currently valid OMB control number."
)


def certification_questions(
    *,
    step: str = STEP.key,
    number: str = "E5",
    confidential: bool = True,
    confidential_if: Condition | None = None,
    afterwards: str = PETITION_AFTERWARDS,
) -> tuple[Question, ...]:
    """Return the certification of truth and, for forms that take confidential answers, that of 15 CFR 2006.15(b).

    With `confidential_if` the second is asked only when the condition holds. `afterwards` says what can be done once
    it is sent: what its own page offers, nothing else.
    """
    truth = Question(
        key="certify_complete",
        number=number,
        label="I certify that the information is complete and correct to the best of my knowledge",
        help=afterwards,
        kind=Kind.CERTIFY,
        visibility=Visibility.PUBLIC,
        step=step,
        required=True,
        source="OMB-F19",
        ground="S",
    )
    secrecy = Question(
        key="certify_confidential",
        number=number,
        label="I certify that the information given as confidential is business confidential",
        help=(
            "It is not generally available to the public, and disclosing it would endanger trade secrets or "
            "profitability (15 CFR 2006.15(b)). The agency may refuse confidential treatment, with reasons; you may "
            "then withdraw."
        ),
        kind=Kind.CERTIFY,
        visibility=Visibility.PUBLIC,
        step=step,
        required=True,
        shown_if=confidential_if,
        source="CFR-2006",
        ground="S",
    )
    return (truth, secrecy) if confidential else (truth,)
