"""What the list says of each of its clusters, read in one statement."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from exclusions.models import Cluster, ClusterMember, Response, StoredCase, User
from exclusions.models.interest import Ties
from exclusions.queries.casework.barred import barred_keys
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.outcomes import GRANTS, CaseOutcome
from exclusions.workflow.roles import READS_CONFIDENTIAL

PAGE_SIZE = 40
LEAST_SUMMED = 2  # cases: of one alone a sum would be an answer
_LABELS = {str(outcome.value): str(outcome.label) for outcome in CaseOutcome}
_GRANTED = {str(outcome.label) for outcome in GRANTS}
_DENIED = str(CaseOutcome.DENIED.label)


@dataclass(frozen=True)
class ClusterRow:
    """One cluster of the list. `value` is None for those who may not read it, and where too few cases make it up."""

    cluster: Cluster
    live: int
    historical: int
    oldest: date | None
    age_days: int | None
    outcomes: list[tuple[str, int]]
    value: int | None
    opposed: int

    @property
    def mixed(self) -> bool:
        """Whether like cases came out otherwise."""
        found = {name for name, _ in self.outcomes}
        return _DENIED in found and bool(found & _GRANTED)


# The responses against a case are counted where the case is now.
_OPPOSED = f"""CASE WHEN s.petition_id IS NULL THEN 0 ELSE (
SELECT COUNT(*) FROM {Response._meta.db_table} r WHERE r.petition_id = s.petition_id
AND r.status = '{Response.Status.POSTED}' AND r.position = '{Response.Position.OPPOSE}') END"""
_READ = "m.value IS NOT NULL AND (s.petition_id IS NULL OR s.petition_id NOT IN (SELECT id FROM barred))"
_STATEMENT = f"""
SELECT m.cluster_id, s.kind, s.outcome, COUNT(*), CAST(MIN(s.filed_on) AS text), SUM({_OPPOSED}),
SUM(CASE WHEN {{read}} THEN 1 ELSE 0 END), SUM(CASE WHEN {{read}} THEN m.value ELSE 0 END)
FROM {ClusterMember._meta.db_table} m JOIN {StoredCase._meta.db_table} s ON s.id = m.case_id
WHERE m.left_at IS NULL AND m.apart = '' AND m.cluster_id IN ({{keys}}) GROUP BY m.cluster_id, s.kind, s.outcome
"""


def cluster_rows(found: Sequence[Cluster], user: User, at: datetime, ties: Ties | None = None) -> list[ClusterRow]:
    """Return what the list says of each of these clusters; one statement, and one for what ties a person who reads
    what is at stake, where `ties` are not given.
    """
    by_cluster: dict[int, list[Sequence[Any]]] = {}
    for key, *row in _counted([cluster.pk for cluster in found], user, ties):
        by_cluster.setdefault(key, []).append(row)
    today = eastern_date(at)
    return [_row(cluster, by_cluster.get(cluster.pk, []), today) for cluster in found]


def _counted(keys: Sequence[int], user: User, ties: Ties | None) -> list[Sequence[Any]]:
    """How many cases of each kind and outcome are in the clusters, since when, how many against them, what at stake."""
    if not keys:
        return []
    values: dict[str, Any] = {f"key_{number}": key for number, key in enumerate(keys)}
    statement = _STATEMENT.format(
        read=_READ if user.role in READS_CONFIDENTIAL else "1 = 0", keys=", ".join(f"%({name})s" for name in values)
    )
    if user.role in READS_CONFIDENTIAL:
        statement = f"WITH barred (id) AS MATERIALIZED ({barred_keys(user, ties, values)}) {statement}"
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _row(cluster: Cluster, counted: Sequence[Sequence[Any]], today: date) -> ClusterRow:
    kinds, outcomes = Counter[str](), Counter[str]()
    oldest, opposed, valued, value = "", 0, 0, 0
    for kind, outcome, number, first, against, known, stake in counted:
        kinds[kind] += number
        outcomes[outcome] += number
        opposed, valued, value = opposed + int(against), valued + int(known), value + int(stake)
        if first and (not oldest or first < oldest):
            oldest = first
    since = date.fromisoformat(oldest) if oldest else None
    return ClusterRow(
        cluster,
        kinds[StoredCase.Kind.LIVE],
        kinds[StoredCase.Kind.HISTORICAL],
        since,
        (today - since).days if since else None,
        [(label, outcomes[outcome]) for outcome, label in _LABELS.items() if outcomes[outcome]],
        value if valued >= LEAST_SUMMED else None,
        opposed,
    )
