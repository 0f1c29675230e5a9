"""The first page of a narrowed docket, read with the count of its rows: both take the same few rows of the table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.db.models.functions import Substr

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


_BOTH = """
WITH found ({columns}, docket, chapter) AS MATERIALIZED ({chosen})
(SELECT {columns}, NULL AS docket, NULL AS chapter, 0 AS number FROM found {narrowed} ORDER BY {order} LIMIT {most})
UNION ALL
SELECT NULL, NULL, NULL, NULL, stage, NULL, NULL, NULL, NULL, docket, chapter, count(*) FROM found
GROUP BY stage, docket, chapter
"""


def counted_with_page(
    connection: Any, rows: "QuerySet[Any]", bound: int, chosen: Mapping[str, str], ahead: Ahead
) -> list[tuple[str, str, str, int]]:
    """Return the groups (docket, stage, chapter, number) of up to `bound` rows, and note the page of those of them that
    are of the chosen docket, stage and chapter. PostgreSQL alone. One statement.

    The page is the list's where all rows were read.
    """
    first = rows.order_by().values_list(*LIST_COLUMNS, "docket", Substr("hts10", 1, 2))[:bound]
    sql, values = first.query.sql_with_params()
    order = ", ".join(f"{one.removeprefix('-')} {'DESC' if one.startswith('-') else 'ASC'}" for one in ahead.order)
    narrowed = " AND ".join(f"{name} = %s" for name in chosen)
    statement = _BOTH.format(
        columns=", ".join(LIST_COLUMNS),
        chosen=sql,
        narrowed=f"WHERE {narrowed}" if narrowed else "",
        order=order,
        most=ahead.size + 1,
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
