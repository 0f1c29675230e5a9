"""Where a rule turns: at the very moment, by the other person, for another round, without an answer."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from exclusions.actions.people import proposals
from exclusions.actions.record import quarantine
from exclusions.actions.record.disclosure_checks import look_through
from exclusions.actions.record.public_decisions import question_facts
from exclusions.actions.record.publication import publish_petition
from exclusions.actions.review import own_view
from exclusions.actions.rounds import orders
from exclusions.errors import Repeats
from exclusions.models import BlindShare, LegalReview, Proposal, PublicPetition, PublicResponse, User
from exclusions.permissions import gates
from exclusions.permissions.conclusions import sentence_case
from exclusions.permissions.filing_facts import filing_facts
from exclusions.permissions.notices.taking_back import notice_of, notice_undone_by_two
from exclusions.permissions.own_view import must_view_first, to_view_first
from exclusions.permissions.two_persons import closing_confirmed
from exclusions.queries.record.taken_down import down_of
from exclusions.workflow.public_things import Kind, key_of
from exclusions.workflow.states import Status, label_of
from tests.factories.answered import posted_response
from tests.factories.answers import SECRETS, petition_answers
from tests.factories.casework.inquiries import QUESTION, asked
from tests.factories.casework.ways import PATHS
from tests.factories.cast import Responder
from tests.factories.petitions import Journey

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]
SECOND = timedelta(seconds=1)
PAUSE = {"citation": "84 FR 40000", "reason": "The portal was away for a week."}


def test_a_proposal_of_another_act_closes_no_case(journey: Start, cast: dict[str, User]) -> None:
    case = journey()
    case.take("submit")
    case.prepare("close_covered")
    own = Proposal.objects.get(subject=f"petition:{case.petition.pk}")
    other = Proposal.objects.get(pk=own.pk)
    other.pk, other.act = None, "reissue_letter"
    other.save(force_insert=True)
    Proposal.objects.update(outcome="confirmed", settled_by=cast["legal"], settled_at=case.at)
    assert closing_confirmed(case.petition, None, case.at, {"proposal": own.pk}) == []
    assert closing_confirmed(case.petition, None, case.at, {"proposal": other.pk}) != []


def test_a_notice_is_taken_back_by_who_confirmed_it_at_that_moment(
    published_once: Journey, cast: dict[str, User]
) -> None:
    case = published_once
    petition = case.petition
    notice, why = notice_of(petition), "The citation is that of another notice."
    assert notice is not None
    made = proposals.propose("undo_notice", notice.pk, by=cast["publisher"], at=case.at, reason=why)
    Proposal.objects.filter(pk=made.pk).update(outcome="confirmed", settled_by=cast["signatory"], settled_at=case.at)

    def undone(by: User | None, key: object = made.pk, after: timedelta = 0 * SECOND) -> bool:
        return notice_undone_by_two(petition, by, case.at + after, {"proposal": key}) == []

    assert undone(cast["signatory"])
    assert not any(undone(by) for by in (*(user for user in cast.values() if user != cast["signatory"]), None))
    assert not undone(cast["signatory"], after=SECOND)
    assert not undone(cast["signatory"], key=0)
    assert not undone(cast["signatory"], key=str(made.pk))


def test_nothing_is_hidden_for_its_sample_from_somebody_who_is_not_signed_in(level1_once: Journey) -> None:
    petition = level1_once.petition
    assert to_view_first([petition], AnonymousUser()) == to_view_first([petition], None) == set()
    assert not must_view_first(petition, AnonymousUser())


def test_a_legal_review_counts_from_the_moment_at_which_the_case_came_to_legal(journey: Start) -> None:
    case = journey()
    petition = case.take(*PATHS[Status.LEGAL])
    case.prepare("clear_for_drafting")
    review = LegalReview.objects.get(petition=petition)
    said = gates.legal_favours_grant(petition, None, case.at, None)
    assert said == []
    for since, kept in ((review.made_at, []), (review.made_at + SECOND, ["Record the legal review first."])):
        petition.status_since = since
        assert gates.legal_favours_grant(petition, None, case.at, None) == kept
        assert bool(gates.legal_favours_denial(petition, None, case.at, None))


def test_a_round_goes_on_unless_it_is_paused(journey: Start, admin: User) -> None:
    case = journey()
    assert gates.round_goes_on(case.petition, None, case.at, None) == []
    case.petition.round = orders.pause(case.petition.round, clocks_stand=True, by=admin, at=case.at, **PAUSE)
    (said,) = gates.round_goes_on(case.petition, None, case.at, None)
    assert "has been paused since" in said


def test_whoever_files_too_late_is_told_of_which_round_the_window_is_over(journey: Start) -> None:
    petition = journey().petition
    closes = petition.round.closes_at
    assert closes is not None
    assert gates.window_open(petition, None, closes, None) == []
    (said,) = gates.window_open(petition, None, closes + SECOND, None)
    assert said.startswith(f"The filing window of {petition.round.title}")


def test_the_share_of_another_round_draws_no_case(journey: Start, cast: dict[str, User]) -> None:
    journey("deny").take(*PATHS[Status.DENIED])  # on which level 2 has recommended
    case = journey()
    petition = case.take(*PATHS[Status.LEVEL1])
    own_view.set_share(petition.round, percent=0, by=cast["admin"], at=case.at)
    BlindShare.objects.create(
        slug="another-round", percent=100, secret="0" * 64, set_by=cast["admin"], set_at=case.at
    )  # fmt: skip
    assert to_view_first([petition], cast["reviewer2"]) == set()
    own_view.set_share(petition.round, percent=100, by=cast["admin"], at=case.at)
    assert to_view_first([petition], cast["reviewer2"]) == {petition.pk}


def test_what_a_round_takes_is_known_where_its_answers_are_judged(journey: Start) -> None:
    case = journey()
    round_ = case.petition.round
    round_.eligible_chapters, round_.eligible_subheadings = ["84"], []
    facts = filing_facts(case.petition, petition_answers(), case.at)
    assert facts.eligible_numbers == round_.eligible_numbers == ("84",)
    assert facts.names == (case.petition.organization.legal_name,)


def test_a_sentence_begins_with_one_capital() -> None:
    assert [sentence_case(words) for words in ("the Level 1 reviewer", "legal", "")] == [
        "The Level 1 reviewer",
        "Legal",
        "",
    ]


@pytest.mark.parametrize("status", list(Status))
def test_a_status_is_said_of_a_part_where_something_was_granted(status: Status) -> None:
    whole, part = label_of(status, in_part=False), label_of(status, in_part=True)
    assert whole == str(status.label)
    assert part == (f"Granted in part{whole.removeprefix('Granted')}" if whole.startswith("Granted") else whole)


def test_a_question_without_an_answer_is_published_with_none(level1_once: Journey) -> None:
    case = level1_once
    petition = case.petition
    asked(petition)
    (told,) = question_facts(petition, down_of(petition))
    assert (told["question"], told["answer"], told["ended_on"], told["state"]) == (QUESTION, "", "", "open")


def test_the_name_of_a_responder_that_was_taken_down_stands_nowhere_in_its_copy(
    journey: Start, cast: dict[str, User]
) -> None:
    case = journey()
    petition = case.take("submit", "post")
    given = posted_response(petition, cast, case.at)
    key = key_of(Kind.RESPONSE_ANSWER, given.reference, "org_legal_name")
    taken = quarantine.take_down(petition, key, by=cast["intake"], at=case.at, reason="A name.")
    assert Responder().organization not in PublicResponse.objects.get().organization_name
    assert PublicPetition.objects.get().oppose_count == 1, "the response itself stands"
    quarantine.correct(taken, "A quarry in Maine", by=cast["legal"], at=case.at)
    publish_petition(petition, at=case.at)
    assert PublicResponse.objects.get().organization_name == "A quarry in Maine"


def test_what_a_writer_may_not_read_is_not_told_but_makes_the_words_wait(journey: Start, cast: dict[str, User]) -> None:
    case = journey()
    petition = case.take("submit", "post")
    words = {"reason": f"Compare {SECRETS[-1]}."}
    assert look_through("withdraw", petition, {"reason": "No longer needed."}, by=cast["rival"], at=case.at) is False
    assert look_through("withdraw", petition, words, by=cast["rival"], at=case.at) is True
    assert look_through("withdraw", petition, words, by=None, at=case.at) is True
    for name in ("importer", "reviewer1"):
        with pytest.raises(Repeats):
            look_through("withdraw", petition, words, by=cast[name], at=case.at)
