"""One finding, many cases: what a desk does for a case, done for many of a cluster in one transaction.

Each case gets its own rows by the action that its own page calls, and is refused by the same rules; the rows name the
joint act. A case whose evidence departs from the others', or that changed since the preview, is named, and nothing is
done for any: none is dropped in silence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from exclusions.actions.casework.adopted import DONE_FOR_EACH, particular_to
from exclusions.actions.casework.cluster_changes import locked_clusters
from exclusions.actions.record.many.batch import Batch, open_batch
from exclusions.errors import ActionRefused, Incomplete, NotPermitted, SomeRefused
from exclusions.models import Cluster, JointAct, JointActMember, Petition, User
from exclusions.models.casework.clusters import ClusterMember
from exclusions.permissions.arguments.marked import read_arguments
from exclusions.permissions.conclusions import SIGNS
from exclusions.permissions.likes.groups import read_likes
from exclusions.permissions.likes.recommended import RESULT, Concluded
from exclusions.permissions.likes.settled import share_reviews
from exclusions.queries.casework.clusters.departures import departures
from exclusions.workflow.joint import JOINT, MOST, JointKind
from exclusions.workflow.roles import READS_CONFIDENTIAL
from exclusions.workflow.states import Status

# Where cases are compared with like ones: what is like is read for all of them at once.
COMPARED = frozenset({"recommendation", "consistency", "legal_review", "assessment", "grant", "grant_in_part", "deny"})
# Where no gate asks what the texts of a case argue.
NOT_ARGUED = frozenset({"take", "findings", "product_text", "opinion"})
PRIVATE = frozenset({"confidential_note", "notes", "unlike"})  # are in the rows of each case alone


@dataclass(frozen=True)
class Chosen:
    """A case as the preview showed it: its reference, and the number of the last event of its chain."""

    reference: str
    seen: int


def act_jointly(
    cluster: Cluster,
    kind: str,
    *,
    chosen: Sequence[Chosen],
    entered: Mapping[str, Any],
    revision: int,
    by: User,
    at: datetime,
) -> JointAct:
    """Do one thing for the chosen cases of a cluster, and return the joint act that their rows name.

    `entered` are what the action of one case takes: see `DONE_FOR_EACH`. `revision` is that of the cluster as the page
    showed it. Raises SomeRefused where some cannot go with the rest, else as the action of one case does; either way
    with nothing written. KeyError for an unknown kind.
    """
    row = JOINT[kind]
    if by.role not in row.places:
        raise NotPermitted(f"“{row.label}” is for {' or '.join(sorted(role.one for role in row.places))}.")
    if not chosen:
        raise Incomplete.beside("members", "Choose at least one case.")
    if len(chosen) > MOST:
        raise Incomplete(f"Choose at most {MOST} cases at a time. Do the others next.")
    wanted = {one.reference: one.seen for one in chosen}
    clusters = [cluster] if kind in COMPARED else []
    with open_batch(_candidates(cluster, row, by.role, list(wanted)), by=by, at=at, clusters=clusters) as cases:
        locked = locked_clusters(cluster, revision)[0]
        refused = _departed(cases, wanted, row, locked)
        if refused:
            raise SomeRefused(refused, of=len(wanted))
        cases.act = JointAct.objects.create(
            cluster=locked, kind=kind, words=_without_private(entered), revision=revision, by=by, at=at
        )
        mine = [petition for petition in cases.petitions.values() if petition.reference in wanted]
        if kind in COMPARED:
            read_likes(mine, by, concluded=_together(mine, kind, entered))
            share_reviews(mine)
        if kind not in NOT_ARGUED:
            read_arguments(mine)
        _do_for_each(cases, mine, kind, entered)
        particulars = [
            JointActMember(act=cases.act, petition=petition, particular=particular_to(petition, cases))
            for petition in mine
        ]
        JointActMember.objects.bulk_create(particulars, batch_size=MOST)
        return cases.act


def _candidates(cluster: Cluster, row: JointKind, role: str, chosen: Sequence[str]) -> list[UUID]:
    """Return the cases among which they are compared, as the preview does, and the chosen ones, wherever they are
    now.
    """
    members = ClusterMember.objects.joined().filter(cluster=cluster, case__petition__isnull=False)
    here = members.filter(case__petition__status__in=row.statuses_of(role)).order_by("case__reference")
    found = list(here.values_list("case__petition", flat=True)[:MOST])
    return [*found, *Petition.objects.filter(reference__in=chosen).values_list("pk", flat=True)]


def _departed(cases: Batch, wanted: Mapping[str, int], row: JointKind, cluster: Cluster) -> dict[str, list[str]]:
    """Why which of the chosen cases cannot go with the rest, under the locks."""
    members = ClusterMember.objects.joined().filter(cluster=cluster, case__petition__in=list(cases.petitions))
    joined = set(members.values_list("case__petition", flat=True))
    statuses, by = row.statuses_of(cases.by.role), cases.by
    here = [case for key, case in cases.petitions.items() if key in joined and case.status in statuses]
    unlike = departures(here, whole=by.role in READS_CONFIDENTIAL)
    known = {petition.reference: petition for petition in cases.petitions.values()}
    found: dict[str, list[str]] = {}
    for reference, seen in wanted.items():
        petition = known.get(reference)
        if petition is None or petition.pk not in joined:
            found[reference] = ["It is no longer in this cluster, or now stands apart in it."]
        elif barred := cases.standing_of(petition).kept_from_acting:
            found[reference] = barred
        elif Status(petition.status) not in statuses:
            found[reference] = [f"It is “{petition.get_status_display()}” now."]
        elif said := unlike.get(petition.pk):
            found[reference] = [*said, "Handle it separately, on its own page."]
        elif cases.head(petition)[0] != seen:
            found[reference] = ["Its record changed after you looked at it. Look at it again."]
    return found


def _together(mine: Sequence[Petition], kind: str, entered: Mapping[str, Any]) -> dict[UUID, Concluded]:
    """Return for what these cases are about to be concluded: taken together, they come to one result."""
    result = RESULT.get(SIGNS.get(kind) or str(entered.get("outcome", "")))
    codes = tuple(str(code) for code in entered.get("denial_codes") or ())
    return {petition.pk: Concluded(result, codes) for petition in mine} if result else {}


def _do_for_each(cases: Batch, mine: Sequence[Petition], kind: str, entered: Mapping[str, Any]) -> None:
    """Call the actions of one case for each, those of one stage for all before those of the next."""
    for stage in DONE_FOR_EACH[kind]:
        refused: dict[str, ActionRefused] = {}
        for petition in mine:
            try:
                stage(petition, entered, cases)
            except ActionRefused as error:
                refused[str(petition.reference)] = error
        if refused:
            raise _as_one(refused, len(mine))
        cases.read_entries_again()


def _as_one(refused: Mapping[str, ActionRefused], count: int) -> ActionRefused:
    """What is wrong with all of them for the same reason is wrong with what was entered."""
    first = next(iter(refused.values()))
    if len(refused) == count and all(
        (one.reasons, one.fields) == (first.reasons, first.fields) for one in refused.values()
    ):
        return first
    return SomeRefused({name: error.reasons or [str(error)] for name, error in refused.items()}, of=count)


def _without_private(entered: Mapping[str, Any]) -> dict[str, Any]:
    if isinstance(entered.get("findings"), Mapping):
        findings = {key: _without_private(said) for key, said in entered["findings"].items()}
        return {"findings": findings}
    return {name: value for name, value in entered.items() if name not in PRIVATE}
