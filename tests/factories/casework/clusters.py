"""Alike cases in one cluster: petitions of different requesters for one product, and the acts of each desk on them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from exclusions import criteria
from exclusions.actions.casework.joint import Chosen, act_jointly
from exclusions.models import Cluster, ClusterMember, Event, JointAct, Petition, Round, StoredCase, User
from exclusions.workflow.states import Status
from tests.factories.answers import petition_answers
from tests.factories.casework.citing import ANSWERED, OWN_TEXT
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey

REASONS = "A domestic producer makes the same goods, as the public record shows."

# What makes a petition word nothing in its own way.
USUAL_TEXT = {OWN_TEXT: petition_answers()[OWN_TEXT]}


def alike(
    cast: Mapping[str, User],
    round_: Round,
    at: datetime,
    count: int,
    status: Status = Status.LEVEL1,
    outcome: str = "deny",
    but: Mapping[int, Mapping[str, Any]] | None = None,
) -> tuple[Cluster, list[Petition]]:
    """Return a cluster of so many alike petitions, each brought to that status by its own actions, in their order.

    `but` are answers of single ones, by their place, that are not those of the others.
    """
    petitions = []
    for place in range(count):
        journey = Journey(cast, round_, at, outcome, answers=USUAL_TEXT)
        other = (but or {}).get(place)
        if other:
            version = journey.petition.versions.get()
            version.answers |= other
            version.save()
        petitions.append(journey.take(*PATHS[status]))
    joined = ClusterMember.objects.current().filter(case__petition__in=petitions)
    assert joined.count() == count
    return Cluster.objects.get(pk=joined[0].cluster_id), petitions


def cluster_of(petitions: Sequence[Petition], at: datetime) -> Cluster:
    """Return a new cluster of petitions that are in none."""
    first = petitions[0]
    cluster = Cluster.objects.create(
        title=first.product_name, hts10=first.hts10, basis="one product name", made_at=at, size=len(petitions)
    )
    for petition in petitions:
        case = StoredCase.objects.get(petition=petition)
        ClusterMember.objects.create(cluster=cluster, case=case, basis="one product name", joined_at=at)
    return cluster


def seen(petitions: Sequence[Petition]) -> list[Chosen]:
    """Return the cases as a preview shows them now."""
    found = []
    for petition in petitions:
        last = Event.objects.filter(subject=f"petition:{petition.pk}").order_by("-sequence").first()
        found.append(Chosen(str(petition.reference), last.sequence if last else 0))
    return found


def together_as(
    by: User, cluster: Cluster, kind: str, petitions: Sequence[Petition], at: datetime, /, **entered: Any
) -> JointAct:
    """Do one thing for these cases, as they are now."""
    cluster.refresh_from_db()
    return act_jointly(cluster, kind, chosen=seen(petitions), entered=entered, revision=cluster.revision, by=by, at=at)


def findings(round_: Round, codes: Sequence[str] = ("DR1",)) -> dict[str, Any]:
    """Return what a reviewer enters on every criterion: adverse where a code leads, else the first result."""
    return {
        key: {
            "result": "against" if criteria.get(key).denial_code in codes else criteria.get(key).results[0],
            "reasons": f"{criteria.get(key).title}. {REASONS}",
            "citations": [ANSWERED[key], "own:responses"],
        }
        for key in round_.criteria
    }
