"""Which exclusions the registry's filters leave, as a statement that Django puts together once for each set of filters.

Put together for each visit it takes a fifth of the page. Numbers are left to Django: what they ask depends on them.
"""

from datetime import date
from functools import cache
from typing import Any, NamedTuple, TypedDict

from django.db import connections, router

from exclusions.gateways.database.words import sought
from exclusions.goods.asked import read_asked
from exclusions.models.exclusion import Exclusion
from exclusions.queries.public.registry import registry

_LIST, _HEADING, _DAY, _WORDS = "a-list", "a-heading", date(1901, 2, 3), "Oneword Otherword"


class Narrowing(TypedDict):
    """What is asked of `registry`, by the names of its filters."""

    hts: str
    action: str
    heading: str
    as_of: date | None
    words: str


class Chosen(NamedTuple):
    """A statement that finds the keys of exclusions, and what it takes."""

    sql: str
    values: tuple[Any, ...]


def chosen_keys(narrowing: Narrowing) -> Chosen:
    """Return how the keys of the exclusions that `registry` leaves are found. No statement is sent."""
    words, asked = narrowing["words"], read_asked(narrowing["words"])
    if narrowing["hts"] or asked.numbers or asked.reference or (words and asked.is_empty):
        return Chosen(*_statement(narrowing))
    alias = router.db_for_read(Exclusion)
    heading, day = narrowing["heading"], narrowing["as_of"]
    sql, shown = _of_shape(alias, bool(narrowing["action"]), bool(heading), bool(day), bool(words))
    sent = dict(zip(_values(_EXAMPLE, alias), _values(narrowing, alias), strict=True))
    return Chosen(sql, tuple(sent.get(value, value) for value in shown))


_EXAMPLE = Narrowing(hts="", action=_LIST, heading=_HEADING, as_of=_DAY, words=_WORDS)


def _values(narrowing: Narrowing, alias: str) -> list[Any]:
    """What a statement takes for each of the filters: for words the search for them, and the reference they begin."""
    ops: Any = connections[alias].ops
    words, day = narrowing["words"], narrowing["as_of"]
    return [
        narrowing["action"],
        narrowing["heading"],
        ops.adapt_datefield_value(day) if day else None,
        sought(read_asked(words).words, connections[alias].vendor),
        f"{ops.prep_for_like_query(words.strip().upper())}%",
    ]


@cache
def _of_shape(alias: str, action: bool, heading: bool, day: bool, words: bool) -> tuple[str, tuple[Any, ...]]:
    """Return the statement where these filters are given, each with the example's value."""
    return _statement(
        Narrowing(
            hts="",
            action=_LIST if action else "",
            heading=_HEADING if heading else "",
            as_of=_DAY if day else None,
            words=_WORDS if words else "",
        )
    )


def _statement(narrowing: Narrowing) -> tuple[str, tuple[Any, ...]]:
    sql, values = registry(**narrowing).order_by().values_list("pk").query.sql_with_params()
    return sql, tuple(values)
