"""The stored cases around one, counted and read in one statement.

Written by hand: the cases of a number are thousands, and one statement counts them all and reads a page of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from exclusions.facts.like_cases import Near
from exclusions.models import Petition, StoredCase, User
from exclusions.models.interest import Ties
from exclusions.workflow.outcomes import CaseOutcome
from exclusions.workflow.roles import READS_CONFIDENTIAL

RELATIONS = ("text", "number", "organization")


class Around(NamedTuple):
    """A case around another, as it is printed; which relations it stands in, and the digest of what is compared."""

    pk: int
    reference: str
    kind: str
    requester: str
    hts10: str
    product: str
    filed_on: date | None
    outcome: str
    decided_on: date | None
    likeness: int
    of_number: bool
    of_organization: bool

    def get_outcome_display(self) -> str:
        """Return the outcome in words."""
        return str(CaseOutcome(self.outcome).label)


@dataclass(frozen=True)
class Counted:
    """How many cases there are of an outcome and kind: all of them, and those in each relation."""

    outcome: str
    kind: str
    all: int
    of: Mapping[str, int]


_TABLE = StoredCase._meta.db_table
_ORDER = "of_text DESC, of_number DESC, filed_on DESC, id DESC"
# The condition stands twice: to keep thousands of cases aside and read them again takes twice as long as to find them
# twice by their indexes.
_STATEMENT = f"""
    SELECT 0 AS place, '' AS reference, s.outcome, s.kind, COUNT(*) AS id, SUM({{text}}) AS a, SUM({{number}}) AS b,
        SUM({{organization}}) AS c, '' AS requester, '' AS hts10, '' AS product, '' AS filed_on, '' AS decided_on
    FROM {_TABLE} s WHERE {{near}} GROUP BY s.outcome, s.kind
    UNION ALL
    SELECT p.place, s.reference, s.outcome, s.kind, s.id, s.likeness, p.of_number, p.of_organization,
        s.requester, s.hts10, s.product, CAST(s.filed_on AS text), CAST(s.decided_on AS text)
    FROM (
        SELECT page.*, ROW_NUMBER() OVER (ORDER BY {_ORDER}) AS place FROM (
            SELECT s.id, s.filed_on, {{text}} AS of_text, {{number}} AS of_number, {{organization}} AS of_organization
            FROM {_TABLE} s WHERE {{near}} AND {{chosen}} ORDER BY {_ORDER} LIMIT %s OFFSET %s
        ) page
    ) p JOIN {_TABLE} s ON s.id = p.id
"""


def cases_around(
    case: StoredCase, near: Near, user: User, ties: Ties | None, chosen: Mapping[str, str], *, start: int, most: int
) -> tuple[list[Counted], list[Around]]:
    """Return how many cases around one a person may know of, and those of a page, the nearest first.

    `chosen` narrows the page by relation, outcome and kind, `start` is how many come before it. One statement.
    """
    number = ("s.hts10 = %s", [case.hts10]) if case.hts10 else _NONE
    relations = {"text": _of_text(near), "number": number, "organization": _of_organization(case)}
    visible, narrowed = _visible(user, ties), _chosen(chosen, relations)
    any_of = " OR ".join(sql for sql, _ in relations.values())
    of_relations = [value for _, values in relations.values() for value in values]
    near_values = [*of_relations, *visible[1]]
    statement = _STATEMENT.format(
        near=f"s.id <> {int(case.pk)} AND ({any_of}) AND {visible[0]}",
        chosen=narrowed[0],
        **{name: f"CASE WHEN {sql} THEN 1 ELSE 0 END" for name, (sql, _) in relations.items()},
    )
    values = [*of_relations, *near_values, *of_relations, *near_values, *narrowed[1], most, start]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    counted = [_counted(row) for row in rows if row[0] == 0]
    return counted, [_around(row) for row in sorted(row for row in rows if row[0] > 0)]


Condition = tuple[str, Sequence[Any]]
_NONE: Condition = ("1 = 0", ())


def _of_text(near: Near) -> Condition:
    """By numbers of ours, written into the statement: there may be hundreds."""
    digests, mates = (", ".join(map(str, map(int, numbers))) for numbers in (near.kinds, near.mates))
    found = [f"s.likeness IN ({digests})" if digests else "", f"s.id IN ({mates})" if mates else ""]
    return f"({' OR '.join(filter(None, found)) or '1 = 0'})", ()


def _of_organization(case: StoredCase) -> Condition:
    parts: list[str] = []
    values: list[Any] = []
    if case.requester_key:
        parts, values = ["s.requester_key = %s"], [case.requester_key]
    if case.organization_id:
        parts.append("s.organization_id = %s")
        values.append(_written(case.organization_id))
    return (f"({' OR '.join(parts)})", values) if parts else _NONE


def _written(key: UUID) -> Any:
    return StoredCase._meta.get_field("organization").get_db_prep_value(key, connection)


def _visible(user: User, ties: Ties | None) -> Condition:
    """What `search.cases_of` leaves to a person: no case that bars them, and to whom works in public none unposted."""
    barred = Petition.objects.all().barred_keys(user, ties)
    found = f"(s.petition_id IS NULL OR s.petition_id NOT IN ({barred.sql}))"
    if user.role not in READS_CONFIDENTIAL:
        unposted = f"SELECT id FROM {Petition._meta.db_table} WHERE posted_at IS NULL"
        found += f" AND (s.petition_id IS NULL OR s.petition_id NOT IN ({unposted}))"
    return found, barred.params


def _chosen(chosen: Mapping[str, str], relations: Mapping[str, Condition]) -> Condition:
    sql, values = relations.get(chosen["relation"], ("1 = 1", ()))
    parts, sent = [sql], list(values)
    for name in ("outcome", "kind"):
        if chosen[name]:
            parts.append(f"s.{name} = %s")
            sent.append(chosen[name])
    return " AND ".join(parts), sent


def _counted(row: Sequence[Any]) -> Counted:
    return Counted(row[2], row[3], row[4], dict(zip(RELATIONS, map(int, row[5:8]), strict=True)))


def _around(row: Sequence[Any]) -> Around:
    _, reference, outcome, kind, key, digest, of_number, of_organization, requester, hts10, product, filed, decided = (
        row
    )
    return Around(
        key, reference, kind, requester, hts10, product, _day(filed), outcome, _day(decided), int(digest),
        bool(of_number), bool(of_organization),
    )  # fmt: skip


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
