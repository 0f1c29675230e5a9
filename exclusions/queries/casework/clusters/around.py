"""The stored cases around one, counted and read in one statement.

Written by hand: the cases of a number are thousands, and one statement counts them all and reads a page of them. As
querysets it would be two, of which the second sorts every case around; the tab of a case is at its 15 statements.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from exclusions.facts.like_cases import Near
from exclusions.models import StoredCase, User
from exclusions.models.interest import Ties
from exclusions.queries.casework.barred import unseen_keys
from exclusions.workflow.outcomes import CaseOutcome

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
        return _LABELS[self.outcome]


_LABELS = {one.value: str(one.label) for one in CaseOutcome}


@dataclass(frozen=True)
class Counted:
    """How many cases there are of an outcome and kind: all of them, and those in each relation.

    A sum of several is meant: what is left out of a count is there by itself, and less than nothing.
    """

    outcome: str
    kind: str
    all: int
    of: Mapping[str, int]


_TABLE = StoredCase._meta.db_table
_BLANKS = "'', '', '', '', ''"
# Those of the number and of the organization are counted on indexes that hold all that is asked of them, less those
# that the person may not know of; those near in text, which are few, one by one. For a page each part is read where the
# page lies in it, and no further. What is near is read from the index of what is compared, which has all that is asked
# of it; the others of the cluster apart, or PostgreSQL would read the rows themselves. Of what was counted the groups
# alone are gone through again.
# The days of those of the organization are sorted as texts, or PostgreSQL would go through the days of the whole store.
_STATEMENT = f"""
WITH barred (id) AS MATERIALIZED ({{barred}}), near AS MATERIALIZED (
SELECT s.id, s.filed_on, s.outcome, s.kind, {{is_number}} AS n, {{is_organization}} AS o
FROM {_TABLE} s WHERE {{worded}} AND {{seen}}
UNION ALL SELECT s.id, s.filed_on, s.outcome, s.kind, {{is_number}}, {{is_organization}}
FROM {_TABLE} s WHERE {{mate}} AND {{seen}}
), alike AS MATERIALIZED (
SELECT s.outcome, s.kind, s.n, s.o, COUNT(*) AS number FROM near s GROUP BY s.outcome, s.kind, s.n, s.o
), tallied AS MATERIALIZED (
SELECT outcome, kind, n, o, COUNT(*) AS number FROM (
SELECT s.outcome, s.kind, 1 AS n, {{is_organization}} AS o FROM {_TABLE} s WHERE {{number}}
UNION ALL SELECT s.outcome, s.kind, 0, 1 FROM {_TABLE} s WHERE {{organization}} AND NOT {{number}}
) each_one GROUP BY outcome, kind, n, o
), unseen AS MATERIALIZED (
SELECT * FROM (
SELECT s.outcome, s.kind, {{is_number}} AS n, {{is_organization}} AS o FROM {_TABLE} s WHERE s.id IN (
SELECT %(case)s UNION SELECT u.id FROM {_TABLE} u WHERE u.petition_id IN (SELECT id FROM barred))
) few WHERE n + o > 0
), sizes AS MATERIALIZED (
SELECT near, near + (SELECT COALESCE(SUM(s.number), 0) FROM tallied s WHERE s.n = 1 AND {{chosen}})
- (SELECT COUNT(*) FROM unseen s WHERE s.n = 1 AND {{chosen}}) - numbered AS numbered
FROM (
SELECT COALESCE(SUM(s.number), 0) AS near, COALESCE(SUM(s.number * s.n), 0) AS numbered FROM alike s
WHERE {{chosen_near}}
) summed
)
SELECT 0 AS place, '' AS reference, outcome, kind, CAST(SUM(number) AS bigint) AS id, 0 AS likeness,
CAST(SUM(n * number) AS bigint) AS n, CAST(SUM(o * number) AS bigint) AS o,
'' AS requester, '' AS hts10, '' AS product, '' AS filed_on, '' AS decided_on
FROM tallied GROUP BY outcome, kind
UNION ALL SELECT 0, '', outcome, kind, CAST(SUM(CASE WHEN n + o = 0 THEN number ELSE 0 END) AS bigint),
CAST(SUM(number) AS bigint), 0, 0, {_BLANKS} FROM alike GROUP BY outcome, kind
UNION ALL SELECT 0, '', outcome, kind, -COUNT(*), 0, -SUM(n), -SUM(o), {_BLANKS} FROM unseen GROUP BY outcome, kind
UNION ALL SELECT ROW_NUMBER() OVER (ORDER BY p.t DESC, {{is_number}} DESC, s.filed_on DESC, s.id DESC), s.reference,
s.outcome, s.kind, s.id, s.likeness, {{is_number}}, {{is_organization}}, s.requester, s.hts10, s.product,
CAST(s.filed_on AS text), CAST(s.decided_on AS text)
FROM (
SELECT * FROM (
SELECT s.id, 1 AS t FROM near s WHERE {{chosen_near}}
ORDER BY s.n DESC, s.filed_on DESC, s.id DESC LIMIT %(most)s OFFSET %(start)s
) a UNION ALL SELECT * FROM (
SELECT s.id, 0 FROM {_TABLE} s WHERE {{number}} AND {{other}} AND {{seen}} AND {{chosen_rows}}
ORDER BY s.filed_on DESC, s.id DESC LIMIT {{most_numbered}} OFFSET {{start_numbered}}
) b UNION ALL SELECT * FROM (
SELECT s.id, 0 FROM {_TABLE} s WHERE {{organization}} AND NOT {{number}} AND {{other}} AND {{seen}}
AND {{chosen_rows}}
ORDER BY CAST(s.filed_on AS text) DESC, s.id DESC LIMIT {{most_organized}} OFFSET {{start_organized}}
) c
) p JOIN {_TABLE} s ON s.id = p.id
"""
# Where the part of the number, and that of the organization, begin and end on the page.
_PLACES = {
    "most_numbered": "CASE WHEN near < %(end)s AND numbered > %(start)s THEN %(most)s ELSE 0 END",
    "start_numbered": "CASE WHEN near < %(start)s THEN %(start)s - near ELSE 0 END",
    "most_organized": "CASE WHEN numbered < %(end)s THEN %(most)s ELSE 0 END",
    "start_organized": "CASE WHEN numbered < %(start)s THEN %(start)s - numbered ELSE 0 END",
}
_WHERE = {name: f"(SELECT {sql} FROM sizes)" for name, sql in _PLACES.items()}
_ON_POSTGRESQL = {
    "worded": "s.likeness = ANY(CAST(%(digests)s AS bigint[]))",
    "mate": "s.id = ANY(CAST(%(mates)s AS bigint[])) AND s.likeness <> ALL(CAST(%(digests)s AS bigint[]))",
    # Asked so it is looked up, and not compared with each number of a list.
    "other": "s.likeness NOT IN (SELECT unnest(CAST(%(digests)s AS bigint[])))\
 AND s.id NOT IN (SELECT unnest(CAST(%(mates)s AS bigint[])))",
}
_LISTED = "IN (SELECT value FROM json_each(%({})s))"
_ELSEWHERE = {
    "worded": f"s.likeness {_LISTED.format('digests')}",
    "mate": f"s.id {_LISTED.format('mates')} AND s.likeness NOT {_LISTED.format('digests')}",
    "other": f"s.likeness NOT {_LISTED.format('digests')} AND s.id NOT {_LISTED.format('mates')}",
}


def cases_around(
    case: StoredCase, near: Near, user: User, ties: Ties | None, chosen: Mapping[str, str], *, start: int, most: int
) -> tuple[list[Counted], list[Around]]:
    """Return how many cases around one a person may know of, and those of a page, the nearest first. One statement.

    `chosen` narrows the page by relation, outcome and kind, `start` is how many come before it.
    """
    listed = "{{{}}}" if connection.vendor == "postgresql" else "[{}]"
    digests, mates = (listed.format(",".join(map(str, numbers))) for numbers in (near.kinds, near.mates))
    values: dict[str, Any] = {"end": start + most, "most": most, "start": start, "case": case.pk}
    values |= {"hts10": case.hts10, "digests": digests, "mates": mates}
    relations = {
        "number": "s.hts10 = %(hts10)s" if case.hts10 else _NONE,
        "organization": _of_organization(case, values),
    }
    narrowed = _narrowed(chosen, values)
    of_rows, of_groups = ({**one, "text": _NONE}.get(chosen["relation"], _ALL) for one in (relations, _OF_GROUPS))
    parts = {
        **(_ON_POSTGRESQL if connection.vendor == "postgresql" else _ELSEWHERE),
        **relations,
        **{f"is_{name}": f"CASE WHEN {sql} THEN 1 ELSE 0 END" for name, sql in relations.items()},
        "barred": unseen_keys(user, ties, values),
        "seen": "s.id <> %(case)s AND (s.petition_id IS NULL OR s.petition_id NOT IN (SELECT id FROM barred))",
        "chosen": f"{of_groups}{narrowed}",
        "chosen_rows": f"{of_rows}{narrowed}",
        "chosen_near": f"{_OF_GROUPS.get(chosen['relation'], _ALL)}{narrowed}",
    }

    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT.format(**parts, **_WHERE), values)
        rows = cursor.fetchall()
    shown = sorted(row for row in rows if row[0] > 0)[:most]
    return [_counted(row) for row in rows if row[0] == 0], [_around(row) for row in shown]


# Below, each returns a condition; what it is asked with is put into `values`.
_ALL, _NONE = "1 = 1", "1 = 0"
_OF_GROUPS = {"number": "s.n = 1", "organization": "s.o = 1"}  # as relations are told of what was counted


def _of_organization(case: StoredCase, values: dict[str, Any]) -> str:
    parts: list[str] = []
    if case.requester_key:
        parts, values["requester"] = ["s.requester_key = %(requester)s"], case.requester_key
    if case.organization_id:
        parts.append("s.organization_id = %(organization)s")
        values["organization"] = _written(case.organization_id)
    return f"({' OR '.join(parts)})" if parts else _NONE


def _written(key: UUID) -> Any:
    return StoredCase._meta.get_field("organization").get_db_prep_value(key, connection)


def _narrowed(chosen: Mapping[str, str], values: dict[str, Any]) -> str:
    names = [name for name in ("outcome", "kind") if chosen[name]]
    values |= {name: chosen[name] for name in names}
    return "".join(f" AND s.{name} = %({name})s" for name in names)


def _counted(row: Sequence[Any]) -> Counted:
    return Counted(row[2], row[3], int(row[4]), dict(zip(RELATIONS, map(int, row[5:8]), strict=True)))


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
