"""The style rules of an exclusion's text, on real annex texts and on wordings that Customs could not administer."""

import pytest

from exclusions.checks.product_text import lint

REAL = [
    (
        (
            "Direct acting and spring return pneumatic actuators, each rated at a maximum pressure of 10 bar and "
            "valued over $68 but not over $72 per unit (described in statistical reporting number 8412.39.0080)"
        ),
        "8412390080",
    ),
    ("Breast pumps, whether or not with accessories or batteries (8413.81.0040)", "8413810040"),
    (
        (
            "Centrifugal pumps, submersible, designed for use in artificial lift systems for extracting oil and gas "
            "(described in statistical reporting number 8413.70.2004)"
        ),
        "8413702004",
    ),
    (
        (
            "Pump casings and bodies (described in statistical reporting number 8413.91.9080 prior to January 1, 2019; "
            "8413.91.9095 effective January 1, 2019)"
        ),
        "8413919095",
    ),
    (
        (
            "Cyanuric chloride (IUPAC 2,4,6-trichloro-1,3,5-triazine) (CAS 108-77-0), 99.5 percent or higher purity "
            "(described in statistical reporting number 2933.69.6010)"
        ),
        "2933696010",
    ),
    ("Kneeling pads of plastics (described in statistical reporting number 3924.90.5650)", "3924905650"),
]
BALL_VALVES = "(described in statistical reporting number 8481.80.3090)"


@pytest.mark.parametrize(("text", "number"), REAL)
def test_real_texts_pass_without_a_remark(text: str, number: str) -> None:
    assert lint(text, number, whole_number=False) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Ball valves used by RV makers in Indiana", "actual use"),
        ("Ball valves for the use of hospitals", "actual use"),
        ("Ball valves, brand FlowMate", "trademark or brand"),
        ("FlowMate® ball valves", "trademark or brand"),
        ("Ball valves, model no. 12", "model or part number"),
        ("Ball valves made for Hoosier Inc.", "names a company"),
        ("Ball valves chiefly used in vehicles", "chief use"),
        ("Ball valves of steel\nGate valves of steel", "several paragraphs"),
    ],
)
def test_what_customs_cannot_administer_is_an_error(text: str, says: str) -> None:
    errors = [
        r.sentence for r in lint(f"{text} {BALL_VALVES}", "8481803090", whole_number=False) if r.severity == "error"
    ]
    assert any(says in sentence for sentence in errors), errors


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Ball valves, about 12 mm", "cannot be measured"),
        ("Ball valves, 2 inches", "other than metric"),
        ("Ball valves, between 12 and 20 mm", "say if its ends are included"),
        ("A ball valve", "article"),
        ("Ball valve", "plural"),
        ("ball valves", "small letter"),
    ],
)
def test_what_is_doubtful_is_a_warning(text: str, says: str) -> None:
    remarks = lint(f"{text} {BALL_VALVES}", "8481803090", whole_number=False)
    assert any(says in remark.sentence and remark.severity == "warning" for remark in remarks), remarks


def test_the_number_must_be_named() -> None:
    assert "8481.80.3090" in lint("Ball valves of steel", "8481803090", whole_number=False)[0].remedy
    assert lint("Ball valves of steel (8481.80.3010)", "8481803090", whole_number=False)[0].severity == "error"


def test_a_whole_number_is_the_number_alone() -> None:
    assert lint("8525.60.1010", "8525601010", whole_number=True) == []
    assert lint("Radios", "8525601010", whole_number=True)[0].severity == "error"


def test_the_requester_is_not_named() -> None:
    text = f"Ball valves of hoosier  coachworks {BALL_VALVES}"
    assert any(
        "requester" in r.message for r in lint(text, "8481803090", whole_number=False, requester="Hoosier Coachworks")
    )
