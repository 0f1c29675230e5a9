"""The first page of a narrowed docket, read with the count of its rows: both take the same few rows of the table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from exclusions.gateways.database.together import Fetch
from exclusions.models.public import PublicPetition

LIST_COLUMNS = (
    "reference",
    "product_name",
    "organization_name",
    "hts10",
    "stage",
    "posted_on",
    "response_closes_at",
    "decided_on",
    "historical",
)


class Row(NamedTuple):
    """A petition as the list shows it: LIST_COLUMNS."""

    reference: str
    product_name: str
    organization_name: str
    hts10: str
    stage: str
    posted_on: date | None
    response_closes_at: datetime | None
    decided_on: date | None
    historical: bool


@dataclass
class Ahead:
    """The order and the size of the page; `rows` are as many and one more once they were read, None before."""

    order: Sequence[str]
    size: int
    rows: list[Row] | None = None


CHAPTER = "substr(hts10, 1, 2)"
ALL = "all"  # in place of a docket
_TABLE = str(PublicPetition._meta.db_table)
_COLUMNS = ", ".join(LIST_COLUMNS)
_GROUPS = f"""
SELECT NULL, NULL, NULL, NULL, stage, NULL, NULL, NULL, NULL, docket, {CHAPTER} AS chapter, count(*) AS number
FROM found {{which}} GROUP BY stage, docket, {CHAPTER}
UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{ALL}', NULL, count(*) FROM found
"""
_PAGE = f"SELECT {_COLUMNS}, NULL AS docket, NULL AS chapter, 0 AS number"
_OF_FOUND = f"({_PAGE} FROM found {{narrowed}} ORDER BY {{order}} LIMIT %s)"
# What the index of numbers holds; the rest of a page is read by its keys.
_HELD = ("reference", "posted_on", "hts10", "stage", "docket")
_ON_NUMBERS = f"SELECT {{held}} FROM {_TABLE} WHERE hts10 >= %s AND hts10 < %s LIMIT %s"
_BY_KEY = f"""
({_PAGE} FROM {_TABLE} WHERE reference IN (SELECT reference FROM found {{narrowed}} ORDER BY {{order}} LIMIT %s)
ORDER BY {{order}})
"""


class Met(NamedTuple):
    """So many rows were met, and their groups (docket, stage, chapter, number): none where they were not asked for."""

    total: int
    groups: list[tuple[str, str, str, int]]


def to_be_counted(rows: "QuerySet[Any]", most: int) -> tuple[str, tuple[Any, ...]]:
    """Return the statement that gives `counted_with_page` so many rows, and its values. Raises EmptyResultSet."""
    sql, values = rows.order_by().values_list(*LIST_COLUMNS, "docket")[:most].query.sql_with_params()
    return sql, tuple(values)


def counted_with_page(
    alias: str, sql: str, values: Sequence[Any], bound: int, chosen: Mapping[str, str], ahead: Ahead
) -> Fetch[Met]:
    """What asks how many rows `to_be_counted` has, with their groups where they are at most `bound` or some are chosen,
    and notes the page of those of them that are of the chosen docket, stage and chapter. PostgreSQL alone. One
    statement.

    The page is the list's where all rows were read.
    """
    found = f"WITH found ({_COLUMNS}, docket) AS MATERIALIZED ({sql})"
    page = _page(_OF_FOUND, chosen, ahead)
    asked = f"{found} {page} {_groups(bound, chosen)}", [*values, *chosen.values(), ahead.size + 1]
    return Fetch(alias, asked, lambda rows: _apart(rows, ahead))


def counted_on_numbers(
    alias: str, numbers: tuple[str, str], most: int, bound: int, chosen: Mapping[str, str], ahead: Ahead | None
) -> Fetch[Met]:
    """What asks how many petitions there are whose plain number lies in a range, up to so many, from the index of
    numbers; all else as in `counted_with_page`. PostgreSQL alone. One statement."""
    held = dict.fromkeys([*_HELD, *(one.removeprefix("-") for one in ahead.order)] if ahead else _HELD)
    found = f"WITH found AS MATERIALIZED ({_ON_NUMBERS.format(held=', '.join(held))})"
    page = _page(_BY_KEY, chosen, ahead) if ahead else ""
    asked = [*chosen.values(), ahead.size + 1] if ahead else []
    sql = f"{found} {page} {_groups(bound, chosen)}"
    return Fetch(alias, (sql, [*numbers, most, *asked]), lambda rows: _apart(rows, ahead or Ahead((), 0)))


def _page(page: str, chosen: Mapping[str, str], ahead: Ahead) -> str:
    order = ", ".join(f"{one.removeprefix('-')} {'DESC' if one.startswith('-') else 'ASC'}" for one in ahead.order)
    narrowed = " AND ".join(f"{CHAPTER if name == 'chapter' else name} = %s" for name in chosen)
    return f"{page.format(narrowed=f'WHERE {narrowed}' if narrowed else '', order=order)} UNION ALL"


def _groups(bound: int, chosen: Mapping[str, str]) -> str:
    """Rows are only grouped where that is of use: of many it takes longer than to count them."""
    return _GROUPS.format(which="" if chosen else f"WHERE (SELECT count(*) FROM found) <= {bound}")


def _apart(found: Iterable[tuple[Any, ...]], ahead: Ahead) -> Met:
    ahead.rows, groups, total = [], [], 0
    for *columns, docket, chapter, number in found:
        if docket is None:
            ahead.rows.append(Row(*columns))
        elif docket == ALL:
            total = number
        else:
            groups.append((docket, columns[LIST_COLUMNS.index("stage")], chapter, number))
    return Met(total, sorted(groups))
