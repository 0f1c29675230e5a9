"""The first page of a narrowed docket, read with the count of its rows: both take the same few rows of the table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

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
_BOTH = """
WITH found ({columns}, docket) AS MATERIALIZED ({chosen})
(SELECT {columns}, NULL AS docket, NULL AS chapter, 0 AS number FROM found {narrowed} ORDER BY {order} LIMIT {most})
UNION ALL
SELECT NULL, NULL, NULL, NULL, stage, NULL, NULL, NULL, NULL, docket, {chapter}, count(*) FROM found
GROUP BY stage, docket, {chapter}
"""


def to_be_counted(rows: "QuerySet[Any]", bound: int) -> tuple[str, tuple[Any, ...]]:
    """Return the statement that gives `counted_with_page` up to `bound` rows, and its values. Raises EmptyResultSet."""
    sql, values = rows.order_by().values_list(*LIST_COLUMNS, "docket")[:bound].query.sql_with_params()
    return sql, tuple(values)


def counted_with_page(
    connection: Any, sql: str, values: Sequence[Any], chosen: Mapping[str, str], ahead: Ahead
) -> list[tuple[str, str, str, int]]:
    """Return the groups (docket, stage, chapter, number) of the rows of `to_be_counted`, and note the page of those of
    them that are of the chosen docket, stage and chapter. PostgreSQL alone. One statement.

    The page is the list's where all rows were read.
    """
    order = ", ".join(f"{one.removeprefix('-')} {'DESC' if one.startswith('-') else 'ASC'}" for one in ahead.order)
    narrowed = " AND ".join(f"{CHAPTER if name == 'chapter' else name} = %s" for name in chosen)
    statement = _BOTH.format(
        columns=", ".join(LIST_COLUMNS),
        chosen=sql,
        narrowed=f"WHERE {narrowed}" if narrowed else "",
        order=order,
        most=ahead.size + 1,
        chapter=CHAPTER,
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, *chosen.values()])
        return _apart(cursor.fetchall(), ahead)


def _apart(found: Iterable[tuple[Any, ...]], ahead: Ahead) -> list[tuple[str, str, str, int]]:
    ahead.rows, groups = [], []
    for *columns, docket, chapter, number in found:
        if docket is None:
            ahead.rows.append(Row(*columns))
        else:
            groups.append((docket, columns[LIST_COLUMNS.index("stage")], chapter, number))
    return sorted(groups)
