"""A cluster of many alike cases through every desk to its letters, and what the signature and the letters took.

    python -m tests.bench.desk.clustered 500

prints a line a figure: name, seconds, seconds of work of this process. The cases are copies of one that the actions
brought to level 1, each with purchases of its own; from there on everything is done by the joint acts of each desk.
"""

import sys
import time
from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402

from exclusions.actions.desk.joint import Chosen, act_jointly  # noqa: E402
from exclusions.actions.desk.letters_to_set import set_letters  # noqa: E402
from exclusions.models import (  # noqa: E402
    Cluster,
    ClusterMember,
    Event,
    Petition,
    StoredCase,
    User,
)
from exclusions.workflow.roles import Role  # noqa: E402
from exclusions.workflow.states import Status  # noqa: E402
from tests.bench.posted import bring, person  # noqa: E402
from tests.factories.desk.clusters import REASONS, findings  # noqa: E402
from tests.factories.desk.copies import copies_of  # noqa: E402
from tests.factories.people import make_organization  # noqa: E402

LETTERS = 100  # that are timed


def main(count: int) -> None:
    """Make the cases, decide them, and print what took how long."""
    roles = (Role.INTAKE, Role.REVIEWER1, Role.REVIEWER2, Role.LEGAL, Role.SIGNATORY)
    staff = {role: person(f"Bench {role.value}", role=role) for role in roles}
    second = person("Bench second reviewer2", role=Role.REVIEWER2)
    organization = make_organization("Sandpiper Stone LLC")
    requester = person("Paula Petitioner", organization=organization)
    first = bring(Status.LEVEL1, organization, requester, staff, timezone.now() - timedelta(days=29))
    petitions = [first, *copies_of(first, count - 1)]
    cluster = cluster_of(petitions)
    concludes = {"outcome": "deny", "reasons": REASONS, "denial_codes": ["DR1"]}
    desks: list[tuple[User, str, dict[str, object]]] = [
        (staff[Role.REVIEWER1], "take", {}),
        (staff[Role.REVIEWER1], "findings", {"findings": findings(first.round)}),
        (staff[Role.REVIEWER1], "recommendation", concludes),
        (staff[Role.REVIEWER2], "recommendation", concludes),
        (second, "consistency", {"reasons": REASONS}),
        (staff[Role.LEGAL], "legal_review", concludes),
        (staff[Role.SIGNATORY], "deny", {"rationale": REASONS, "denial_codes": ["DR1"], "contacts": "none"}),
    ]
    for by, kind, entered in desks:
        seen = heads(petitions)
        begun, busy = time.perf_counter(), time.process_time()
        act_jointly(cluster, kind, chosen=seen, entered=entered, revision=0, by=by, at=timezone.now())
        took, worked = time.perf_counter() - begun, time.process_time() - busy
        print(f"{kind} by {by.role}\t{took:.2f}\t{worked:.2f}", flush=True)
    begun = time.perf_counter()
    came = set_letters(LETTERS)
    print(f"letters\t{came.done / (time.perf_counter() - begun):.1f}", flush=True)


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


if __name__ == "__main__":
    main(int(sys.argv[1]))
