"""Step A of every form: whose filing it is, who sends it and who is to be called. Names are public, people are not."""

from exclusions.questionnaires.language.condition import AllOf, Condition, Is, Not
from exclusions.questionnaires.language.places import OUTSIDE_UNITED_STATES
from exclusions.questionnaires.language.question import Choice, Kind, Question, Step, Visibility

STEP = Step(
    "contact", "Organization and contact", "Contact details stay confidential. The organization's name is public."
)
YES, NO = "yes", "no"
THIRD_PARTY = Is("is_third_party", YES)
_FORM = "OMB-F19"


def contact_questions(
    *, step: str = STEP.key, noun: str = "Requester", number: str = "A", address: bool = True
) -> tuple[Question, ...]:
    """Questions 1 to 6 of step A. `noun` is who files: Requester, Responder or Commenter; it begins the keys.

    Without `address` (a response, which needs no account) the postal address is not asked.
    """
    who = noun.lower()
    questions = [
        Question(
            key="org_legal_name",
            number=f"{number}1",
            label="Full legal name of the organization",
            help=f"The {who}: the organization whose case this is, even if a law firm, association or broker files it.",
            kind=Kind.TEXT,
            visibility=Visibility.PUBLIC,
            step=step,
            required=True,
            source=f"{_FORM}, DS",
            ground="S",
        ),
        *_person(who, noun, step, f"{number}2"),
        *(_address(who, noun, step, f"{number}3") if address else ()),
        *_reach(who, noun, step, f"{number}4"),
        *_third_party(step, number, address=address),
    ]
    return tuple(questions)


def primary_contact(step: str = STEP.key, number: str = "A8", noun: str = "Requester") -> Question:
    """Who is called first; the third party is offered only when there is one."""
    return _confidential(
        "primary_contact",
        "Primary point of contact",
        step,
        number,
        kind=Kind.CHOICE,
        choices=(
            Choice("requester", noun),
            Choice("third_party", "Third-party submitter", THIRD_PARTY),
            Choice("both", "Both", THIRD_PARTY),
        ),
    )


def small_business(step: str = STEP.key, number: str = "A9") -> tuple[Question, ...]:
    """Whether the filer is a small business by the size standard of its industry (13 CFR 121.201)."""
    return (
        Question(
            key="is_small_business",
            number=number,
            label="Does the organization meet the size standard for a small business?",
            help="The SBA standard for your industry, 13 CFR 121.201. You may leave it blank.",
            kind=Kind.YES_NO,
            visibility=Visibility.PUBLIC,
            step=step,
            source="AGRI",
            ground="S",
        ),
        Question(
            key="naics",
            number=number,
            label="NAICS code of your industry",
            help="Enter six digits. The size standard depends on this code.",
            kind=Kind.NAICS,
            visibility=Visibility.PUBLIC,
            step=step,
            shown_if=Is("is_small_business", YES),
            source="AGRI",
            ground="D",
        ),
    )


def _third_party(step: str, number: str, *, address: bool) -> tuple[Question, ...]:
    asked = f"{number}6"
    return (
        Question(
            key="is_third_party",
            number=f"{number}5",
            label="Is a third party submitting this on behalf of an organization or industry?",
            help="For example a law firm, a trade association or a customs broker.",
            kind=Kind.YES_NO,
            visibility=Visibility.PUBLIC,
            step=step,
            required=True,
            source=_FORM,
            ground="K",
        ),
        Question(
            key="third_party_type",
            number=asked,
            label="Kind of third party",
            kind=Kind.CHOICE,
            visibility=Visibility.PUBLIC,
            step=step,
            required=True,
            shown_if=THIRD_PARTY,
            choices=(
                Choice("law_firm", "Law firm"),
                Choice("association", "Trade association"),
                Choice("broker", "Customs broker"),
                Choice("other", "Other"),
            ),
            source=_FORM,
            ground="D",
        ),
        Question(
            key="third_party_name",
            number=asked,
            label="Name of the third party's firm or association",
            kind=Kind.TEXT,
            visibility=Visibility.PUBLIC,
            step=step,
            required=True,
            shown_if=THIRD_PARTY,
            source=_FORM,
            ground="K",
        ),
        *_person("third_party", "Third party", step, asked, THIRD_PARTY),
        *(_address("third_party", "Third party", step, asked, THIRD_PARTY) if address else ()),
        *_reach("third_party", "Third party", step, asked, THIRD_PARTY),
    )


def _person(prefix: str, noun: str, step: str, number: str, shown_if: Condition | None = None) -> tuple[Question, ...]:
    return (
        _confidential(f"{prefix}_first_name", f"{noun}: first name", step, number, shown_if=shown_if),
        _confidential(f"{prefix}_last_name", f"{noun}: last name", step, number, shown_if=shown_if),
    )


def _address(prefix: str, noun: str, step: str, number: str, shown_if: Condition | None = None) -> tuple[Question, ...]:
    in_the_states: Condition = Not(Is(f"{prefix}_state", OUTSIDE_UNITED_STATES))
    zip_if = in_the_states if shown_if is None else AllOf((shown_if, in_the_states))
    return (
        _confidential(f"{prefix}_street_1", f"{noun}: street address", step, number, shown_if=shown_if),
        _confidential(f"{prefix}_street_2", f"{noun}: street address, line 2", step, number, False, shown_if=shown_if),
        _confidential(f"{prefix}_city", f"{noun}: city", step, number, shown_if=shown_if),
        _confidential(f"{prefix}_state", f"{noun}: state", step, number, kind=Kind.STATE, shown_if=shown_if),
        _confidential(f"{prefix}_zip", f"{noun}: ZIP code", step, number, kind=Kind.ZIP, shown_if=zip_if),
        _confidential(
            f"{prefix}_country", f"{noun}: country of headquarters", step, number, kind=Kind.COUNTRY, shown_if=shown_if
        ),
    )


def _reach(prefix: str, noun: str, step: str, number: str, shown_if: Condition | None = None) -> tuple[Question, ...]:
    return (
        _confidential(f"{prefix}_email", f"{noun}: e-mail address", step, number, kind=Kind.EMAIL, shown_if=shown_if),
        _confidential(f"{prefix}_phone", f"{noun}: telephone", step, number, kind=Kind.PHONE, shown_if=shown_if),
    )


def _confidential(
    key: str,
    label: str,
    step: str,
    number: str,
    required: bool = True,
    *,
    kind: Kind = Kind.TEXT,
    shown_if: Condition | None = None,
    choices: tuple[Choice, ...] = (),
) -> Question:
    return Question(
        key=key,
        number=number,
        label=label,
        kind=kind,
        visibility=Visibility.CONFIDENTIAL,
        step=step,
        required=required,
        shown_if=shown_if,
        choices=choices,
        source="OMB-F19, CUB",
        ground="S",
    )
