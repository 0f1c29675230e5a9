"""Clusters as their list and their page show them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from exclusions.models import Cluster, ClusterMember, JointAct, PendingLetter, Petition, Response, StoredCase, User
from exclusions.models.interest import Ties
from exclusions.queries.casework.clusters.departures import contradictions
from exclusions.workflow.joint import MOST, JointKind, offered_to
from exclusions.workflow.outcomes import GRANTS, CaseOutcome
from exclusions.workflow.roles import STAFF, Role
from exclusions.workflow.states import MOVE_OF, Status

MEMBERS_SIZE = 100
# Customs sees product texts alone, the administrator no case at all.
SEES_CLUSTERS = STAFF - {Role.CUSTOMS, Role.ADMIN}
SORTS: Mapping[str, Sequence[str]] = {
    "size": ("-size", "pk"),
    "age": ("oldest", "pk"),
    "value": ("-at_stake", "pk"),
    "opposition": ("-opposed", "-size", "pk"),
}
_INSIDE = Q(members__left_at__isnull=True, members__apart="")


def clusters() -> QuerySet[Cluster]:
    """Return the clusters that stand, unsorted."""
    return Cluster.objects.exclude(state=Cluster.State.DISSOLVED)


def sorted_clusters(rows: QuerySet[Cluster], by: str, *, whole: bool) -> QuerySet[Cluster]:
    """Return the clusters in an order of `SORTS`; by value for those alone who may read it."""
    if by == "age":
        rows = rows.annotate(oldest=Min("members__case__filed_on", filter=_INSIDE))
    if by == "value" and whole:
        rows = rows.annotate(at_stake=Coalesce(Sum("members__value", filter=_INSIDE), 0))
    if by == "opposition":
        against = _opposing(cluster=OuterRef("pk")).order_by()
        counted = against.values("petition__stored__memberships__cluster").annotate(n=Count("pk")).values("n")
        rows = rows.annotate(opposed=Coalesce(Subquery(counted), 0))
    known = by if by in SORTS and (by != "value" or whole) else "size"
    return rows.order_by(*SORTS[known])


def mixed_only(rows: QuerySet[Cluster]) -> QuerySet[Cluster]:
    """Keep the clusters in which like cases were granted and denied."""
    inside = ClusterMember.objects.joined()
    granted = inside.filter(case__outcome__in=GRANTS).values("cluster")
    denied = inside.filter(case__outcome=CaseOutcome.DENIED).values("cluster")
    return rows.filter(pk__in=granted).filter(pk__in=denied)


def with_live_cases(rows: QuerySet[Cluster], statuses: Sequence[Status] | None) -> QuerySet[Cluster]:
    """Keep the clusters with live cases that do not stand apart; with `statuses`, those with one in such a status."""
    live = ClusterMember.objects.joined().filter(case__petition__isnull=False)
    if statuses is not None:
        live = live.filter(case__petition__status__in=statuses)
    return rows.filter(pk__in=live.values("cluster"))


def _opposing(**of: Any) -> QuerySet[Response]:
    """Return the posted responses against cases inside such clusters. One look-up, so that a case counts where it is
    now.
    """
    inside = {"left_at__isnull": True, "apart": "", **of}
    posted = Response.objects.filter(status=Response.Status.POSTED, position=Response.Position.OPPOSE)
    return posted.filter(**{f"petition__stored__memberships__{name}": value for name, value in inside.items()})


# ---- One cluster ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Contradiction:
    """A question to which members give unlike answers, and who says what."""

    question: str
    said: list[tuple[str, list[str]]]
    confidential: bool


@dataclass(frozen=True)
class Offer:
    """A joint act that somebody can begin here, and for how many cases."""

    kind: JointKind
    count: int


def open_cluster(key: int) -> Cluster | None:
    """Return a cluster, a dissolved one included, or None."""
    return Cluster.objects.filter(pk=key).first()


def members(cluster: Cluster, user: User, ties: Ties) -> QuerySet[ClusterMember]:
    """Return the members of a cluster that the person may see: those that stand apart last, each by its reference.

    `ties` are the person's.
    """
    rows = cluster.members.filter(left_at__isnull=True, case__in=StoredCase.objects.open_to(user, ties))
    # What is empty comes before what is not: those that stand apart are the last.
    return rows.select_related("case__petition").order_by("apart", "case__reference")


def moves_of(found: Iterable[ClusterMember]) -> dict[int, str]:
    """Return whose move it is, by member; of historical ones nobody's."""
    live = {member.pk: member.case.petition for member in found if member.case.petition}
    return {key: MOVE_OF[Status(petition.status)] for key, petition in live.items()}


def live_petitions(cluster: Cluster, user: User, ties: Ties) -> list[Petition]:
    """Return the live members that do not stand apart, with their certified answers; at most 500, by reference."""
    inside = ClusterMember.objects.joined().filter(cluster=cluster, case__petition__isnull=False)
    rows = Petition.objects.filter(pk__in=inside.values("case__petition")).open_to(user, ties).order_by("reference")
    return list(rows.prefetch_related("round", "versions")[:MOST])


def contradictory(petitions: Sequence[Petition], *, whole: bool) -> list[Contradiction]:
    """Return the questions on the product to which these cases give unlike answers, side by side."""
    return [
        Contradiction(
            question.label,
            [(words, [str(petition.reference) for petition in those]) for words, those in said.items()],
            not question.is_public,
        )
        for question, said in contradictions(petitions, whole=whole)
    ]


def offers(cluster: Cluster, user: User, ties: Ties) -> list[Offer]:
    """Return the joint acts of the person's role for which cases of the cluster stand in the right place."""
    kinds = offered_to(user.role)
    if not kinds or cluster.state == Cluster.State.DISSOLVED:
        return []
    inside = ClusterMember.objects.joined().filter(cluster=cluster, case__petition__isnull=False)
    open_ = Petition.objects.filter(pk__in=inside.values("case__petition")).open_to(user, ties).order_by()
    counted = dict(open_.values_list("status").annotate(n=Count("pk")))
    found = [Offer(kind, sum(counted.get(status, 0) for status in kind.statuses_of(user.role))) for kind in kinds]
    return [offer for offer in found if offer.count]


def acts_of(cluster: Cluster) -> QuerySet[JointAct]:
    """Return what was done to many of the cluster at once, newest first, with how many cases."""
    rows = cluster.acts.select_related("by").annotate(cases=Count("members"))
    return rows.order_by("-at", "-pk")


@dataclass(frozen=True)
class LettersLeft:
    """How many letters of a cluster are still to be set, and how many of them were given up."""

    waiting: int
    failed: int


def letters_left(cluster: Cluster, most_attempts: int) -> LettersLeft:
    """Return how many letters of the members are still to be set."""
    rows = PendingLetter.objects.filter(letter__petition__stored__memberships__cluster=cluster)
    rows = rows.filter(letter__petition__stored__memberships__left_at__isnull=True)
    found = rows.aggregate(waiting=Count("pk"), failed=Count("pk", filter=Q(attempts__gte=most_attempts)))
    return LettersLeft(found["waiting"], found["failed"])
