"""What is put on record: who may, when, what it must hold; and that nothing is written when it is refused."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from exclusions.actions import transitions
from exclusions.actions.filing import petitions
from exclusions.actions.review import assignments, contacts, intake, product_texts, reviews
from exclusions.errors import ActionRefused, Conflict, Incomplete, NotPermitted, WrongState
from exclusions.models import Event, LegalReview, Petition, PetitionVersion, User
from exclusions.permissions import refusals
from exclusions.permissions.case_entries import CASE_ENTRIES
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status
from tests.factories.casework.citing import ANSWERED
from tests.factories.casework.ways import TO_LEGAL, TO_LEVEL1
from tests.factories.petitions import POINTS, SEVERAL, TEXT, Journey

pytestmark = pytest.mark.django_db
Bring = Callable[[Status], Petition]
Start = Callable[..., Journey]

CITES = [ANSWERED["availability"]]
MADE: dict[str, Callable[[Petition, User, datetime], Any]] = {
    "finding": lambda p, by, at: reviews.record_finding(
        p, criterion="availability", result="supports", reasons="The answers show it.", citations=CITES, by=by, at=at
    ),
    "recommendation": lambda p, by, at: reviews.recommend_outcome(
        p, outcome="grant", reasons="The findings show it.", by=by, at=at
    ),
    "consistency": lambda p, by, at: reviews.record_consistency(
        p, compared_with=[], reasons="No like case.", by=by, at=at
    ),
    "legal_review": lambda p, by, at: reviews.record_legal_review(
        p, outcome="grant", reasons="The findings show it.", by=by, at=at
    ),
    "product_text": lambda p, by, at: product_texts.draft_text(p, text=TEXT, number="6810990010", by=by, at=at),
    "assessment": lambda p, by, at: reviews.record_assessment(
        p, outcome="grant", reasons="The agencies agree.", by=by, at=at
    ),
    "contact": lambda p, by, at: contacts.log_contact(
        p, with_whom="Counsel", summary="A call.", held_on=date(2019, 1, 1), by=by, at=at
    ),
    "recusal": lambda p, by, at: reviews.recuse(p, reason="A tie.", by=by, at=at),
}
# Whoever makes the entry where it is allowed; the second reviewer for consistency.
PERSON = {Role.REVIEWER1: "reviewer1", Role.REVIEWER2: "reviewer2"}
STATES = [Status.SUBMITTED, Status.LEVEL1, Status.CONSISTENCY, Status.DRAFTING, Status.COMMITTEE, Status.DENIED]


@pytest.mark.parametrize("status", STATES)
def test_each_entry_is_made_where_its_table_says_and_nowhere_else(
    status: Status, petition_in: Bring, cast: dict[str, User]
) -> None:
    petition = petition_in(status)
    subject = f"petition:{petition.pk}"
    wrong: list[tuple[object, ...]] = []
    for name, make in MADE.items():
        kind = CASE_ENTRIES[name]
        for person, user in cast.items():
            if user.role == Role.REVIEWER2 and (name == "consistency") != (person == "second_reviewer2"):
                continue  # which of the two may is tested by itself
            allowed = Role(user.role) in kind.places.get(status, frozenset()) if user.role else False
            before = Event.objects.filter(subject=subject).count()
            try:
                make(petition, user, petition.status_since)
            except ActionRefused as refused:
                wrote = Event.objects.filter(subject=subject).count() != before
                if allowed or wrote or not refused.reasons:
                    wrong.append((name, person, refused.reasons, wrote))
            else:
                if not allowed or Event.objects.filter(subject=subject).latest("sequence").kind != name:
                    wrong.append((name, person, "went through"))
                petition.recusals.update(ended_at=petition.status_since)
    assert wrong == []


def test_the_latest_finding_counts_and_the_earlier_ones_stay(level1_once: Journey, reviewer1: User) -> None:
    petition = level1_once.petition
    for result in ("supports", "against"):
        reviews.record_finding(
            petition,
            criterion="availability",
            result=result,
            reasons="The answers show it.",
            citations=CITES,
            by=reviewer1,
            at=petition.status_since,
        )
    assert [finding.result for finding in petition.findings.all()] == ["supports", "against"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"criterion": "domestic_manufacturing"}, "is not a criterion of"),
        ({"result": "perhaps"}, "Choose what the record shows"),
        ({"reasons": "  "}, "Give the reasons"),
        ({"citations": ["answer:nothing"]}, "Not in the record"),
        ({"citations": ["answer:requester_email"]}, "Not in the record"),
        ({"citations": ["unanswered:available_us"]}, "Not in the record"),
        ({"citations": ["unanswered:revenue"]}, "Not in the record"),
        ({"citations": []}, "Cite what in the record bears on “"),
        ({"citations": ["answer:product_name"]}, "at least one answer, response or document"),
        ({"citations": [], "result": "against"}, "Cite what in the record bears on “"),
        ({"citations": [], "result": "not_shown"}, "Cite where you looked for “"),
        ({"reasons": "Hidden Supplier Works quoted twice the price in May 2019."}, "in confidence"),
        ({"reasons": "Purchases of 7,071,234 dollars."}, "in confidence"),
    ],
)
def test_a_finding_is_checked(changes: dict[str, Any], says: str, level1_once: Journey, reviewer1: User) -> None:
    petition = level1_once.petition
    entered = {
        "criterion": "availability", "result": "supports", "reasons": "The answers show it.", "citations": CITES,
        **changes,
    }  # fmt: skip
    with pytest.raises(Incomplete, match=says) as refused:
        reviews.record_finding(petition, **entered, by=reviewer1, at=petition.status_since)
    assert "Hidden Supplier" not in str(refused.value)
    assert not petition.findings.exists()


def test_a_contact_is_confidential_by_the_whole_name_only(journey: Start, reviewer1: User) -> None:
    trip = journey()
    name = {"requester_first_name": "Grant", "requester_last_name": "Chase"}
    petitions.save_answers(trip.petition, answers=name, by=trip.cast["importer"], at=trip.at)
    trip.take(*TO_LEVEL1)
    entered: dict[str, Any] = {
        "criterion": "availability", "result": "supports", "citations": CITES, "by": reviewer1, "at": trip.at
    }  # fmt: skip
    reviews.record_finding(trip.petition, reasons="A grant is due; they chase a source.", **entered)
    with pytest.raises(Incomplete, match="Requester: last name"):
        reviews.record_finding(trip.petition, reasons="Grant Chase said so.", **entered)


def test_a_legal_review_that_departs_says_why(journey: Start, legal: User) -> None:
    trip = journey()
    petitions.save_answers(trip.petition, answers=SEVERAL, by=trip.cast["importer"], at=trip.at)
    trip.take(*TO_LEGAL)
    entered: dict[str, Any] = {
        "outcome": "deny",
        "denial_codes": ["DR6d"],
        "reasons": "The product is strategic.",
        "by": legal,
    }
    with pytest.raises(Incomplete, match=r"Level 2 concluded for a grant\. Say what in the record") as refused:
        reviews.record_legal_review(trip.petition, **entered, at=trip.at)
    assert "departure" in refused.value.fields
    reviews.record_legal_review(trip.petition, **entered, departure="The notice leaves no choice.", at=trip.at)
    review = LegalReview.objects.get()
    assert review.departs
    assert (review.reasons, review.departure) == ("The product is strategic.", "The notice leaves no choice.")


def test_level_2_and_consistency_are_different_people(journey: Start, reviewer2: User) -> None:
    trip = journey()
    trip.take(*TO_LEVEL1, "recommend", "concur")
    with pytest.raises(Incomplete, match="A second level 2 reviewer must confirm consistency"):
        reviews.record_consistency(trip.petition, compared_with=[], reasons="No like case.", by=reviewer2, at=trip.at)
    with pytest.raises(ActionRefused, match="A second level 2 reviewer must confirm consistency"):
        transitions.take(trip.petition, "confirm_consistency", by=reviewer2, at=trip.at)


def test_a_promoted_reviewer_does_not_send_on_their_own_level_1_case(
    journey: Start, reviewer1: User, reviewer2: User
) -> None:
    trip = journey()
    trip.take(*TO_LEVEL1, "recommend")
    reviewer1.role = Role.REVIEWER2
    reviewer1.save()
    own = "You acted on this case as: Level 1 reviewer. You cannot act on it in another role."
    with pytest.raises(NotPermitted, match=own):
        reviews.recommend_outcome(
            trip.petition, outcome="grant", reasons="The findings show it.", by=reviewer1, at=trip.at
        )
    assert refusals("concur", trip.petition, reviewer1, trip.at) == [own]
    with pytest.raises(NotPermitted, match=own):
        transitions.take(trip.petition, "concur", by=reviewer1, at=trip.at)
    trip.petition.refresh_from_db()
    assert trip.petition.status == Status.LEVEL2
    assert own not in refusals("concur", trip.petition, reviewer2, trip.at)
    assert trip.take("concur").status == Status.CONSISTENCY


def test_consistency_names_real_petitions(journey: Start, second_reviewer2: User) -> None:
    other = journey().take("submit")
    trip = journey()
    trip.take(*TO_LEVEL1, "recommend", "concur")
    for reference in ("USTR-2019-0005-999999", str(trip.petition.reference)):
        with pytest.raises(Incomplete, match="Not a petition to compare with"):
            reviews.record_consistency(
                trip.petition, compared_with=[reference], reasons="Both are alike.", by=second_reviewer2, at=trip.at
            )
    made = reviews.record_consistency(
        trip.petition,
        compared_with=[f" {other.reference} "],
        reasons="Both are alike.",
        by=second_reviewer2,
        at=trip.at,
    )
    assert made.compared_with == [other.reference]


def test_a_contact_is_not_dated_in_the_future(level1_once: Journey, legal: User) -> None:
    petition = level1_once.petition
    with pytest.raises(Incomplete, match="dated in the future"):
        contacts.log_contact(
            petition, with_whom="X", summary="Y", held_on=date(2999, 1, 1), by=legal, at=petition.status_since
        )


def test_a_returned_petition_is_corrected_and_keeps_its_filing_date(journey: Start, intake_clerk: User) -> None:
    trip = journey()
    petition = trip.take("submit")
    filed = petition.submitted_at
    intake.return_petition(petition, points=POINTS, by=intake_clerk, at=trip.at)
    sealed, reopened = PetitionVersion.objects.filter(petition=petition).order_by("number")
    assert sealed.sealed_at is not None
    assert reopened.sealed_at is None
    assert "certify_complete" not in reopened.answers
    trip.take("resubmit")
    assert trip.petition.submitted_at == filed


@pytest.fixture
def intake_clerk(cast: dict[str, User]) -> User:
    """Return the clerk under a name that does not hide the module of actions."""
    return cast["intake"]


def test_posting_sets_the_clock_by_the_rounds_days(journey: Start, intake_clerk: User) -> None:
    trip = journey()
    petition = trip.take("submit")
    with pytest.raises(Incomplete, match="tick the box"):
        intake.post_petition(petition, screened=False, by=intake_clerk, at=trip.at)
    petition.refresh_from_db()
    assert (petition.status, petition.posted_at, petition.response_closes_at) == (Status.SUBMITTED, None, None)
    posted = intake.post_petition(petition, screened=True, by=intake_clerk, at=trip.at)
    assert posted.response_closes_at is not None
    assert f"{posted.response_closes_at.astimezone(trip.at.tzinfo):%Y-%m-%d %H:%M}" == "2019-07-22 23:59"


def test_a_case_has_one_assignee_a_role(petition_in: Bring, cast: dict[str, User]) -> None:
    petition = petition_in(Status.CONSISTENCY)
    at = petition.status_since
    assignments.take(petition, by=cast["second_reviewer2"], at=at)
    with pytest.raises(Conflict, match="Tess Senior has this case"):
        assignments.take(petition, by=cast["reviewer2"], at=at)
    with pytest.raises(NotPermitted, match="your own role"):
        assignments.assign(petition, to=cast["legal"], by=cast["reviewer2"], at=at)
    with pytest.raises(WrongState, match="not assigned to you"):
        assignments.release(petition, by=cast["reviewer2"], at=at)
    for name in ("importer", "admin", "customs", "auditor"):
        with pytest.raises(NotPermitted):
            assignments.take(petition, by=cast[name], at=at)


def test_a_requesters_transition_is_not_taken_by_the_staffs_door(petition_in: Bring, cast: dict[str, User]) -> None:
    petition = petition_in(Status.SUBMITTED)
    with pytest.raises(ActionRefused):
        transitions.take(petition, "withdraw", by=cast["importer"], at=petition.status_since, reason="No.")
    with pytest.raises(ActionRefused):
        transitions.take(petition, "no_such_transition", by=cast["intake"], at=petition.status_since)
    petition.refresh_from_db()
    assert petition.status == Status.SUBMITTED
