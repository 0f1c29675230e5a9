"""One finding, many cases: every desk does for a cluster what it does for one case, and each case has its own rows."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from exclusions.actions.casework.joint_opinions import give_opinion_on_text
from exclusions.actions.casework.letters_to_set import MOST_ATTEMPTS, letters_wait, set_letters, try_letters_again
from exclusions.actions.clock import run_clock
from exclusions.actions.filing.responses import confirm_response, post_response, respond
from exclusions.actions.record.publication import publish_petition
from exclusions.actions.review.reviews import recuse
from exclusions.errors import Incomplete, NotPermitted, SomeRefused
from exclusions.gateways.documents.object_store import read_file
from exclusions.models import (
    Decision,
    Event,
    Exclusion,
    Finding,
    JointAct,
    Letter,
    PendingLetter,
    PublicLetter,
    PublicPetition,
    Round,
    User,
)
from exclusions.permissions.gates import STATE_CONTACTS
from exclusions.queries.casework.lists.short_worklists import drafts_for_customs, one_a_text
from exclusions.queries.record.record_check import breaks
from exclusions.workflow.states import Status
from tests.factories.answers import RESPONSE_ANSWERS
from tests.factories.casework.clusters import REASONS, alike, findings, together_as
from tests.factories.petitions import TEXT
from tests.factories.world import token_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Rows are locked, which SQLite does not do.")]


@pytest.fixture
def denied(cast: Mapping[str, User], list3: Round, at: datetime):
    """Return a cluster of three that every desk denied together, with its petitions and the moment after."""
    cluster, petitions = alike(cast, list3, at, 3)
    set_letters()  # those of the posting
    now = max(petition.status_since for petition in petitions) + timedelta(hours=1)
    together_as(cast["reviewer1"], cluster, "take", petitions, now)
    together_as(cast["reviewer1"], cluster, "findings", petitions, now, findings=findings(list3))
    concludes = {"outcome": "deny", "reasons": REASONS, "denial_codes": ["DR1"]}
    together_as(cast["reviewer1"], cluster, "arguments", petitions, now)
    together_as(cast["reviewer1"], cluster, "recommendation", petitions, now, **concludes)
    together_as(cast["reviewer2"], cluster, "recommendation", petitions, now, **concludes)
    together_as(cast["second_reviewer2"], cluster, "consistency", petitions, now, reasons=REASONS)
    together_as(cast["legal"], cluster, "legal_review", petitions, now, **concludes)
    denial = {"rationale": REASONS, "denial_codes": ["DR1"]}
    with pytest.raises(Incomplete, match=STATE_CONTACTS):
        together_as(cast["signatory"], cluster, "deny", petitions, now, **denial)
    together_as(cast["signatory"], cluster, "deny", petitions, now, **denial, contacts="none")
    return cluster, petitions, now


def test_a_cluster_is_denied_through_every_desk_and_each_case_has_its_own_rows(denied) -> None:
    _, petitions, _ = denied
    for petition in petitions:
        petition.refresh_from_db()
        assert petition.status == Status.DENIED
        assert Finding.objects.filter(petition=petition, joint__kind="findings").count() == len(petition.round.criteria)
        decision = Decision.objects.get(petition=petition)
        assert decision.joint is not None
        assert decision.joint.kind == "deny"
        assert Event.objects.get(subject=f"petition:{petition.pk}", kind="deny").data["contacts"] == "none"
        assert set(decision.joint.members.values_list("petition", flat=True)) == {one.pk for one in petitions}
        letter = Letter.objects.get(petition=petition, kind="denial")
        assert letter.sha256 is None
        assert PublicLetter.objects.get(code=letter.code).sha256 == ""
        copy = PublicPetition.objects.get(reference=petition.reference)
        assert (copy.stage, copy.rationale) == ("denied", REASONS)
    assert JointAct.objects.count() == 8
    assert list(breaks()) == []


def test_the_letters_are_set_afterwards_and_say_what_was_signed(denied) -> None:
    _, petitions, _ = denied
    came = set_letters()
    assert (came.done, came.failed) == (3, 0)
    for petition in petitions:
        letter = Letter.objects.get(petition=petition, kind="denial")
        assert hashlib.sha256(read_file(letter.storage_key)).hexdigest() == letter.sha256
        assert PublicLetter.objects.get(code=letter.code).sha256 == letter.sha256
    assert set_letters().done == 0
    assert list(breaks()) == []


def test_the_public_copies_are_what_a_whole_writing_would_have_made(denied) -> None:
    _, petitions, now = denied
    for petition in petitions:
        petition.refresh_from_db()
        before = PublicPetition.objects.filter(reference=petition.reference).values().get()
        publish_petition(petition, at=now)
        assert PublicPetition.objects.filter(reference=petition.reference).values().get() == before


def test_a_cluster_is_granted_with_one_text_one_opinion_and_one_exclusion(
    cast: Mapping[str, User], list3: Round, at: datetime
) -> None:
    cluster, petitions = alike(cast, list3, at, 3, Status.DRAFTING, "grant")
    set_letters()  # those of the posting
    now = max(petition.status_since for petition in petitions) + timedelta(hours=1)
    text = {"text": TEXT, "number": "6810.99.0010"}
    together_as(cast["drafter"], cluster, "product_text", petitions, now, **text)
    waiting = one_a_text(drafts_for_customs(cast["customs"]))
    assert len(waiting) == 1
    opinions = give_opinion_on_text(waiting[0], result="no_objection", by=cast["customs"], at=now)
    assert len(opinions) == 3
    together_as(cast["committee"], cluster, "assessment", petitions, now, outcome="grant", reasons=REASONS)
    together_as(cast["signatory"], cluster, "grant", petitions, now, rationale=REASONS, contacts="none")
    assert {decision.exclusion_id for decision in Decision.objects.all()} == {Exclusion.objects.get().pk}
    assert set_letters().done == 3
    assert list(breaks()) == []


def test_a_posted_opposition_that_most_do_not_have_is_dealt_with_singly(
    cast: Mapping[str, User], list3: Round, at: datetime
) -> None:
    cluster, petitions = alike(cast, list3, at, 3, Status.POSTED)
    moment = max(petition.status_since for petition in petitions) + timedelta(hours=1)
    given = respond(reference=str(petitions[0].reference), answers=RESPONSE_ANSWERS, by=None, at=moment)
    confirmed = confirm_response(token=token_of(given), at=moment)
    post_response(confirmed, by=cast["intake"], at=moment)
    moment += timedelta(days=30)
    run_clock(at=moment)
    with pytest.raises(SomeRefused) as refused:
        together_as(cast["reviewer1"], cluster, "take", petitions, moment)
    assert list(refused.value.rows) == [petitions[0].reference]
    assert "posted response opposes it" in refused.value.rows[str(petitions[0].reference)][0]
    together_as(cast["reviewer1"], cluster, "take", petitions[1:], moment)


def test_who_may_not_act_in_one_of_them_acts_in_none(cast: Mapping[str, User], list3: Round, at: datetime) -> None:
    cluster, petitions = alike(cast, list3, at, 3)
    set_letters()  # those of the posting
    now = max(petition.status_since for petition in petitions) + timedelta(hours=1)
    recuse(petitions[1], reason="A cousin of mine works for them.", by=cast["reviewer1"], at=now)
    with pytest.raises(SomeRefused) as refused:
        together_as(cast["reviewer1"], cluster, "take", petitions, now)
    assert refused.value.rows == {petitions[1].reference: ["You have recused yourself from this case."]}
    with pytest.raises(NotPermitted):
        together_as(cast["drafter"], cluster, "findings", petitions, now, findings=findings(list3))
    with pytest.raises(Incomplete):
        together_as(cast["reviewer2"], cluster, "findings", [], now, findings=findings(list3))


def test_a_letter_that_cannot_be_set_is_tried_again(denied) -> None:
    kept = dict(PendingLetter.objects.order_by("pk").values_list("pk", "facts"))
    first = min(kept)
    PendingLetter.objects.filter(pk=first).update(facts={})
    assert (set_letters().done, PendingLetter.objects.get().attempts) == (2, 1)
    for _ in range(MOST_ATTEMPTS):
        set_letters()
    assert not letters_wait()
    PendingLetter.objects.filter(pk=first).update(facts=kept[first])
    assert try_letters_again(by=User.objects.get(role="signatory")) == 1
    assert set_letters().done == 1
    assert list(breaks()) == []
