"""Drawing cases together as the kernel of likeness proposes: all at once, or one as it is posted.

Where a person put a case is where it stays: what is in a cluster is never moved here, and a case that a person took
out of a cluster does not come back to it by itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Q

from exclusions import likeness
from exclusions.actions.store.turns import wait_for_turn
from exclusions.facts.like_cases import row_of
from exclusions.models import Cluster, ClusterMember, Petition, PetitionVersion, StoredCase, User
from exclusions.queries.chunks import read_in_chunks
from exclusions.questionnaires.trade import CHINA

AT_ONCE = 1000
UNNAMED = "Cases without a product name"


@dataclass(frozen=True)
class Drawn:
    """How many clusters were made, and how many cases joined one."""

    clusters: int
    joined: int

    def __str__(self) -> str:
        clusters, cases = "cluster" if self.clusters == 1 else "clusters", "case" if self.joined == 1 else "cases"
        return f"{self.clusters:,} {clusters} proposed, {self.joined:,} {cases} joined"


def propose_all(*, at: datetime, by: User | None = None) -> Drawn:
    """Draw together all cases of the store that are in no cluster yet; return what was made.

    A second run makes nothing. New cases of a group join the cluster that has most of it.
    """
    with transaction.atomic():
        wait_for_turn(Cluster)
        cases = {case.reference: case for case in read_in_chunks(_cases(), ["reference"], AT_ONCE)}
        groups = likeness.propose(row_of(case) for case in cases.values())
        placed = dict(ClusterMember.objects.current().values_list("case__reference", "cluster"))
        left = _taken_out()
        made: list[tuple[Cluster, likeness.Group]] = []
        members: list[ClusterMember] = []
        for group in groups:
            homes = [placed[row.reference] for row in group.members if row.reference in placed]
            free = [row.reference for row in group.members if row.reference not in placed]
            if homes and free:
                home = max(sorted(set(homes)), key=homes.count)
                joins = [name for name in free if (name, home) not in left]
                members += [_member(cases[name], home, group.basis, at) for name in joins]
            elif len(free) > 1:
                made.append((_cluster(cases[free[0]], group.basis, len(free), at, by), group))
        Cluster.objects.bulk_create([cluster for cluster, _ in made], AT_ONCE)
        for cluster, group in made:
            why = group.why or [group.basis] * len(group.members)
            members += [
                _member(cases[row.reference], cluster.pk, basis, at)
                for row, basis in zip(group.members, why, strict=True)
            ]
        _value(members)
        ClusterMember.objects.bulk_create(members, AT_ONCE)
        count_members({member.cluster_id for member in members} - {cluster.pk for cluster, _ in made})
    return Drawn(len(made), len(members))


def place_case(petition: Petition, *, at: datetime) -> ClusterMember | None:
    """Let a case join the cluster of its number that it belongs to, or make one with a case alone that is like it.

    Return its place, or None where it stands apart from all of them. For a case that is posted, in its transaction.
    """
    case = _cases().filter(petition=petition).order_by("pk").first()
    if case is None or not case.hts10:
        return None
    with transaction.atomic():
        there = ClusterMember.objects.current().filter(case=case).order_by("pk").first()
        if there is not None:
            return there
        others = {other.reference: other for other in _cases().filter(hts10=case.hts10).exclude(pk=case.pk)}
        groups = _groups_of_number(case.hts10, others)
        found = likeness.place(row_of(case), [group for _, group in groups])
        if found.group is None:
            return None
        home = next(key for key, group in groups if group is found.group)
        if home is None:
            first = others[found.group.members[0].reference]
            cluster = _cluster(first, found.basis, 1, at, None)
            cluster.save(force_insert=True)
            _join([_member(first, cluster.pk, found.basis, at)])
            home = cluster.pk
        elif (case.reference, home) in _taken_out(case):
            return None
        joined = _join([_member(case, home, found.basis, at)])[0]
        count_members({home})
    return joined


def count_members(clusters: Iterable[int]) -> None:
    """Write anew how many members clusters have that do not stand apart; one that has none is dissolved."""
    keys = list(clusters)
    inside = Q(members__left_at__isnull=True, members__apart="")
    there = Q(members__left_at__isnull=True)
    counted = Cluster.objects.filter(pk__in=keys).annotate(
        now=Count("members", filter=inside), all_now=Count("members", filter=there)
    )
    for cluster in counted:
        state = Cluster.State.DISSOLVED if not cluster.all_now else cluster.state
        if (cluster.size, cluster.state) != (cluster.now, state):
            Cluster.objects.filter(pk=cluster.pk).update(size=cluster.now, state=state)


def _cases() -> Any:
    return StoredCase.objects.exclude(hts10="").order_by("reference")


def _cluster(head: StoredCase, basis: str, size: int, at: datetime, by: User | None) -> Cluster:
    title = head.product or UNNAMED
    return Cluster(title=title, hts10=head.hts10, basis=likeness.whole_words(basis), size=size, made_at=at, made_by=by)


def _member(case: StoredCase, cluster: int, basis: str, at: datetime) -> ClusterMember:
    return ClusterMember(case=case, cluster_id=cluster, basis=likeness.whole_words(basis), joined_at=at)


def _join(members: list[ClusterMember]) -> list[ClusterMember]:
    _value(members)
    return ClusterMember.objects.bulk_create(members)


def _value(members: Sequence[ClusterMember]) -> None:
    """Note what is at stake for each; as many statements as there are thousands of live cases."""
    live = {member.case.petition_id: member for member in members if member.case.petition_id}
    keys = list(live)
    for start in range(0, len(keys), AT_ONCE):
        sealed = PetitionVersion.objects.sealed().filter(petition__in=keys[start : start + AT_ONCE])
        for key, answers in sealed.order_by("number").values_list("petition_id", "answers"):
            live[key].value = value_at_stake(answers)


def value_at_stake(answers: Mapping[str, Any]) -> int:
    """Return what the purchases from China that a requester reported add up to, in whole dollars; confidential."""
    purchases = answers.get("purchases")
    periods = purchases.get(CHINA) if isinstance(purchases, Mapping) else None
    cells = [cell.get("value") for cell in periods.values()] if isinstance(periods, Mapping) else []
    return sum(int(cell) for cell in cells if isinstance(cell, str) and cell.isdecimal())


def _taken_out(case: StoredCase | None = None) -> set[tuple[str, int]]:
    """Which cases people took out of which clusters."""
    rows = ClusterMember.objects.filter(left_at__isnull=False)
    if case is not None:
        rows = rows.filter(case=case)
    return set(rows.values_list("case__reference", "cluster"))


def _groups_of_number(hts10: str, others: Mapping[str, StoredCase]) -> list[tuple[int | None, likeness.Group]]:
    """Return the clusters with a case of a number, and each case of it that is in none; with the cluster's key."""
    placed = ClusterMember.objects.joined().filter(case__hts10=hts10).values_list("case__reference", "cluster")
    by_cluster: dict[int, list[str]] = defaultdict(list)
    for name, cluster in placed.order_by("cluster", "case__reference"):
        by_cluster[cluster].append(name)
    apart = set(ClusterMember.objects.current().filter(case__hts10=hts10).values_list("case__reference", flat=True))
    groups: list[tuple[int | None, likeness.Group]] = [
        (key, likeness.Group(tuple(row_of(others[name]) for name in names if name in others)))
        for key, names in by_cluster.items()
    ]
    groups += [(None, likeness.Group((row_of(other),))) for name, other in others.items() if name not in apart]
    return [(key, group) for key, group in groups if group.members]
