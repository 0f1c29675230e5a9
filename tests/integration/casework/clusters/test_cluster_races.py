"""Two people, or a person and an event, meet on one cluster: one outcome, nothing half-done, a sentence each."""

import copy
import hashlib
import threading
import uuid
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from exclusions.actions.casework import letters_to_set
from exclusions.actions.casework.cluster_changes import split_cluster
from exclusions.actions.casework.joint import Chosen, act_jointly
from exclusions.actions.casework.joint_opinions import give_opinion_on_text
from exclusions.actions.casework.letters_to_set import set_letters
from exclusions.actions.filing import petitions as filing
from exclusions.actions.filing.responses import confirm_response, post_response, respond
from exclusions.actions.record.letter_parts import setting
from exclusions.actions.review.reviews import recuse
from exclusions.errors import ActionRefused, SomeRefused, WrongState
from exclusions.models import (
    Cluster,
    CustomsOpinion,
    Decision,
    JointAct,
    Letter,
    PendingLetter,
    Petition,
    Response,
    Round,
    User,
)
from exclusions.permissions.consistency import KEPT
from exclusions.queries.casework.lists.short_worklists import drafts_for_customs
from exclusions.queries.record.record_check import breaks
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status
from tests.depth import so_many
from tests.factories.answers import RESPONSE_ANSWERS
from tests.factories.casework.clusters import REASONS, cluster_of, seen, together_as
from tests.factories.casework.copies import copies_of
from tests.factories.casework.ways import PATHS
from tests.factories.people import make_person
from tests.factories.petitions import TEXT, Journey
from tests.waiting import PATIENCE

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = so_many(8, 30)  # of three letters each; the worker of one test is killed among the first nineteen
WHY = "Two of them are of another thickness than the rest."
DENIAL = {"rationale": REASONS, "denial_codes": ["DR1"], "contacts": "none"}


def at_once(*attempts: Callable[[], object]) -> list[object]:
    """Run the attempts in threads that start together, each with a connection of its own; return what came of each."""
    barrier = threading.Barrier(len(attempts))

    def run(attempt: Callable[[], object]) -> object:
        try:
            connection.ensure_connection()
            barrier.wait(PATIENCE)
            return attempt()
        except ActionRefused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(attempts)) as pool:
        return list(pool.map(run, attempts))


Trio = Callable[[], tuple[Cluster, list[Petition]]]


@pytest.fixture
def trio(cast: Mapping[str, User], list3: Round, at: datetime) -> Trio:
    """Return `trio()`: a new cluster of three alike cases that await the signature of denials."""
    first = Journey(cast, list3, at, "deny").take(*PATHS[Status.DENIED][:-1])

    def make() -> tuple[Cluster, list[Petition]]:
        petitions = sorted(copies_of(first, 3), key=lambda petition: str(petition.reference))
        return cluster_of(petitions, at), petitions

    return make


def now_of(petitions: list[Petition]) -> datetime:
    """Return a moment after all that happened to them."""
    return max(petition.status_since for petition in petitions) + timedelta(hours=1)


def sign(cluster: Cluster, chosen: list[Chosen], by: User, at: datetime) -> JointAct:
    """Sign the denials of the chosen cases."""
    found = Cluster.objects.get(pk=cluster.pk)
    return act_jointly(found, "deny", chosen=chosen, entered=DENIAL, revision=found.revision, by=by, at=at)


def whole(petitions: list[Petition]) -> set[tuple[str, int, int]]:
    """Return of each case its status, its decisions and its letters of denial: nothing may be half-done."""
    return {
        (
            Petition.objects.get(pk=petition.pk).status,
            Decision.objects.filter(petition=petition).count(),
            Letter.objects.filter(petition=petition, kind="denial").count(),
        )
        for petition in petitions
    }


def broken() -> list[str]:
    """Return what is broken in the record; tables that are emptied between tests stand without their guards."""
    return [said for said in breaks() if not said.startswith("The guard ")]


DONE, OPEN = ("denied", 1, 1), ("signature", 0, 0)


def test_two_deciders_of_overlapping_cases_make_one_decision_each_at_most(trio: Trio, signatory: User) -> None:
    other = make_person("Second Signatory", role=Role.SIGNATORY)
    for _ in range(ROUNDS):
        cluster, petitions = trio()
        at, one, two = now_of(petitions), seen(petitions[:2]), seen(petitions[1:])
        came = at_once(
            lambda cluster=cluster, one=one, at=at: sign(cluster, one, signatory, at),
            lambda cluster=cluster, two=two, at=at: sign(cluster, two, other, at),
        )
        refused = [found for found in came if isinstance(found, ActionRefused)]
        assert len(refused) == 1
        assert isinstance(refused[0], SomeRefused)
        assert list(refused[0].rows) == [petitions[1].reference]
        lost = petitions[0] if isinstance(came[0], ActionRefused) else petitions[2]
        assert whole([lost]) == {OPEN}
        assert whole([petition for petition in petitions if petition != lost]) == {DONE}
    assert broken() == []


@pytest.mark.parametrize("what", ["withdrawn", "recused"])
def test_what_happens_between_preview_and_signature_keeps_all_from_being_signed(
    what: str, trio: Trio, cast: Mapping[str, User]
) -> None:
    signatory, importer = cast["signatory"], cast["importer"]
    for _ in range(ROUNDS):
        cluster, petitions = trio()
        at, chosen, first = now_of(petitions), seen(petitions), petitions[0]

        def other(first: Petition = first, at: datetime = at) -> object:
            if what == "withdrawn":
                return filing.withdraw(first, by=importer, at=at, reason="No longer needed.")
            return recuse(first, reason="A cousin of mine works for them.", by=signatory, at=at)

        came = at_once(lambda cluster=cluster, chosen=chosen, at=at: sign(cluster, chosen, signatory, at), other)
        refused = [found for found in came if isinstance(found, ActionRefused)]
        assert len(refused) == 1
        assert str(refused[0])
        if isinstance(came[0], ActionRefused):
            if isinstance(came[0], SomeRefused):
                assert list(came[0].rows) == [first.reference]
            else:  # the recusal came after the locks were had: whoever may not see one signs none of its like cases
                assert (what, str(came[0])) == ("recused", KEPT)
            assert whole(petitions[1:]) == {OPEN}
            assert not Decision.objects.filter(petition=first).exists()
        else:
            assert whole(petitions) == {DONE}
    assert broken() == []


def waits_for_its_link(petition: Petition, given: Response, at: datetime) -> str:
    """Let a petition have such a response, given so late that its link is good to the end; return the link's token."""
    token, other = uuid.uuid4().hex, copy.copy(given)
    other.pk, other.petition_id, other.created_at = uuid.uuid4(), petition.pk, at - timedelta(hours=71)
    other.confirmation_digest = hashlib.sha256(token.encode()).hexdigest()
    other.save(force_insert=True)
    return token


def test_a_late_response_between_preview_and_signature_keeps_all_from_being_signed_or_comes_after(
    cast: Mapping[str, User], list3: Round, at: datetime
) -> None:
    journey = Journey(cast, list3, at, "deny")
    first = journey.take(*PATHS[Status.POSTED])
    given = respond(reference=str(first.reference), answers=RESPONSE_ANSWERS, by=None, at=journey.at)
    first = journey.take(*PATHS[Status.DENIED][len(PATHS[Status.POSTED]) : -1])
    for _ in range(ROUNDS):
        petitions = sorted(copies_of(first, 3), key=lambda petition: str(petition.reference))
        cluster, moment, chosen = cluster_of(petitions, at), now_of(petitions), seen(petitions)
        token = waits_for_its_link(petitions[0], given, moment)
        came = at_once(
            lambda cluster=cluster, chosen=chosen, at=moment: sign(cluster, chosen, cast["signatory"], at),
            lambda token=token, at=moment: confirm_response(token=token, at=at),
        )
        late = came[1]
        assert isinstance(late, Response), late
        if isinstance(came[0], ActionRefused):
            assert isinstance(came[0], SomeRefused)
            said = {petitions[0].reference: ["A response to it waits to be posted."]}
            assert {name: words[:1] for name, words in came[0].rows.items()} == said
            assert whole(petitions) == {OPEN}
        else:
            assert whole(petitions) == {DONE}
        with pytest.raises(WrongState, match="You can no longer post responses"):
            post_response(late, by=cast["intake"], at=moment)
    assert broken() == []


def test_a_page_from_before_a_split_is_refused_whole(trio: Trio, cast: Mapping[str, User]) -> None:
    for _ in range(ROUNDS):
        cluster, petitions = trio()
        at, chosen = now_of(petitions), seen(petitions)
        name = str(petitions[0].reference)
        came = at_once(
            lambda cluster=cluster, chosen=chosen, at=at: act_jointly(
                cluster, "deny", chosen=chosen, entered=DENIAL, revision=0, by=cast["signatory"], at=at
            ),
            lambda cluster=cluster, name=name, at=at: split_cluster(
                cluster, references=[name], reason=WHY, revision=0, by=cast["reviewer2"], at=at
            ),
        )
        if isinstance(came[0], ActionRefused):
            assert whole(petitions) == {OPEN}
            assert "changed after you opened" in str(came[0]) or name in str(came[0])
        else:
            assert whole(petitions) == {DONE}
    assert broken() == []


def test_a_cluster_that_is_split_while_its_text_is_with_customs_gets_one_opinion_on_each_case(
    cast: Mapping[str, User], list3: Round, at: datetime
) -> None:
    first = Journey(cast, list3, at, "grant").take(*PATHS[Status.DRAFTING])
    for _ in range(ROUNDS):
        petitions = copies_of(first, 3)
        cluster, moment = cluster_of(petitions, at), now_of(petitions)
        text = {"text": TEXT, "number": "6810.99.0010"}
        act = together_as(cast["drafter"], cluster, "product_text", petitions, moment, **text)
        draft = drafts_for_customs(cast["customs"]).filter(joint=act).first()
        assert draft
        name = str(petitions[0].reference)
        came = at_once(
            lambda draft=draft, at=moment: give_opinion_on_text(
                draft, result="no_objection", by=cast["customs"], at=at
            ),
            lambda cluster=cluster, name=name, at=moment: split_cluster(
                cluster, references=[name], reason=WHY, revision=0, by=cast["reviewer2"], at=at
            ),
        )
        assert not [found for found in came if isinstance(found, ActionRefused)]
        statuses = Petition.objects.filter(pk__in=[petition.pk for petition in petitions])
        assert set(statuses.values_list("status", flat=True)) == {Status.COMMITTEE}
        assert CustomsOpinion.objects.filter(draft__joint=act).count() == 3


def test_a_worker_that_is_killed_among_letters_loses_none_and_two_double_none(
    trio: Trio, signatory: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(ROUNDS):
        cluster, petitions = trio()
        sign(cluster, seen(petitions), signatory, now_of(petitions))
    for posted in PendingLetter.objects.filter(letter__kind="posted").values_list("pk", flat=True):
        setting.set_letter(posted)
    set_one, calls = setting.letter_pdf, 0

    def killed(kept: Mapping[str, Any]) -> bytes:
        nonlocal calls
        calls += 1
        if calls % 7 == 0:
            raise SystemExit
        return set_one(kept)

    with monkeypatch.context() as patch:
        patch.setattr(setting, "letter_pdf", killed)
        for _ in range(3):
            with pytest.raises(SystemExit):
                set_letters()
    waiting = PendingLetter.objects.count()
    assert waiting == 3 * ROUNDS - 3 * 6
    came = at_once(set_letters, set_letters)
    assert sum(found.done for found in came if isinstance(found, letters_to_set.SetLetters)) == waiting
    assert Letter.objects.filter(kind="denial", sha256__isnull=False).count() == 3 * ROUNDS
    assert not PendingLetter.objects.exists()
    assert broken() == []
