"""A cluster of many alike cases through every desk to its letters, and what each joint act and the letters took.

The cases are copies of one that the actions brought to level 1, each with purchases of its own; from there on
everything is done by the joint acts of each desk.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from exclusions.actions.casework.joint import Chosen, act_jointly
from exclusions.actions.casework.letters_to_set import set_letters
from exclusions.models import (
    Cluster,
    ClusterMember,
    Event,
    Petition,
    StoredCase,
    User,
)
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status
from tests.bench import goals
from tests.bench.goals import Figure
from tests.bench.posted import bring, person
from tests.factories.casework.citing import SHOWS
from tests.factories.casework.clusters import REASONS, findings
from tests.factories.casework.copies import copies_of
from tests.factories.people import make_organization

LETTERS = 100  # that are timed


def measure(url: str, data: Path, say: Callable[[str], None]) -> list[Figure]:
    """Return the seconds of each joint act on a cluster, and of twenty of its letters."""
    say(f"  deciding a cluster of {goals.CLUSTER} at every desk …")
    roles = (Role.INTAKE, Role.REVIEWER1, Role.REVIEWER2, Role.LEGAL, Role.SIGNATORY)
    staff = {role: person(f"Bench {role.value}", role=role) for role in roles}
    second = person("Bench second reviewer2", role=Role.REVIEWER2)
    organization = make_organization("Sandpiper Stone LLC")
    requester = person("Paula Petitioner", organization=organization)
    first = bring(Status.LEVEL1, organization, requester, staff, timezone.now() - timedelta(days=29))
    petitions = [first, *copies_of(first, goals.CLUSTER - 1)]
    cluster = cluster_of(petitions)
    concludes = {"outcome": "deny", "reasons": REASONS, "denial_codes": ["DR1"]}
    desks: list[tuple[User, str, dict[str, object]]] = [
        (staff[Role.REVIEWER1], "take", {}),
        (staff[Role.REVIEWER1], "findings", {"findings": findings(first.round)}),
        (staff[Role.REVIEWER1], "arguments", {}),
        (staff[Role.REVIEWER1], "recommendation", {**concludes, "unlike": REASONS, "refers": True}),
        (staff[Role.REVIEWER2], "recommendation", concludes),
        (second, "consistency", {"reasons": REASONS, "distinctions": REASONS, "ours": SHOWS[""][0]}),
        (staff[Role.LEGAL], "legal_review", concludes),
        (staff[Role.SIGNATORY], "deny", {"rationale": REASONS, "denial_codes": ["DR1"], "contacts": "none"}),
    ]
    figures = []
    for by, kind, entered in desks:
        seen = heads(petitions)
        begun = time.perf_counter()
        act_jointly(cluster, kind, chosen=seen, entered=entered, revision=0, by=by, at=timezone.now())
        goal = goals.CLUSTER_SECONDS if by is staff[Role.SIGNATORY] else None
        figures.append(Figure(f"{goals.CLUSTER} cases: {kind} by {by.role}", time.perf_counter() - begun, "s", goal))
    begun = time.perf_counter()
    a_second = set_letters(LETTERS).done / (time.perf_counter() - begun)
    return [*figures, Figure("twenty letters of one worker", 20 / a_second, "s", 1.0, f"{a_second:.0f} a second")]


def heads(petitions: list[Petition]) -> list[Chosen]:
    """Return the cases as a preview shows them now; one statement."""
    names = {f"petition:{petition.pk}": str(petition.reference) for petition in petitions}
    rows = Event.objects.filter(subject__in=list(names)).order_by("subject", "sequence")
    last = dict(rows.values_list("subject", "sequence"))
    return [Chosen(name, last[subject]) for subject, name in names.items()]


def cluster_of(petitions: list[Petition]) -> Cluster:
    """Return a cluster of these petitions."""
    ClusterMember.objects.filter(case__petition__in=[petition.pk for petition in petitions]).delete()
    first = petitions[0]
    cluster = Cluster.objects.create(
        title=first.product_name, hts10=first.hts10, basis="bench", made_at=timezone.now(), size=len(petitions)
    )
    cases = StoredCase.objects.filter(petition__in=[petition.pk for petition in petitions])
    ClusterMember.objects.bulk_create(
        [ClusterMember(cluster=cluster, case=case, joined_at=timezone.now()) for case in cases], 500
    )
    return cluster
