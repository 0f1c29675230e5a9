"""What a reviewer changes of clusters: accepted, split, merged; a member moved, or set apart as an outlier.

Each has a reason, and is an event of the cases concerned. A page names the revision that it was made from: where the
cluster changed since, it is refused.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from exclusions.actions.record.disclosure_checks import look_through, require_reason
from exclusions.actions.record.many.batch import Batch, open_batch, petition_event
from exclusions.actions.store.clusters import count_members
from exclusions.errors import Conflict, Incomplete, NotPermitted, WrongState
from exclusions.models import Cluster, ClusterMember, User
from exclusions.workflow.roles import Role

DRAWERS = frozenset({Role.REVIEWER1, Role.REVIEWER2})
MOST = 1000  # characters of a reason


def may_propose(user: User) -> bool:
    """Whether somebody may have all cases drawn together now: a lead of those who change clusters, who has no case."""
    return user.leads and user.role in DRAWERS


def refuse_unless_lead(by: User) -> None:
    """Raise NotPermitted for whoever may not have all cases drawn together."""
    if not may_propose(by):
        raise NotPermitted("Only the lead of a level 1 or level 2 team can propose clusters again.")


def accept_cluster(cluster: Cluster, *, reason: str, revision: int, by: User, at: datetime) -> Cluster:
    """Accept what the machine proposed; return the cluster. Raises ActionRefused."""
    _may(by)
    with open_batch(_live([cluster]), by=by, at=at, clusters=[cluster]) as cases:
        locked = locked_clusters(cluster, revision)[0]
        if locked.state != Cluster.State.PROPOSED:
            raise WrongState(f"This cluster is “{locked.get_state_display()}” already.")
        _on_record(cases, "cluster_accept", reason, {"cluster": locked.pk})
        return _changed(locked, state=Cluster.State.ACCEPTED)


def split_cluster(
    cluster: Cluster, *, references: Sequence[str], reason: str, revision: int, by: User, at: datetime
) -> Cluster:
    """Make a cluster of their own of these members, which are unlike the rest; return it. Raises ActionRefused."""
    _may(by)
    with open_batch(_live([cluster], references), by=by, at=at, clusters=[cluster]) as cases:
        locked = locked_clusters(cluster, revision)[0]
        members = _members(locked, references)
        if len(members) == locked.members.filter(left_at__isnull=True).count():
            sentence = "Leave at least one member in the cluster."
            raise Incomplete.beside("references", sentence)
        head = members[0].case
        made = Cluster.objects.create(
            title=head.product or locked.title,
            hts10=head.hts10,
            state=Cluster.State.ACCEPTED,
            basis=f"Split from cluster {locked.pk}",
            made_at=at,
            made_by=by,
        )
        _on_record(cases, "cluster_split", reason, {"cluster": locked.pk, "to": made.pk})
        _move(members, made, reason, by, at)
        _changed(locked)
        count_members([locked.pk, made.pk])
        made.refresh_from_db()
        return made


def merge_clusters(cluster: Cluster, *, into: Cluster, reason: str, revision: int, by: User, at: datetime) -> Cluster:
    """Move every member into another cluster of like goods; return that one. Raises ActionRefused."""
    _may(by)
    if cluster.pk == into.pk:
        raise Incomplete.beside("into", "Choose another cluster.")
    with open_batch(_live([cluster]), by=by, at=at, clusters=[cluster, into]) as cases:
        locked, target = locked_clusters(cluster, revision, into)
        members = list(locked.members.filter(left_at__isnull=True).select_related("case").order_by("case__reference"))
        _on_record(cases, "cluster_merge", reason, {"cluster": locked.pk, "to": target.pk})
        _move(members, target, reason, by, at)
        _changed(locked)
        _changed(target)
        count_members([locked.pk, target.pk])
        target.refresh_from_db()
        return target


def move_members(
    cluster: Cluster, *, references: Sequence[str], into: Cluster, reason: str, revision: int, by: User, at: datetime
) -> list[ClusterMember]:
    """Move members into another cluster; return their new places. Raises ActionRefused."""
    _may(by)
    if cluster.pk == into.pk:
        raise Incomplete.beside("into", "Choose another cluster.")
    with open_batch(_live([cluster], references), by=by, at=at, clusters=[cluster, into]) as cases:
        locked, target = locked_clusters(cluster, revision, into)
        members = _members(locked, references)
        _on_record(cases, "cluster_move", reason, {"cluster": locked.pk, "to": target.pk})
        moved = _move(members, target, reason, by, at)
        _changed(locked)
        _changed(target)
        count_members([locked.pk, target.pk])
        return moved


def set_apart(
    cluster: Cluster, *, references: Sequence[str], reason: str, revision: int, by: User, at: datetime
) -> list[ClusterMember]:
    """Let members stand apart as outliers: they stay listed, and are decided singly. Raises ActionRefused."""
    _may(by)
    with open_batch(_live([cluster], references), by=by, at=at, clusters=[cluster]) as cases:
        locked = locked_clusters(cluster, revision)[0]
        members = _members(locked, references)
        already = [member.case.reference for member in members if member.apart]
        if already:
            raise WrongState(f"Apart already: {', '.join(already)}.")
        _on_record(cases, "cluster_apart", reason, {"cluster": locked.pk})
        locked.members.filter(pk__in=[member.pk for member in members]).update(apart=reason.strip())
        _changed(locked)
        count_members([locked.pk])
        return members


def locked_clusters(cluster: Cluster, revision: int, *others: Cluster) -> list[Cluster]:
    """Return the clusters with their rows locked, in one order. Raises Conflict for a page from before a change."""
    rows = Cluster.objects.select_for_update().filter(pk__in=[cluster.pk, *(other.pk for other in others)])
    found = {row.pk: row for row in rows.order_by("pk")}
    if found[cluster.pk].revision != revision:
        raise Conflict("The cluster changed after you opened this page. Open it again, and look at its cases again.")
    for row in found.values():
        if row.state == Cluster.State.DISSOLVED:
            raise WrongState(f"Cluster {row.pk} is dissolved: its cases are in others now.")
    return [found[row.pk] for row in (cluster, *others)]


def _may(by: User) -> None:
    if by.role not in DRAWERS:
        raise NotPermitted("Only level 1 and level 2 reviewers change clusters.")


def _live(clusters: Sequence[Cluster], references: Sequence[str] | None = None) -> list[UUID]:
    """Return the petitions of the members that the change concerns; historical ones are evidence and are not acted
    upon.
    """
    rows = ClusterMember.objects.current().filter(cluster__in=clusters, case__petition__isnull=False)
    if references is not None:
        rows = rows.filter(case__reference__in=references)
    return list(rows.values_list("case__petition", flat=True))


def _members(cluster: Cluster, references: Sequence[str]) -> list[ClusterMember]:
    wanted = list(dict.fromkeys(references))
    if not wanted:
        raise Incomplete.beside("references", "Choose at least one member.")
    rows = cluster.members.filter(left_at__isnull=True, case__reference__in=wanted).select_related("case")
    found = list(rows.order_by("case__reference"))
    missing = sorted(set(wanted) - {member.case.reference for member in found})
    if missing:
        raise Conflict(f"No longer in this cluster: {', '.join(missing)}. Open the page again.")
    return found


def _on_record(cases: Batch, kind: str, reason: str, data: dict[str, int]) -> None:
    """Append the event to each case, after looking through the reason for what was given in confidence in it."""
    require_reason(reason, "Give the reason. It goes on the record of the cases.")
    if len(reason) > MOST:
        raise Incomplete(fields={"reason": [f"The reason has {len(reason)} characters. The limit is {MOST}."]})
    for petition in cases.petitions.values():
        if barred := cases.standing_of(petition).kept_from_acting:
            raise NotPermitted(f"{petition.reference}: {' '.join(barred)}")
        look_through("cluster", petition, {"reason": reason}, by=cases.by, at=cases.at, batch=cases)
        petition_event(petition, kind, by=cases.by, at=cases.at, reason=reason.strip(), data=data, batch=cases)


def _changed(cluster: Cluster, state: str = "") -> Cluster:
    cluster.revision += 1
    cluster.state = state or cluster.state
    cluster.save(update_fields=["revision", "state"])
    return cluster


def _move(members: Sequence[ClusterMember], into: Cluster, reason: str, by: User, at: datetime) -> list[ClusterMember]:
    """End the memberships and begin them anew elsewhere; two statements."""
    keys = [member.pk for member in members]
    ClusterMember.objects.filter(pk__in=keys).update(left_at=at, left_by=by, reason=reason.strip())
    return ClusterMember.objects.bulk_create(
        [
            ClusterMember(
                cluster=into,
                case=member.case,
                basis=f"Moved here by a reviewer from cluster {member.cluster_id}",
                value=member.value,
                joined_at=at,
                joined_by=by,
            )
            for member in members
        ],
        batch_size=500,
    )
