"""Each gate of the transition table says in a sentence what stands in the way, also where a door asks it by itself."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest

from exclusions.actions.rounds import orders
from exclusions.days import EASTERN
from exclusions.models import Petition, Recommendation, Response, Round, User
from exclusions.models.submission import CONFIRM_WITHIN
from exclusions.permissions import cures, gates, two_persons
from exclusions.permissions.notices import taking_back
from exclusions.workflow.deadlines import in_words
from exclusions.workflow.states import Status
from tests.factories.dockets import make_posted, make_response
from tests.factories.petitions import Journey

pytestmark = pytest.mark.django_db
POSTED = datetime(2019, 7, 8, 10, 0, tzinfo=EASTERN)
CLOSES = datetime(2019, 7, 22, 23, 59, tzinfo=EASTERN)
LATER = CLOSES + timedelta(days=60)
SECOND = timedelta(seconds=1)
SAID = {"citation": "84 FR 40000", "reason": "The portal was away for a week."}


@pytest.fixture
def posted(list3: Round) -> Petition:
    """Return a petition whose responses may be sent until CLOSES."""
    return make_posted(POSTED, round=list3)


@pytest.mark.parametrize(
    "gate",
    [gates.response_period_over, gates.reply_period_over, cures.cure_period_over],
    ids=lambda gate: gate.__name__,
)
def test_no_period_ends_while_the_clocks_of_its_round_stand(
    gate: gates.Gate, posted: Petition, list3: Round, admin: User
) -> None:
    posted.round = orders.pause(list3, clocks_stand=True, by=admin, at=POSTED, **SAID)
    (said,) = gate(posted, None, LATER, None)
    assert "has been paused since" in said


def test_responses_are_open_to_the_last_second(posted: Petition) -> None:
    assert gates.response_period_over(posted, None, CLOSES, None) == [f"Responses are open until {in_words(CLOSES)}."]
    assert gates.response_period_over(posted, None, CLOSES + SECOND, None) == []
    posted.response_closes_at = None
    assert gates.response_period_over(posted, None, CLOSES, None) == []


def test_a_response_that_awaits_posting_is_counted(posted: Petition) -> None:
    make_response(posted, None)
    make_response(posted, None, number=2)
    assert gates.reply_period_over(posted, None, LATER, None) == ["2 response(s) received in time are not posted yet."]


def test_a_response_may_still_be_confirmed(posted: Petition) -> None:
    response = make_response(posted, None)
    response.status, response.confirmed_at = Response.Status.UNCONFIRMED, None
    response.save()
    until = response.created_at + CONFIRM_WITHIN
    assert gates.reply_period_over(posted, None, until, None) == [
        f"A response that was sent in time may be confirmed until {in_words(until)}."
    ]
    assert gates.reply_period_over(posted, None, until + SECOND, None) == []


def test_the_requester_may_reply_to_the_last_second(posted: Petition) -> None:
    closes = make_response(posted, POSTED + timedelta(days=1)).reply_closes_at
    assert closes
    assert gates.reply_period_over(posted, None, closes, None) == [f"The requester may reply until {in_words(closes)}."]
    assert gates.reply_period_over(posted, None, closes + SECOND, None) == []


@pytest.mark.parametrize(
    ("gate", "level", "says"),
    [
        (gates.not_the_level1_reviewer, 1, "Another person must do level 2"),
        (gates.another_level2_reviewer, 2, "A second level 2 reviewer must confirm"),
    ],
    ids=["level 1", "level 2"],
)
def test_who_recommended_last_at_a_level_does_not_judge_after_it(
    gate: gates.Gate, level: int, says: str, posted: Petition, reviewer1: User, reviewer2: User
) -> None:
    assert gate(posted, reviewer1, LATER, None) == []
    for number, (by, at_level) in enumerate([(reviewer2, level), (reviewer1, level), (reviewer2, 3 - level)]):
        Recommendation.objects.create(
            petition=posted,
            level=at_level,
            outcome="grant",
            reasons="The findings weigh this way.",
            made_by=by,
            made_at=LATER + timedelta(minutes=number),
        )
    (said,) = gate(posted, reviewer1, LATER, None)
    assert says in said
    assert gate(posted, reviewer2, LATER, None) == []
    assert gate(posted, None, LATER, None) == []


def test_counsel_concluded_the_other_outcome(journey: Callable[..., Journey]) -> None:
    trip = journey()
    trip.take("submit", "post", "close_responses", "begin_review", "recommend", "concur", "confirm_consistency")
    legal = trip.cast["legal"]
    for gate in (gates.legal_favours_grant, gates.legal_favours_denial):
        assert gate(trip.petition, legal, trip.at, None) == ["Record the legal review first."]
    trip.prepare("clear_for_drafting")
    trip.petition = Petition.objects.get(pk=trip.petition.pk)
    assert gates.legal_favours_grant(trip.petition, legal, trip.at, None) == []
    (said,) = gates.legal_favours_denial(trip.petition, legal, trip.at, None)
    assert said.startswith("The legal review concludes “")
    assert said.endswith("”. This step is for the other outcome.")


def test_what_is_entered_with_a_transition_is_asked_for_part_by_part(posted: Petition) -> None:
    assert gates.certified(posted, None, POSTED, None) == []
    assert gates.certified(posted, None, POSTED, {"certified": True}) == []
    assert gates.certified(posted, None, POSTED, {}) == [
        "Certify that the information is complete and correct to the best of your knowledge."
    ]
    citation, day = "84 FR 38717", date(2019, 8, 7)
    assert gates.notice_cited(posted, None, POSTED, None) == []
    assert gates.notice_cited(posted, None, POSTED, {"citation": citation, "published_on": day}) == []
    for given, asked in (
        ({"citation": citation}, ["Give the date on which the notice was published."]),
        ({"citation": " ", "published_on": day}, ["Give the Federal Register citation, for example 84 FR 38717."]),
    ):
        assert gates.notice_cited(posted, None, POSTED, given) == asked
    assert len(gates.notice_cited(posted, None, POSTED, {})) == 2


def test_a_case_is_closed_and_a_notice_taken_back_by_two_alone(posted: Petition) -> None:
    assert two_persons.closing_confirmed(posted, None, POSTED, None) == []
    (said,) = two_persons.closing_confirmed(posted, None, POSTED, {})
    assert said.startswith("Intake proposes it")
    assert taking_back.undo_faults(None, POSTED) == ["This case has no notice that you could take back."]
    assert taking_back.notice_undone_by_two(posted, None, POSTED, None) == [
        "This case has no notice that you could take back."
    ]


def test_what_a_petition_is_returned_for_is_named_within_bounds(posted: Petition) -> None:
    form = SimpleNamespace(labels={"product_name": "Product name"})
    remedy = "The name is a brand; say what the product is."
    point = {"question": "product_name", "remedy": remedy}
    assert cures.points_problems(form, [point] * cures.MOST_POINTS) == []  # type: ignore[arg-type]
    (said,) = cures.points_problems(form, [point] * (cures.MOST_POINTS + 1))  # type: ignore[arg-type]
    assert said.startswith(f"Name at most {cures.MOST_POINTS} questions")
    assert cures.last_day_problem("next week", POSTED) == "Enter the last day as a date, for example 2019-07-22."
    assert cures.last_day_problem(None, POSTED) == ""
    today = POSTED.astimezone(EASTERN).date()
    for days, is_fine in ((2, False), (3, True), (90, True), (91, False)):
        said = cures.last_day_problem(today + timedelta(days=days), POSTED)
        assert said == ("" if is_fine else "Choose a last day 3 to 90 days from now.")


def test_one_returned_without_a_last_day_never_lapses(posted: Petition) -> None:
    posted.status, posted.cure_closes_at = Status.RETURNED, None
    assert cures.cure_period_over(posted, None, LATER, None) == ["This petition was returned without a last day."]
    assert cures.changed_since_return(posted) == []
    posted.cure_closes_at = CLOSES
    assert cures.cure_period_over(posted, None, CLOSES, None) == [f"It may be corrected until {in_words(CLOSES)}."]
    assert cures.cure_period_over(posted, None, CLOSES + SECOND, None) == []
