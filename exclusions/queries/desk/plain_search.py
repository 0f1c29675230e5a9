"""A search for no words: by number, kind, outcome and docket, newest first; counted by the tally, in one statement.

Written by hand: the cases of a subheading are thousands, and a page deep in them is read from an index alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db import connection

from exclusions.models import StoredCase, StoredTally, User
from exclusions.queries.desk.barred import unseen_keys
from exclusions.queries.desk.search import BEST, LONGEST, NEWEST, PAGE_SIZE, Words
from exclusions.workflow.outcomes import CaseOutcome

_CHOICES: Mapping[str, Mapping[str, str]] = {
    "kind": {str(one.value): str(one.label) for one in StoredCase.Kind},
    "outcome": {str(one.value): str(one.label) for one in CaseOutcome},
}


class Found(NamedTuple):
    """A case that was found, as it is printed."""

    reference: str
    kind: str
    requester: str
    hts10: str
    product: str
    outcome: str
    filed_on: date | None
    decided_on: date | None

    def get_kind_display(self) -> str:
        """Return the kind in words."""
        return _CHOICES["kind"][self.kind]

    def get_outcome_display(self) -> str:
        """Return the outcome in words."""
        return _CHOICES["outcome"][self.outcome]


@dataclass(frozen=True)
class PlainSearch:
    """What was asked: beginnings of numbers, as digits, and what narrows the list; `chosen` is what a form shows."""

    numbers: tuple[str, ...]
    chosen: Mapping[str, str]


def plain_search(asked: Mapping[str, Any]) -> PlainSearch | None:
    """Return what an address asks, where it is no words and no best match; None for any other search."""
    given = {name: str(asked.get(name) or "") for name in ("q", "kind", "outcome", "docket")}
    given |= {name: given[name].strip() for name in ("q", "docket")}
    words, newest = Words.of(given["q"]), asked.get("sort") == NEWEST
    is_plain = not words.others and all("." in number for number in words.numbers) and (newest or not given["q"])
    if not is_plain or len(given["q"]) > MOST or any("\x00" in text for text in given.values()):
        return None
    known = {name: given[name] if given[name] in choices else "" for name, choices in _CHOICES.items()}
    numbers = tuple(number.replace(".", "") for number in words.numbers)
    return PlainSearch(numbers, {**given, **known, "sort": NEWEST if newest else BEST})


MOST = 200  # characters
_TABLE, _TALLY = StoredCase._meta.db_table, StoredTally._meta.db_table
_STATEMENT = f"""
WITH barred (id) AS MATERIALIZED ({{barred}})
SELECT 0 AS place, '' AS reference, '' AS kind, '' AS requester, '' AS hts10, '' AS product, '' AS outcome,
'' AS filed_on, '' AS decided_on, CAST((SELECT COALESCE(SUM(s.number), 0) FROM {_TALLY} s WHERE {{asked}}) - (
SELECT COUNT(*) FROM {_TABLE} s WHERE s.petition_id IN (SELECT id FROM barred) AND {{asked}}) AS bigint) AS number
UNION ALL SELECT ROW_NUMBER() OVER (ORDER BY s.filed_on DESC, s.id DESC), s.reference, s.kind, s.requester, s.hts10,
s.product, s.outcome, CAST(s.filed_on AS text), CAST(s.decided_on AS text), 0
FROM (
SELECT s.id FROM {_TABLE} s WHERE {{asked}} AND (s.petition_id IS NULL OR s.petition_id NOT IN (SELECT id FROM barred))
ORDER BY s.filed_on DESC, s.id DESC LIMIT %(most)s OFFSET %(start)s
) p JOIN {_TABLE} s ON s.id = p.id
"""


def plain_page(search: PlainSearch, user: User, page_asked: str | None) -> Page[Any]:
    """Return the page that was asked for, of the cases that a person may know of: one statement, and one for ties.

    One more for a page beyond the last.
    """
    written = page_asked or ""
    number = max(1, int(written)) if written.isascii() and written.isdigit() and len(written) < 7 else 1
    count, rows = _read(search, user, (number - 1) * PAGE_SIZE)
    page: Page[Any] = Paginator(range(count), PAGE_SIZE).get_page(page_asked)
    if page.number != number:
        rows = _read(search, user, (page.number - 1) * PAGE_SIZE)[1]
    page.object_list = rows
    return page


def _read(search: PlainSearch, user: User, start: int) -> tuple[int, list[Found]]:
    values: dict[str, Any] = {"most": PAGE_SIZE, "start": start}
    conditions = ["1 = 1"]
    for place, digits in enumerate(search.numbers):
        # A stretch of the index whatever the database's collation, which the beginning of a text is not everywhere.
        conditions.append(f"s.hts10 >= %(from_{place})s AND s.hts10 <= %(to_{place})s")
        values |= {f"from_{place}": digits, f"to_{place}": digits.ljust(LONGEST, "9")}
    for name in ("kind", "outcome", "docket"):
        if search.chosen[name]:
            conditions.append(f"s.{name} = %({name})s")
            values[name] = search.chosen[name]
    statement = _STATEMENT.format(barred=unseen_keys(user, None, values), asked=" AND ".join(conditions))
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = sorted(cursor.fetchall())
    return int(rows[0][-1]), [_case(row) for row in rows[1:]]


def _case(row: Sequence[Any]) -> Found:
    _, reference, kind, requester, hts10, product, outcome, filed, decided, _ = row
    return Found(reference, kind, requester, hts10, product, outcome, _day(filed), _day(decided))


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
