"""Members of one cluster go their ways at random: none is signed while a like one stands otherwise undistinguished, and
from each state one act of either side frees the way.
"""

from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from exclusions.models import ClusterMember, Round, User
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.depth import so_many
from tests.factories.casework.clusters import cluster_of
from tests.factories.casework.copies import copies_of
from tests.factories.casework.ways import PATHS
from tests.factories.people import make_person
from tests.factories.petitions import Journey
from tests.integration.walks.cluster_machine import OneCluster
from tests.integration.walks.sealing import sealing

pytestmark = pytest.mark.django_db
MEMBERS, WALKS, STEPS = so_many(4, 118), so_many(1, 2), so_many(12, 40)


@pytest.mark.parametrize("first", range(WALKS))
def test_no_member_is_signed_beside_an_unlike_one_and_none_is_held_for_ever(
    first: int, cast: dict[str, User], list3: Round, clock: Clock
) -> None:
    lead = make_person("Lena Lead", role=Role.REVIEWER2)
    User.objects.filter(pk=lead.pk).update(leads=True)
    lead.refresh_from_db()
    people = {
        **cast,
        "lead2": lead,
        "third_reviewer2": make_person("Toni Senior", role=Role.REVIEWER2),
        "spare_signatory": make_person("Sol Signatory", role=Role.SIGNATORY),
    }
    case = Journey(cast, list3, clock.now, "deny")
    case.take(*PATHS[Status.LEVEL1])
    case.find_on_everything("reviewer1")
    members = [case.petition, *copies_of(case.petition, MEMBERS - 1)]
    ClusterMember.objects.all().delete()
    cluster_of(members, clock.now)
    walk = seed(first)(OneCluster.of(people, case.at + timedelta(hours=1), members, so_many(2, 12)))
    how = settings(
        max_examples=so_many(8, 2),
        stateful_step_count=STEPS,
        derandomize=False,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    sealing(connection).seal()  # what the fixtures wrote, which stays
    run_state_machine_as_test(walk, settings=how)
    met = walk.reached.keys()
    assert {"held", "back", "returned"} <= met, f"A walk that meets nothing proves nothing: {walk.reached}"
