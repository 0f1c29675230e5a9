"""What is kept of one case: its number, its certified answers, who read it, what its letters say; what its desks
concluded before one another."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from exclusions.actions.record import letters
from exclusions.actions.record.accesses import log_reading
from exclusions.actions.record.disclosure_checks import look_through, place_of
from exclusions.actions.record.events import record_for_each, wake
from exclusions.actions.record.versions import next_reference, seal
from exclusions.checks.confidential.leak_matcher import hit_id
from exclusions.errors import Repeats
from exclusions.models import (
    AccessLog,
    Event,
    LeakSettlement,
    Letter,
    PetitionVersion,
    Recommendation,
    ReferenceSequence,
    User,
)
from exclusions.permissions.case_secrets import case_secrets
from exclusions.permissions.conclusions import before, conclusions, departure_reasoned
from exclusions.workflow.outcomes import CaseOutcome, opposed
from exclusions.workflow.states import Status
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]
SECOND = timedelta(seconds=1)


def test_each_reference_of_a_docket_follows_the_one_before(journey: Start) -> None:
    round_ = journey().petition.round
    given = [next_reference(round_) for _ in range(3)]
    assert [int(reference[-6:]) for reference in given] == [1, 2, 3]
    assert ReferenceSequence.objects.get(docket=round_.docket).last == 3


def test_what_is_sealed_is_what_was_certified(journey: Start, cast: dict[str, User]) -> None:
    case = journey()
    version = case.petition.versions.get()
    version.answers = version.answers | {"product_name": "Slabs of stone"}
    seal(version, by=cast["importer"], at=case.at)
    kept = PetitionVersion.objects.get(pk=version.pk)
    assert (kept.answers, kept.sha256) == (version.answers, version.sha256)
    assert kept.answers["product_name"] == "Slabs of stone"


@pytest.mark.parametrize(("name", "role"), [("importer", "requester"), ("filer", "filer"), ("reviewer1", "reviewer1")])
def test_who_read_a_case_is_noted_in_the_role_in_which_they_did(
    journey: Start, cast: dict[str, User], name: str, role: str
) -> None:
    case = journey()
    petition = case.take("submit", "post")
    log_reading(petition, "case", by=cast[name], at=case.at)
    noted = AccessLog.objects.latest("pk")
    assert (noted.by, noted.role, noted.what) == (cast[name], role, "case")


def test_the_last_of_two_published_letters_keeps_what_it_is_about(
    journey: Start, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    case = journey()
    with django_capture_on_commit_callbacks() as waiting:
        petition = case.take(*PATHS[Status.PUBLISHED])
    first = petition.letters.get(kind=Letter.Kind.PUBLICATION)
    assert first.about.startswith("notice ")
    assert wake in waiting, "a worker is woken to set it"
    again = letters.issue_anew(first, reason="A name was misspelt.", at=case.at)
    assert (again.about, again.supersedes) == (first.about, first)


def test_two_results_are_opposed_where_one_grants_and_the_other_does_not() -> None:
    results = [CaseOutcome.GRANTED, CaseOutcome.IN_PART, CaseOutcome.DENIED, CaseOutcome.WITHDRAWN]
    said = {(one, other): opposed(one, other) for one in results for other in results}
    assert {pair for pair, is_so in said.items() if is_so} == {
        (one, other)
        for one, other in said
        if {one, other} in ({CaseOutcome.GRANTED, CaseOutcome.DENIED}, {CaseOutcome.IN_PART, CaseOutcome.DENIED})
    }


def test_no_desk_comes_before_itself(journey: Start) -> None:
    case = journey()
    petition = case.take(*PATHS[Status.LEVEL2])
    case.prepare("concur")
    made = conclusions(petition)
    assert set(made) == {"level1", "level2"}
    assert before("level1", made) is None
    assert before("level2", made) == made["level1"]
    assert before("legal", made) == made["level2"]


def test_no_departure_is_asked_for_where_none_was_made(journey: Start, cast: dict[str, User]) -> None:
    case = journey("deny")
    petition = case.take(*PATHS[Status.LEVEL2])
    assert departure_reasoned(petition, None, case.at, None) == [], "nobody has concluded yet"
    case.prepare("concur")
    assert departure_reasoned(petition, None, case.at, None) == [], "it concluded as the desk before did"


def test_a_departure_without_its_reason_stops_the_desk_from_the_moment_at_which_the_case_came(
    journey: Start, cast: dict[str, User]
) -> None:
    case = journey()
    petition = case.take(*PATHS[Status.LEVEL2])
    own = Recommendation.objects.create(
        petition=petition, level=2, outcome="deny", reasons="A maker.", made_by=cast["reviewer2"], made_at=case.at
    )
    for since, stops in ((own.made_at - SECOND, True), (own.made_at, True), (own.made_at + SECOND, False)):
        petition.status_since = since
        said = departure_reasoned(petition, None, case.at, None)
        assert len(said) == stops
        assert all(one.startswith("Level 1 concluded for a grant. Say what") for one in said)


def test_one_kind_of_event_is_put_at_the_end_of_the_chain_of_each_case(journey: Start, cast: dict[str, User]) -> None:
    first, second = journey(), journey()
    second.take("submit")
    subjects = [f"petition:{case.petition.pk}" for case in (first, second)] + ["petition:of-none"]
    last = {subject: Event.objects.filter(subject=subject).order_by("-sequence").first() for subject in subjects}
    for by, role, data in ((cast["intake"], "intake", {"position": "support"}), (None, "", None)):
        made = record_for_each(subjects, "respond", by=by, at=second.at, data=data)
        assert [event.subject for event in made] == subjects
        for event in Event.objects.filter(pk__in=[event.pk for event in made]):
            before = last[event.subject]
            assert (event.kind, event.by, event.role, event.at) == ("respond", by, role, second.at)
            assert event.data == (data or {})
            assert (event.sequence, event.previous_hash) == ((before.sequence + 1, before.hash) if before else (1, ""))
            assert event.hash == event.digest()
            last[event.subject] = event


def test_words_that_were_settled_for_a_door_pass_it(journey: Start, cast: dict[str, User]) -> None:
    case = journey()
    petition = case.take("submit", "post")
    words = {"reason": f"Ask {petition.versions.get().answers['requester_email']}."}
    with pytest.raises(Repeats):
        look_through("withdraw", petition, words, by=cast["importer"], at=case.at)
    for hit in case_secrets(petition).of_requester(words["reason"]):
        stated = {"statement": "It is on our site.", "stated_by": cast["importer"], "stated_at": case.at}
        leak = hit_id(place_of("withdraw", "reason"), hit.secret)
        LeakSettlement.objects.create(petition=petition, leak=leak, place="withdraw", **stated)
    assert look_through("withdraw", petition, words, by=cast["importer"], at=case.at) is False
