"""Which cases are like one: found by the store's keys, the same as if each were compared with each."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import combinations
from typing import Any

import pytest
from django.db.models import prefetch_related_objects

from exclusions import likeness
from exclusions.actions.store.cases import store_docket
from exclusions.facts import like_cases
from exclusions.facts.like_cases import keys_of, marks_of, row_of
from exclusions.models import Cluster, ClusterMember, Petition, StoredCase, StoredKey
from exclusions.permissions.likes.groups import like_groups, read_likes
from exclusions.workflow.states import Status
from tests.factories.casework.near import near_cases
from tests.factories.public import store_like

pytestmark = pytest.mark.django_db
DOCKET = "USTR-2019-0005"
PRODUCTS = (
    "Inflatable kayak", "inflatable-kayaks", "Kayak, inflatable", "Inflatable kayak, blue", "Inflatable kayak, red",
    "Kayak paddle", "Inflatble kayak", "435-032", "435 032", "435-033", "A12", "Steel door 80 mm", "Steel door 8 cm",
    "Steel door 90 mm", "", "8903.10.0060",
)  # fmt: skip


def row(number: int, product: str, **changes: Any) -> dict[str, Any]:
    """Return a row of a docket."""
    facts = {"requester": "Blue Water", "hts10": "8903100060", "posted_on": date(2019, 6, 30), "stage": "denied"}
    return {"reference": f"{DOCKET}-{number:04d}", "product": product, **facts, **changes}


@pytest.fixture
def loaded() -> list[StoredCase]:
    """Fill the store with names that are near to one another and names that are not."""
    rows = [row(number, product) for number, product in enumerate(PRODUCTS, 1)]
    rows += [row(len(rows) + 1, "Inflatable kayak", hts10="8903100045", requester="Red Sea")]
    rows += [row(len(rows) + 1, "Inflatable kayak", hts10="9503001000")]
    store_docket(rows, docket=DOCKET)
    return list(StoredCase.objects.order_by("reference"))


def test_whatever_is_alike_is_found_by_a_key(loaded: list[StoredCase]) -> None:
    found = {case.pk: near_cases(case) for case in loaded}
    pairs = 0
    for one, other in combinations(loaded, 2):
        why = likeness.alike(row_of(one), row_of(other))
        assert found[one.pk].get(other.pk, "") == why
        assert bool(found[other.pk].get(one.pk)) == bool(why)
        pairs += bool(why)
    assert pairs > 8


def test_the_same_eight_digits_are_asked_for(loaded: list[StoredCase]) -> None:
    first, beside, elsewhere = loaded[0], loaded[-2], loaded[-1]
    assert beside.pk in near_cases(first)
    assert elsewhere.pk not in near_cases(first)
    assert not keys_of(StoredCase(reference="x", hts10="", product="Inflatable kayak"))


def test_likeness_costs_two_statements(
    loaded: list[StoredCase], django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with django_assert_num_queries(2):
        found = near_cases(loaded[0])
    monkeypatch.setattr(like_cases, "MOST_COMPARED", -1)  # as on the first visit to a process
    with django_assert_num_queries(2):
        assert near_cases(loaded[0]) == found


def test_cases_of_one_digest_are_like_the_same_others(loaded: list[StoredCase]) -> None:
    """Spelled otherwise but compared alike: the store compares one of them for all."""
    store_docket([row(90, "INFLATABLE  KAYAK", requester="White Water"), row(91, "Kayak paddle")], docket=DOCKET)
    first, again = loaded[0], StoredCase.objects.get(reference=f"{DOCKET}-0090")
    assert first.likeness == again.likeness != loaded[5].likeness
    assert {**near_cases(first), first.pk: ""}.keys() == {**near_cases(again), again.pk: ""}.keys()


def test_a_wording_has_its_keys_once_and_keeps_them(loaded: list[StoredCase]) -> None:
    """A wording that no case is of any more is near to nothing, until one is of it again."""
    whole = set(StoredKey.objects.values_list("likeness", "key"))
    assert len(whole) == StoredKey.objects.count()
    assert {(digest, key) for digest, keys in map(marks_of, loaded) for key in keys} == whole
    again, paddle = row(90, "inflatable kayak", requester="White Water"), row(2, "Kayak paddle")
    store_docket([again, paddle, row(3, "Kayak, inflatable, large")], docket=DOCKET)
    assert whole < set(StoredKey.objects.values_list("likeness", "key"))
    assert len(set(StoredKey.objects.values_list("key", "likeness"))) == StoredKey.objects.count()
    alone = StoredCase.objects.get(reference=f"{DOCKET}-0007")
    near_cases(alone)
    store_docket([row(3, "Kayak, inflatable")], docket=DOCKET)
    assert near_cases(alone) == {
        other.pk: why
        for other in StoredCase.objects.exclude(pk=alone.pk)
        if (why := likeness.alike(row_of(alone), row_of(other)))
    }


def test_like_cases_of_many_are_read_together(
    petition_in: Callable[[Status], Petition], django_assert_max_num_queries: Any
) -> None:
    cases = [petition_in(Status.LEVEL1) for _ in range(3)]
    store_like(cases[0], "USTR-2018-0032", outcome="granted")
    apart = [like_groups(petition) for petition in cases]
    assert all(apart)
    prefetch_related_objects(cases, "recommendations")
    with django_assert_max_num_queries(5):
        read_likes(cases)
        assert [like_groups(petition) for petition in cases] == apart


def test_cases_of_one_cluster_are_like_whatever_they_are_called(loaded: list[StoredCase]) -> None:
    kayak, door = loaded[0], loaded[11]
    assert door.pk not in near_cases(kayak)
    at = datetime(2019, 8, 1, 12, 0, tzinfo=UTC)
    cluster = Cluster.objects.create(title="Of one kind", hts10=kayak.hts10, basis="a reviewer's word", made_at=at)
    for case in (kayak, door):
        ClusterMember.objects.create(cluster=cluster, case=case, joined_at=at)
    assert near_cases(kayak)[door.pk] == "same cluster"
    ClusterMember.objects.filter(case=door).update(apart="It is a door.")
    assert door.pk not in near_cases(kayak)
