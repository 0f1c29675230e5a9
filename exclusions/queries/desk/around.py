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
# twice by their indexes. For a page, those of the number are read by their day and no further than it goes, and those
# of the organization only where these do not fill it: to sort eleven thousand takes twice as long as to count them. The
# days of these are sorted as texts, or PostgreSQL would look for them through the days of the whole store.
_STATEMENT = f"""
    SELECT 0 AS place, '' AS reference, s.outcome, s.kind, COUNT(*) AS id, SUM({{is_text}}) AS a,
        SUM({{is_number}}) AS b, SUM({{is_organization}}) AS c, '' AS requester, '' AS hts10, '' AS product,
        '' AS filed_on, '' AS decided_on
    FROM {_TABLE} s WHERE ({{text}} OR {{number}} OR {{organization}}) AND {{seen}} GROUP BY s.outcome, s.kind
    UNION ALL
    SELECT p.place, s.reference, s.outcome, s.kind, s.id, s.likeness, p.of_number, p.of_organization,
        s.requester, s.hts10, s.product, CAST(s.filed_on AS text), CAST(s.decided_on AS text)
    FROM (
        SELECT page.*, ROW_NUMBER() OVER (ORDER BY {_ORDER}) AS place FROM (
            SELECT * FROM (
                SELECT s.id, s.filed_on, 1 AS of_text, {{is_number}} AS of_number,
                    {{is_organization}} AS of_organization
                FROM {_TABLE} s WHERE {{text}} AND {{seen}} AND {{chosen}}
                UNION ALL SELECT * FROM (
                    SELECT s.id, s.filed_on, 0, 1, {{is_organization}} FROM {_TABLE} s WHERE {{of_number}}
                    ORDER BY s.filed_on DESC, s.id DESC LIMIT %(end)s
                ) numbered
                UNION ALL SELECT * FROM (
                    SELECT s.id, s.filed_on, 0, 0, 1 FROM {_TABLE} s
                    WHERE {{organization}} AND NOT {{number}} AND NOT {{text}} AND {{seen}} AND {{chosen}}
                    ORDER BY CAST(s.filed_on AS text) DESC, s.id DESC LIMIT %(end)s - (
                        SELECT COUNT(*) FROM (SELECT 1 FROM {_TABLE} s WHERE {{of_number}} LIMIT %(end)s) counted
                    )
                ) organized
            ) near ORDER BY {_ORDER} LIMIT %(most)s OFFSET %(start)s
        ) page
    ) p JOIN {_TABLE} s ON s.id = p.id
"""
_OF_NUMBER = "{number} AND NOT {text} AND {seen} AND {chosen}"


def cases_around(
    case: StoredCase, near: Near, user: User, ties: Ties | None, chosen: Mapping[str, str], *, start: int, most: int
) -> tuple[list[Counted], list[Around]]:
    """Return how many cases around one a person may know of, and those of a page, the nearest first.

    `chosen` narrows the page by relation, outcome and kind, `start` is how many come before it. One statement.
    """
    values: dict[str, Any] = {"end": start + most, "most": most, "start": start, "hts10": case.hts10}
    relations = {
        "text": _of_text(near),
        "number": "s.hts10 = %(hts10)s" if case.hts10 else _NONE,
        "organization": _of_organization(case, values),
    }
    parts = {
        **relations,
        "seen": f"s.id <> {int(case.pk)} AND {_visible(user, ties, values)}",
        "chosen": _chosen(chosen, relations, values),
    }
    flags = {f"is_{name}": f"CASE WHEN {sql} THEN 1 ELSE 0 END" for name, sql in relations.items()}
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT.format(**parts, **flags, of_number=_OF_NUMBER.format(**parts)), values)
        rows = cursor.fetchall()
    counted = [_counted(row) for row in rows if row[0] == 0]
    return counted, [_around(row) for row in sorted(row for row in rows if row[0] > 0)]


# Below, each returns a condition; what it is asked with is put into `values`.
_NONE = "1 = 0"


def _of_text(near: Near) -> str:
    """By numbers of ours, written into the statement: there may be hundreds."""
    digests, mates = (", ".join(map(str, map(int, numbers))) for numbers in (near.kinds, near.mates))
    found = [f"s.likeness IN ({digests})" if digests else "", f"s.id IN ({mates})" if mates else ""]
    return f"({' OR '.join(filter(None, found)) or _NONE})"


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


def _visible(user: User, ties: Ties | None, values: dict[str, Any]) -> str:
    """What `search.cases_of` leaves to a person: no case that bars them, and to whom works in public none unposted."""
    barred = Petition.objects.all().barred_keys(user, ties)
    names = [f"barred_{number}" for number in range(len(barred.params))]
    values |= dict(zip(names, barred.params, strict=True))
    without = barred.sql % tuple(f"%({name})s" for name in names)
    found = f"(s.petition_id IS NULL OR s.petition_id NOT IN ({without}))"
    if user.role not in READS_CONFIDENTIAL:
        unposted = f"SELECT id FROM {Petition._meta.db_table} WHERE posted_at IS NULL"
        found += f" AND (s.petition_id IS NULL OR s.petition_id NOT IN ({unposted}))"
    return found


def _chosen(chosen: Mapping[str, str], relations: Mapping[str, str], values: dict[str, Any]) -> str:
    parts = [relations.get(chosen["relation"], "1 = 1")]
    for name in ("outcome", "kind"):
        if chosen[name]:
            parts.append(f"s.{name} = %({name})s")
            values[name] = chosen[name]
    return " AND ".join(parts)


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
