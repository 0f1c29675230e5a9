"""Clusters on their pages: the list, one cluster, its changes, and a joint act from form to record."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from exclusions.actions.store.clusters import propose_all
from exclusions.models import Assignment, Cluster, ClusterMember, Event, Petition, Response, Round, User
from exclusions.queries.casework.clusters.lists import clusters, sorted_clusters
from exclusions.queries.casework.clusters.rows import cluster_rows
from tests.conftest import Clock
from tests.factories.casework.clusters import alike, findings, seen, together_as

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Rows are locked, which SQLite does not do.")]
ClientOf = Callable[[User | None], Any]
Group = tuple[Cluster, list[Petition], datetime]
WHY = "Two of them are of another thickness than the rest."


@pytest.fixture
def group(cast: Mapping[str, User], list3: Round, at: datetime, clock: Clock) -> Group:
    """Return a cluster of three at level 1, its petitions, and the moment at which the clock stands."""
    cluster, petitions = alike(cast, list3, at, 3)
    now = max(petition.status_since for petition in petitions) + timedelta(hours=1)
    clock.move_to(now)
    return cluster, petitions, now


def test_the_list_says_size_outcomes_and_what_is_at_stake(
    group: Group, cast: Mapping[str, User], client_of: ClientOf
) -> None:
    cluster = group[0]
    page = client_of(cast["reviewer1"]).get("/clusters/?hts=6810&sort=value").content.decode()
    assert cluster.title in page
    assert "3 live, 0 historical" in page
    assert "At stake" in page
    assert "At stake" not in client_of(cast["drafter"]).get("/clusters/").content.decode()
    assert cluster.title not in client_of(cast["reviewer1"]).get("/clusters/?size=4").content.decode()
    assert cluster.title not in client_of(cast["reviewer1"]).get("/clusters/?mixed=1").content.decode()


def test_the_list_is_narrowed_to_live_cases_and_to_what_waits_at_the_readers_desk(
    group: Group, cast: Mapping[str, User], client_of: ClientOf
) -> None:
    cluster = group[0]
    for who, work, there in (
        ("reviewer1", "mine", True),
        ("legal", "mine", False),
        ("legal", "live", True),
    ):
        page = client_of(cast[who]).get(f"/clusters/?work={work}").content.decode()
        assert (cluster.title in page) == there, (who, work)
        assert f'<a href="?work={work}" aria-current="true">' in page
    assert "/clusters/?work=mine" in client_of(cast["reviewer1"]).get("/review/").content.decode()


def test_the_list_as_it_stands_is_the_one_that_narrows_nothing(
    group: Group, cast: Mapping[str, User], client_of: ClientOf
) -> None:
    client = client_of(cast["reviewer2"])
    moved = {"verb": "split", "reason": WHY, "revision": 0, "chosen": [group[1][0].reference]}
    for _ in range(2):
        plain, sorted_so = (client.get(f"/clusters/{query}").context for query in ("", "?sort=size&page=1"))
        assert plain["rows"] == sorted_so["rows"]
        assert [row.value for row in plain["rows"]] == [row.value for row in sorted_so["rows"]]
        assert plain["page"].paginator.count == len(plain["rows"]) == Cluster.objects.count()
        client.post(f"/clusters/{group[0].pk}/", moved)
    assert len(plain["rows"]) == 2
    assert not any(plain["filters"].values())


def test_a_reviewer_sets_an_outlier_apart_with_the_reason_on_its_record(
    group: Group, cast: Mapping[str, User], client_of: ClientOf
) -> None:
    cluster, petitions, _ = group
    sent = {"verb": "apart", "reason": WHY, "revision": 0, "chosen": [petitions[0].reference]}
    answer = client_of(cast["reviewer1"]).post(f"/clusters/{cluster.pk}/", sent, follow=True)
    assert "Stands apart" in answer.content.decode()
    cluster.refresh_from_db()
    assert (cluster.revision, cluster.size) == (1, 2)
    assert Event.objects.get(kind="cluster_apart").reason == WHY
    stale = client_of(cast["reviewer2"]).post(f"/clusters/{cluster.pk}/", sent | {"chosen": [petitions[1].reference]})
    assert stale.status_code == 409
    assert "The cluster changed after you opened this page." in stale.content.decode()
    assert WHY in stale.content.decode()


def test_members_are_split_off_moved_back_and_merged(
    group: Group, cast: Mapping[str, User], client_of: ClientOf
) -> None:
    cluster, petitions, _ = group
    client = client_of(cast["reviewer2"])
    chosen = [petition.reference for petition in petitions[:2]]
    client.post(f"/clusters/{cluster.pk}/", {"verb": "split", "reason": WHY, "revision": 0, "chosen": chosen})
    made = Cluster.objects.exclude(pk=cluster.pk).get()
    assert (made.size, made.state) == (2, "accepted")
    moving = {"verb": "move", "reason": WHY, "revision": 0, "chosen": chosen[:1], "into": cluster.pk}
    client.post(f"/clusters/{made.pk}/", moving)
    made.refresh_from_db()
    assert (made.size, made.revision) == (1, 1)
    client.post(f"/clusters/{made.pk}/", {"verb": "merge", "reason": WHY, "revision": 1, "into": cluster.pk})
    made.refresh_from_db()
    assert made.state == Cluster.State.DISSOLVED
    assert ClusterMember.objects.joined().filter(cluster=cluster).count() == 3
    kinds = Event.objects.filter(kind__startswith="cluster_").values_list("kind", flat=True)
    assert sorted(kinds) == ["cluster_merge", "cluster_move", "cluster_split", "cluster_split"]


def test_an_opposition_counts_where_its_case_is_now(
    group: Group, cast: Mapping[str, User], client_of: ClientOf
) -> None:
    cluster, petitions, at = group
    Response.objects.create(
        reference=f"{petitions[0].reference}-R001", petition=petitions[0], status="posted", position="oppose",
        organization_name="Sandpiper Stone LLC", email="open@plain.test", confirmation_digest="x",
        created_at=at, confirmed_at=at, posted_at=at, posted_by=cast["intake"], reply_closes_at=at,
    )  # fmt: skip
    reviewer = cast["reviewer2"]
    assert [row.opposed for row in cluster_rows([cluster], reviewer, at)] == [1]
    chosen = [petition.reference for petition in petitions[:2]]
    sent = {"verb": "split", "reason": WHY, "revision": 0, "chosen": chosen}
    client_of(reviewer).post(f"/clusters/{cluster.pk}/", sent)
    made = Cluster.objects.exclude(pk=cluster.pk).get()
    assert [row.opposed for row in cluster_rows([cluster, made], reviewer, at)] == [0, 1]
    first, second = sorted_clusters(clusters(), "opposition", whole=True)
    assert (first, second) == (made, cluster)


def test_drawing_all_together_again_makes_nothing_new(group: Group, at: datetime) -> None:
    assert (propose_all(at=at).clusters, propose_all(at=at).joined) == (0, 0)
    ClusterMember.objects.all().delete()
    Cluster.objects.all().delete()
    drawn = propose_all(at=at)
    assert (drawn.clusters, drawn.joined) == (1, 3)
    assert Cluster.objects.get().size == 3


def test_a_lead_of_reviewers_proposes_clusters_and_nobody_else_does(
    group: Group, cast: Mapping[str, User], client_of: ClientOf
) -> None:
    ClusterMember.objects.all().delete()
    Cluster.objects.all().delete()
    lead = cast["second_reviewer2"]
    User.objects.filter(pk__in=[lead.pk, cast["legal"].pk]).update(leads=True)
    refused = client_of(cast["reviewer2"]).post("/clusters/propose/")
    assert refused.status_code == 403
    assert "the lead of a level 1 or level 2 team" in refused.content.decode()
    assert client_of(cast["legal"]).post("/clusters/propose/").status_code == 403
    assert "Propose clusters" not in client_of(cast["reviewer2"]).get("/clusters/").content.decode()
    assert not Cluster.objects.exists()
    client = client_of(lead)
    assert "Propose clusters" in client.get("/clusters/").content.decode()
    page = client.post("/clusters/propose/", follow=True).content.decode()
    assert "1 cluster proposed, 3 cases joined." in page
    assert Cluster.objects.get().made_by_id == lead.pk
    assert "0 clusters proposed" in client.post("/clusters/propose/", follow=True).content.decode()


def test_where_there_is_a_queue_its_worker_proposes_them_in_the_name_of_the_lead(
    group: Group, cast: Mapping[str, User], client_of: ClientOf, settings: Any
) -> None:
    ClusterMember.objects.all().delete()
    Cluster.objects.all().delete()
    lead = cast["reviewer1"]
    User.objects.filter(pk=lead.pk).update(leads=True)
    settings.TASK_ASKER = "exclusions.tasks.ask_for"
    page = client_of(lead).post("/clusters/propose/", follow=True).content.decode()
    assert "We are grouping the cases." in page
    assert Cluster.objects.get().made_by_id == lead.pk


def test_a_joint_finding_goes_from_the_form_by_the_preview_to_the_record(
    group: Group, cast: Mapping[str, User], client_of: ClientOf, list3: Round
) -> None:
    cluster, petitions, _ = group
    client = client_of(cast["reviewer1"])
    sent: dict[str, Any] = {"chosen": [f"{one.reference}:{one.seen}" for one in seen(petitions)], "revision": 0}
    for key, said in findings(list3).items():
        sent |= {f"{key}-{name}": value for name, value in said.items()}
    address = f"/clusters/{cluster.pk}/findings/"
    assert client.get(address).status_code == 200
    preview = client.post(address, sent)
    assert "Nothing is done yet." in preview.content.decode()
    assert all(petition.findings.count() == 0 for petition in petitions)
    changed = client.post(address, sent | {"change": "1"}).content.decode()
    assert findings(list3)["availability"]["reasons"] in changed
    assert client.post(address, sent | {"confirmed": "1"}).status_code == 302
    assert all(petition.findings.count() == len(list3.criteria) for petition in petitions)


def test_a_case_that_changed_since_the_preview_is_named_and_the_rest_can_go_on(
    group: Group, cast: Mapping[str, User], client_of: ClientOf, list3: Round
) -> None:
    cluster, petitions, now = group
    sent = {"chosen": [f"{one.reference}:{one.seen}" for one in seen(petitions)], "revision": 0, "confirmed": "1"}
    together_as(cast["reviewer1"], cluster, "findings", petitions[:1], now, findings=findings(list3))
    refused = client_of(cast["reviewer1"]).post(f"/clusters/{cluster.pk}/take/", sent)
    page = refused.content.decode()
    assert refused.status_code == 409
    assert not Assignment.objects.exists()
    assert "Go on with the other 2" in page
    rest = {**sent, "chosen": sent["chosen"][1:]}
    assert client_of(cast["reviewer1"]).post(f"/clusters/{cluster.pk}/take/", rest).status_code == 302
    assert Assignment.objects.count() == 2


def test_an_unlike_answer_stands_beside_the_others_and_is_dealt_with_singly(
    cast: Mapping[str, User], list3: Round, at: datetime, clock: Clock, client_of: ClientOf
) -> None:
    cluster, petitions = alike(cast, list3, at, 3, but={0: {"strategic": "yes", "strategic_explanation": "It is."}})
    clock.move_to(max(petition.status_since for petition in petitions) + timedelta(hours=1))
    page = client_of(cast["reviewer1"]).get(f"/clusters/{cluster.pk}/").content.decode()
    assert "Where the answers on the product differ" in page
    form = client_of(cast["reviewer1"]).get(f"/clusters/{cluster.pk}/take/").content.decode()
    assert "Cases to work one by one" in form
    assert f'value="{petitions[0].reference}:' not in form
