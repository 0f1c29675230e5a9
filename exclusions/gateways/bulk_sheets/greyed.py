"""When a cell of a bulk sheet is greyed: the condition of its question as a formula of spreadsheet programs.

A condition comes as JSON, as pages and the API have it. What it asks of columns that the sheet does not have (the
company's part, tables, columns that a filer left out) is unknown, and a cell is greyed only if its question surely does
not apply.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from xlsxwriter.utility import xl_col_to_name

from exclusions.gateways.bulk_sheets.layout import Column

Written = Mapping[str, Any]
_QUOTE: Final = '"'


def greyed_if(columns: Sequence[Column], place: int, line: int) -> str | None:
    """Return the formula that is true where a column does not apply to a line (counted from 1); None: always may."""
    condition = columns[place].shown_if
    if condition is None:
        return None
    cells = {column.heading: (f"${xl_col_to_name(at)}{line}", column) for at, column in enumerate(columns)}
    may = _may_hold(condition, cells)
    return None if may is None else f"=NOT({may})"


def _may_hold(condition: Written, cells: Mapping[str, tuple[str, Column]]) -> str | None:
    """Return the formula of a condition; None where what it asks is not in the sheet."""
    ((name, asked),) = condition.items()
    if name == "any_of":
        parts = [_may_hold(part, cells) for part in asked]
        return None if None in parts else f"OR({','.join(map(str, parts))})"
    if name == "all_of":
        known = [part for part in (_may_hold(part, cells) for part in asked) if part is not None]
        return f"AND({','.join(known)})" if known else None
    if name == "not":
        return f"NOT({_may_hold(asked, cells)})" if _names(asked) <= cells.keys() else None
    if asked["key"] not in cells:
        return None
    cell, column = cells[asked["key"]]
    return _OF_ONE[name](f"TRIM({cell})", column, asked)


def _names(condition: Written) -> set[str]:
    ((name, asked),) = condition.items()
    if name in ("any_of", "all_of"):
        return set().union(*map(_names, asked))
    return _names(asked) if name == "not" else {asked["key"]}


def _is_one_of(text: str, column: Column, values: Sequence[str]) -> str:
    """A cell may hold an answer as it is offered, or as it is kept."""
    labels = dict(zip(column.values, column.choices, strict=True))
    typed = sorted({either.casefold() for value in values for either in (value, labels.get(value, value))})
    return f"OR({','.join(f'LOWER({text})={_quoted(one)}' for one in typed)})"


def _in_chapter(text: str, column: Column, asked: Written) -> str:
    digits = f'SUBSTITUTE(SUBSTITUTE({text},".","")," ","")'
    return f"OR({','.join(f'LEFT({digits},2)={_quoted(chapter)}' for chapter in asked['chapters'])})"


def _quoted(text: str) -> str:
    return _QUOTE + text.replace(_QUOTE, _QUOTE * 2) + _QUOTE


_OF_ONE: Final[Mapping[str, Callable[[str, Column, Written], str]]] = {
    "is": lambda text, column, asked: _is_one_of(text, column, [asked["value"]]),
    "one_of": lambda text, column, asked: _is_one_of(text, column, asked["values"]),
    "answered": lambda text, column, asked: f'{text}<>""',
    "chapter": _in_chapter,
}
