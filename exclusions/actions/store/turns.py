"""Let transactions wait for each other that must not miss what the other writes.

Those that go through a whole table compare all of it before they write; those that conclude cases on one product
compare these with each other.
"""

from collections.abc import Callable, Collection, Iterable
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Model

from exclusions.errors import Conflict
from exclusions.models import Cluster, ClusterMember, StoredCase, StoredNumber


def wait_for_turn(model: type[Model]) -> None:
    """Wait for others that write the rows of a model anew; call it first in the transaction, at whose end it is over.

    Locked is the row by which Django names the model: nobody else waits for that. SQLite's immediate transactions wait
    for each other already.
    """
    rows = ContentType.objects.select_for_update(no_key=True)
    rows.get(app_label=model._meta.app_label, model=model._meta.model_name)


def wait_for_like(petition: UUID) -> None:
    """Wait for others that conclude a case like this one; call it first in the transaction, before any row is locked.

    Two opposite conclusions cannot miss each other: like cases share a number, or the numbers of their cluster.
    """
    cluster = ClusterMember.objects.joined().filter(case__petition=petition).values("cluster")
    _wait_for(lambda: [*_of_clusters(cluster), *_own(petition)])


def wait_for_clusters(clusters: Collection[Cluster]) -> None:
    """Wait for others that conclude cases of these clusters, or change them; call it first, as `wait_for_like`."""
    if clusters:
        _wait_for(lambda: _of_clusters([cluster.pk for cluster in clusters]))


def _own(petition: UUID) -> Iterable[str]:
    return StoredCase.objects.filter(petition=petition).values_list("hts8", flat=True)


def _of_clusters(clusters: Any) -> Iterable[str]:
    members = ClusterMember.objects.joined().filter(cluster__in=clusters)
    return members.order_by().values_list("case__hts8", flat=True).distinct()


def _wait_for(numbers: Callable[[], Iterable[str]]) -> None:
    """Lock the 8-digit numbers in ascending order. Raises Conflict where others came to the cluster meanwhile."""
    if not connection.features.has_select_for_update:
        return  # SQLite has one writer
    wanted = sorted(set(numbers()))
    there = set(StoredNumber.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    new = [StoredNumber(number=number) for number in wanted if number not in there]
    StoredNumber.objects.bulk_create(new, ignore_conflicts=True)
    list(StoredNumber.objects.select_for_update().filter(pk__in=wanted).order_by("pk").values_list("pk"))
    if set(numbers()) - set(wanted):
        raise Conflict("Someone moved cases into this cluster just now. Send it again.")
