"""Two opposite conclusions on like cases at one moment: they cannot miss each other, and nobody waits for ever."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exclusions.actions.casework import at_desk
from exclusions.actions.casework.cluster_changes import merge_clusters
from exclusions.actions.casework.joint import act_jointly
from exclusions.actions.decision import decisions
from exclusions.actions.review import reviews
from exclusions.errors import ActionRefused
from exclusions.models import Cluster, ClusterMember, Decision, Petition, StoredCase, StoredNumber, User
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status
from tests.depth import so_many
from tests.factories.casework.arguing import mark_as_suggested
from tests.factories.casework.citing import SHOWS
from tests.factories.casework.clusters import REASONS, cluster_of, seen
from tests.factories.casework.ways import PATHS
from tests.factories.people import make_person
from tests.factories.petitions import APART, OTHERWISE, Journey
from tests.integration.casework.clusters.test_cluster_races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = so_many(3, 20)
GRANT = {"rationale": "No source outside China is on record.", "adverse": OTHERWISE, "departure": OTHERWISE}
DENIAL = {"rationale": REASONS, "denial_codes": ["DR1"], "departure": OTHERWISE}
Start = Callable[..., Journey]


def either_way(journey: Start) -> Journey:
    """Return a case before the committee that can be granted and denied: one criterion speaks against it."""
    case = journey()
    case.take(*PATHS[Status.LEVEL1])
    case.codes = ["DR1"]
    case.find_on_everything("reviewer1")
    case.codes = []
    case._recommend("reviewer1")
    case.act("recommend")
    case.at += timedelta(hours=1)
    case.take("concur", "confirm_consistency", "clear_for_drafting", "send_to_customs", "clear_text")
    return case


def assess(case: Journey, outcome: str) -> None:
    """Let the committee conclude, where need be after another level 2 reviewer has set the case apart."""
    departure = OTHERWISE if outcome == "deny" else ""
    by, at = case.cast["committee"], case.at
    reviews.record_assessment(
        case.petition, outcome=outcome, reasons="As the agencies see it.", departure=departure, by=by, at=at
    )
    if outcome == "deny":
        by = case.cast["second_reviewer2"]
        reviews.record_consistency(case.petition, distinctions={"": APART}, ours=SHOWS, by=by, at=case.at)
    case.act("assess")
    case.at += timedelta(hours=1)


def again(case: Journey) -> Petition:
    """Return the case as another connection reads it."""
    return again_of(case.petition)


def again_of(petition: Petition) -> Petition:
    """Return a petition as another connection reads it."""
    return Petition.objects.get(pk=petition.pk)


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_of_two_signatures_at_once_that_each_turn_to_what_the_other_was_the_second_is_refused(
    journey: Start, cast: Mapping[str, User], turn: int
) -> None:
    other = make_person("Sol Signatory", role=Role.SIGNATORY)
    first, second = either_way(journey), either_way(journey)
    assess(first, "grant")
    assess(second, "deny")  # what sets them apart says why this one is denied, and that one granted
    at = max(first.at, second.at)
    acts = [
        lambda: decisions.deny(again(first), **DENIAL, contacts="none", by=cast["signatory"], at=at),
        lambda: decisions.grant(again(second), **GRANT, contacts="none", by=other, at=at),
    ]
    came = at_once(*(acts if turn % 2 else reversed(acts)))
    refused = [one for one in came if isinstance(one, ActionRefused)]
    assert len(refused) == 1, came
    assert "does not answer" in str(refused[0].reasons)
    assert Decision.objects.count() == 1


def test_clusters_that_are_merged_either_way_and_joint_and_single_conclusions_wait_for_each_other_and_never_for_ever(
    journey: Start, cast: Mapping[str, User], at: datetime
) -> None:
    cases = [journey("deny") for _ in range(4)]
    for case in cases:
        case.take(*PATHS[Status.LEVEL1])
        case.find_on_everything("reviewer1")
        mark_as_suggested(case.petition, by=cast["reviewer1"], at=case.at)
    for number, case in enumerate(cases):  # each on a number of its own, two in each cluster
        StoredCase.objects.filter(petition=case.petition).update(hts10=f"{9000 - number}.10.0000".replace(".", ""))
    ClusterMember.objects.all().delete()
    petitions = [case.petition for case in cases]
    one, two = cluster_of([petitions[0], petitions[2]], at), cluster_of([petitions[1], petitions[3]], at)
    now, by = max(case.at for case in cases), cast["reviewer1"]
    concludes = {"outcome": "deny", "reasons": REASONS, "denial_codes": ["DR1"]}

    def jointly(cluster: Cluster, *members: Petition) -> object:
        found = Cluster.objects.get(pk=cluster.pk)
        entered = {"entered": concludes, "revision": found.revision}
        return act_jointly(found, "recommendation", chosen=seen(members), **entered, by=by, at=now)

    def singly(petition: Petition) -> object:
        return at_desk.send_on(
            petition,
            "recommend",
            lambda case: reviews.recommend_outcome(case, **concludes, by=by, at=now),
            by=by,
            at=now,
        )

    def merge(cluster: Cluster, into: Cluster) -> object:
        found = Cluster.objects.get(pk=cluster.pk)
        return merge_clusters(found, into=into, reason="They are one product.", revision=found.revision, by=by, at=now)

    came = at_once(
        lambda: merge(one, two),
        lambda: merge(two, one),
        lambda: jointly(one, petitions[0], petitions[2]),
        lambda: singly(again_of(petitions[3])),
        lambda: singly(again_of(petitions[1])),
    )
    assert [one for one in came if not isinstance(one, ActionRefused)]
    assert ClusterMember.objects.joined().count() == 4
    assert set(StoredNumber.objects.values_list("pk", flat=True)) == {f"{9000 - number}1000" for number in range(4)}


def test_the_numbers_of_a_cluster_are_locked_in_ascending_order_before_any_row(
    journey: Start, cast: Mapping[str, User], at: datetime
) -> None:
    case, other = journey(), journey()
    case.take(*PATHS[Status.LEVEL2])
    other.take(*PATHS[Status.LEVEL1])
    StoredCase.objects.filter(petition=other.petition).update(hts10="0101210000")
    petition, by = case.petition, cast["reviewer2"]
    seen_row = petition.recommendations.get().pk

    def locks(act: Callable[[], object]) -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            act()
        return [row["sql"] for row in captured.captured_queries if "FOR UPDATE" in row["sql"]]

    agreed = locks(lambda: at_desk.agree(petition, seen=seen_row, agreed=True, by=by, at=case.at))
    assert "exclusions_storednumber" in agreed[0]
    assert agreed[0].index("01012100") < agreed[0].index("68109900")
    case.at += timedelta(hours=1)
    for name in ("confirm_consistency", "clear_for_drafting", "assess", "grant"):
        taken = locks(lambda name=name: case.prepare(name))
        assert all("exclusions_storednumber" in first for first in taken[:1]), name
        taken = locks(lambda name=name: case.act(name))
        assert "exclusions_storednumber" in taken[0], name
        case.at += timedelta(hours=1)
        if name == "clear_for_drafting":
            case.take("send_to_customs", "clear_text")
