"""Words in the columns of a row, by the full-text index of either database."""

from collections.abc import Mapping, Sequence

from django.db import connection
from django.db.models import BooleanField, F, Func, Q, Value
from django.db.models.expressions import RawSQL

# PostgreSQL takes what these join for one word (pump/valve, a.com); they are blanks at both ends of a search.
JOINING = "-./:@_+~&=?#"


def holding(words: Sequence[str], columns: Sequence[str], index: str, *, kept: str = "") -> Q:
    """Return the condition that all the words (letters and digits alone) occur in the columns, in any form of theirs.

    PostgreSQL's index is over the very expression that is made here, with the columns in their order, or over `kept`,
    the column (with its table) in which the migrations keep the words; `index` is SQLite's FTS5 table.
    """
    if connection.vendor != "postgresql":
        return _matching(index, " ".join(f'"{word}"' for word in words))
    wanted = " ".join(words)
    if kept:
        return Q(RawSQL(f"{kept} @@ plainto_tsquery('english', %s)", [wanted], BooleanField()))
    row = Func(*map(F, columns), template="%(expressions)s", arg_joiner=" || ' ' || ")
    return Q(
        Func(
            row,
            Value(wanted),
            template="to_tsvector('english', translate(%(expressions)s)",
            arg_joiner=f", '{JOINING}', '{' ' * len(JOINING)}')) @@ plainto_tsquery('english', ",
            output_field=BooleanField(),
        )
    )


def holding_begun(words: Sequence[str], index: str, *, kept: str) -> Q:
    """Return the condition that all the words occur in the columns, in any form of theirs, the last one begun.

    `kept` is the expression that PostgreSQL's index is over, `index` SQLite's FTS5 table.
    """
    *whole, last = words
    if connection.vendor != "postgresql":
        return _matching(index, " ".join([*(f'"{word}"' for word in whole), f'"{last}"*']))
    return Q(RawSQL(f"{kept} @@ to_tsquery('english', %s)", [" & ".join([*whole, f"{last}:*"])], BooleanField()))


def _matching(index: str, wanted: str) -> Q:
    """Return the condition that a table of FTS5 finds the row, whose key is its own."""
    return Q(pk__in=RawSQL(f"SELECT rowid FROM {index} WHERE {index} MATCH %s", [wanted]))


def of_kinds(kinds: Mapping[str, str], kept: str) -> Q:
    """Return the condition that the columns hold these values, for rows that hold words, too. On PostgreSQL `kept` is
    the array of the columns that stands beside the words in their index."""
    if not kinds or connection.vendor != "postgresql":
        return Q(**kinds)
    return Q(RawSQL(f"{kept} @> %s::text[]", [list(kinds.values())], BooleanField()))
