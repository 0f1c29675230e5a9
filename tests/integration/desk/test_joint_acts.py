"""One finding, many cases: every desk does for a cluster what it does for one case, and each case has its own rows."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from exclusions.actions.desk.letters_to_set import set_letters
from exclusions.actions.record.publication import publish_petition
from exclusions.gateways.documents.object_store import read_file
from exclusions.models import Decision, Finding, JointAct, Letter, PublicLetter, PublicPetition, Round, User
from exclusions.queries.record.record_check import breaks
from exclusions.workflow.states import Status
from tests.factories.desk.clusters import REASONS, alike, findings, together_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def denied(cast: Mapping[str, User], list3: Round, at: datetime):
    """Return a cluster of three that every desk denied together, with its petitions and the moment after."""
    cluster, petitions = alike(cast, list3, at, 3)
    now = max(petition.status_since for petition in petitions) + timedelta(hours=1)
    together_as(cast["reviewer1"], cluster, "take", petitions, now)
    together_as(cast["reviewer1"], cluster, "findings", petitions, now, findings=findings(list3))
    concludes = {"outcome": "deny", "reasons": REASONS, "denial_codes": ["DR1"]}
    together_as(cast["reviewer1"], cluster, "recommendation", petitions, now, **concludes)
    together_as(cast["reviewer2"], cluster, "recommendation", petitions, now, **concludes)
    together_as(cast["second_reviewer2"], cluster, "consistency", petitions, now, reasons=REASONS)
    together_as(cast["legal"], cluster, "legal_review", petitions, now, **concludes)
    together_as(cast["signatory"], cluster, "deny", petitions, now, rationale=REASONS, denial_codes=["DR1"])
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
        assert set(decision.joint.members.values_list("petition", flat=True)) == {one.pk for one in petitions}
        letter = Letter.objects.get(petition=petition, kind="denial")
        assert letter.sha256 is None
        assert PublicLetter.objects.get(code=letter.code).sha256 == ""
        copy = PublicPetition.objects.get(reference=petition.reference)
        assert (copy.stage, copy.rationale) == ("denied", REASONS)
    assert JointAct.objects.count() == 7
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
