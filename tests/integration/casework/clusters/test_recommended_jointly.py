"""Joint acts are held by what is recommended of like cases, and say in figures how these stand."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exclusions.actions.review import reviews
from exclusions.errors import Incomplete
from exclusions.models import Cluster, Decision, Petition, Round, User
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.casework.citing import SHOWS
from tests.factories.casework.clusters import REASONS, alike, together_as
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey
from tests.factories.public import store_like

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_databases(
        "What desks concluded is read by a union, whose columns each database types in its way."
    ),
]
Journeys = Callable[..., Journey]
ClientOf = Callable[[User | None], Client]
APART = "These slabs are longer than the others, as the second page of the record shows."
TO_DENIAL = (*PATHS[Status.LEGAL], "clear_for_denial")


def record(case: Journey, by: User, **entered: Any) -> Any:
    """Record the comparison as that person."""
    return reviews.record_consistency(case.petition, by=by, at=case.at, **{"ours": SHOWS, **entered})


@pytest.fixture
def several(cast: dict[str, User], list3: Round, at: datetime) -> tuple[Cluster, list[Petition], Journey]:
    """Return a cluster of three that wait for the joint comparison of denials, and one recommended for a grant."""
    cluster, petitions = alike(cast, list3, at, 3, Status.CONSISTENCY)
    other = Journey(cast, list3, at)
    other.take(*PATHS[Status.LEVEL2])
    return cluster, petitions, other


def figures_on(page: str) -> dict[str, str]:
    """Return the figures of a joint page: how many like cases stand how."""
    return dict(re.findall(r'<dt>([^<]+)</dt><dd class="tc-number">([^<]+)</dd>', page))


def test_a_joint_page_says_in_figures_how_other_like_cases_stand(
    several: tuple[Cluster, list[Petition], Journey], cast: dict[str, User], client_of: ClientOf, clock: Clock
) -> None:
    cluster, petitions, other = several
    store_like(petitions[0], "USTR-2018-0032", stage="denied")
    clock.move_to(other.at)
    client, counted, page = client_of(cast["second_reviewer2"]), [], ""
    for kind in ("take", "take", "consistency"):  # the first asks what a process remembers
        with CaptureQueriesContext(connection) as captured:
            page = client.get(f"/clusters/{cluster.pk}/{kind}/").content.decode()
        counted.append(len(captured))
    assert figures_on(page) == {"Denied": "1", "Not decided, recommended: granted": "1"}
    assert counted[2] <= counted[1] + 7
    reviews.recuse(other.petition, reason="I know them.", by=cast["second_reviewer2"], at=other.at)
    page = client_of(cast["second_reviewer2"]).get(f"/clusters/{cluster.pk}/consistency/").content.decode()
    assert figures_on(page) == {"Denied": "1"}


def test_a_joint_act_is_held_by_a_recommendation_and_its_own_cases_come_to_one_result(
    several: tuple[Cluster, list[Petition], Journey], cast: dict[str, User]
) -> None:
    cluster, petitions, other = several
    at = max(other.at, *(petition.status_since for petition in petitions)) + timedelta(hours=1)
    with pytest.raises(Incomplete, match="say what sets this case apart"):
        together_as(cast["second_reviewer2"], cluster, "consistency", petitions, at)
    together_as(cast["second_reviewer2"], cluster, "consistency", petitions, at, distinctions=APART, ours=SHOWS[""][0])
    granting = {"outcome": "grant", "reasons": "The record shows no other source.", "departure": "It shows none."}
    together_as(cast["legal"], cluster, "legal_review", petitions, at, **granting)  # each other stood for a denial
    for petition in petitions:
        petition.refresh_from_db()
        assert petition.status == Status.DRAFTING


def test_a_cluster_is_held_at_its_joint_signature_until_either_side_is_settled(
    several: tuple[Cluster, list[Petition], Journey], cast: dict[str, User]
) -> None:
    cluster, petitions, other = several
    at = max(other.at, *(petition.status_since for petition in petitions)) + timedelta(hours=1)
    other.act("send_back")
    together_as(cast["second_reviewer2"], cluster, "consistency", petitions, at)
    concludes = {"outcome": "deny", "reasons": REASONS, "denial_codes": ["DR1"]}
    together_as(cast["legal"], cluster, "legal_review", petitions, at, **concludes)
    other.at = at
    other.take("recommend", "concur")
    denial = {"rationale": REASONS, "denial_codes": ["DR1"], "contacts": "none"}
    with pytest.raises(Incomplete, match=f"does not answer {other.petition.reference} "):
        together_as(cast["signatory"], cluster, "deny", petitions, other.at, **denial)
    record(other, cast["second_reviewer2"], distinctions={"": APART})
    together_as(cast["signatory"], cluster, "deny", petitions, other.at, **denial)
    assert Decision.objects.count() == 3
