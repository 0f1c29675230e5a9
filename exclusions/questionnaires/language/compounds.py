"""Answers of more than one cell: rows, purchases, revenue, quantities and lists of files, cleaned and found wanting.

Cleaning keeps what it cannot read as it was typed, so that a draft loses nothing; `Flaw` says what is wrong with it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from exclusions.questionnaires.language.condition import Answers
from exclusions.questionnaires.language.question import Choice, Column, Kind, Question
from exclusions.questionnaires.language.scalars import Rejected, plain, scalar
from exclusions.questionnaires.language.units import canonical_unit

MAX_ROWS = 200


@dataclass(frozen=True)
class Flaw:
    """What is wrong in one cell ("" is the whole answer)."""

    cell: str
    message: str
    remedy: str


@dataclass(frozen=True)
class Cell:
    """One input of a compound answer: its name within the answer, and enough to validate it."""

    name: str
    label: str
    kind: Kind
    required: bool
    choices: tuple[Choice, ...] = ()
    max_length: int = 255
    min_length: int = 0


def grid_cells(question: Question) -> list[Cell]:
    """Return the cells of a purchases, revenue or quantity question, in order; the unit of measure comes last.

    They are the same as long as there is the question: made once, and kept with it.
    """
    kept: dict[str, list[Cell]] = vars(question)
    if "_cells" not in kept:
        kept["_cells"] = _grid_cells(question)
    return kept["_cells"]


def _grid_cells(question: Question) -> list[Cell]:
    if question.kind is Kind.QUANTITY:
        return [
            Cell("quantity", f"{question.label}: quantity", Kind.NUMBER, True),
            Cell("unit", f"{question.label}: unit of measure", Kind.TEXT, True, max_length=40),
        ]
    if question.kind is Kind.REVENUE:
        return [Cell(p.key, f"{question.label}, {_low(p.label)}", Kind.MONEY, True) for p in question.periods]
    cells = []
    for origin in question.origins:
        for period in question.periods:
            where = f"{origin.label}, {_low(period.label)}"
            name = f"{origin.key}-{period.key}"
            cells.append(Cell(f"{name}-value", f"{where}: value", Kind.MONEY, origin.required))
            cells.append(Cell(f"{name}-quantity", f"{where}: quantity", Kind.NUMBER, origin.required))
    cells.append(Cell("unit", f"{question.label}: unit of measure", Kind.TEXT, True, max_length=40))
    return cells


def flatten(question: Question, value: Any) -> dict[str, Any]:
    """Return the answer of a grid question as {cell name: raw value}; what is not of its shape is left out."""
    if not isinstance(value, Mapping):
        return {}
    if question.kind is not Kind.PURCHASES:
        return {cell.name: value.get(cell.name) for cell in grid_cells(question)}
    found: dict[str, Any] = {"unit": value.get("unit")}
    for origin in question.origins:
        by_period = value.get(origin.key)
        for period in question.periods:
            pair = by_period.get(period.key) if isinstance(by_period, Mapping) else None
            for part in ("value", "quantity"):
                found[f"{origin.key}-{period.key}-{part}"] = pair.get(part) if isinstance(pair, Mapping) else None
    return found


def gather(question: Question, flat: Mapping[str, str]) -> dict[str, Any]:
    """Return the reverse of `flatten`: the answer from {cell name: text}, empty cells left out; {} when all are
    empty.
    """
    filled = {name: text for name, text in flat.items() if text}
    if question.kind is not Kind.PURCHASES:
        return {cell.name: filled[cell.name] for cell in grid_cells(question) if cell.name in filled}
    answer: dict[str, Any] = {}
    for origin in question.origins:
        for period in question.periods:
            for part in ("value", "quantity"):
                name = f"{origin.key}-{period.key}-{part}"
                if name in filled:
                    answer.setdefault(origin.key, {}).setdefault(period.key, {})[part] = filled[name]
    if "unit" in filled:
        answer["unit"] = filled["unit"]
    return answer


def clean_grid(question: Question, value: Any) -> tuple[dict[str, Any], list[Flaw]]:
    """Return a purchases, revenue or quantity answer cleaned, and its flaws."""
    if value and not isinstance(value, Mapping):
        return {}, [Flaw("", f'"{question.label}" is not a table of figures.', "Enter one figure in each cell.")]
    raw = flatten(question, value)
    cleaned, flaws = {}, []
    for cell in grid_cells(question):
        text, flaw = _cell(cell, raw.get(cell.name))
        cleaned[cell.name] = canonical_unit(text) if cell.name == "unit" else text
        flaws += [flaw] if flaw else []
    return gather(question, cleaned), flaws


def clean_rows(question: Question, value: Any) -> tuple[list[dict[str, str]], list[Flaw]]:
    """Return the rows cleaned, unknown columns dropped, empty rows dropped, and their flaws."""
    if value and not isinstance(value, list):
        return [], [Flaw("", f'"{question.label}" is not a list of rows.', "Enter one row for each item.")]
    kept = [
        row
        for row in (value or [])
        if isinstance(row, Mapping) and any(plain(row.get(c.key)) for c in question.columns)
    ]
    flaws: list[Flaw] = []
    if len(kept) > MAX_ROWS:
        flaws.append(Flaw("", f'"{question.label}" has {len(kept)} rows. The limit is {MAX_ROWS}.', "Combine rows."))
    rows = []
    for index, row in enumerate(kept):
        cleaned = {}
        for column in question.columns:
            try:
                text = scalar(column, row.get(column.key))
            except Rejected:  # only now it matters in which row
                text, flaw = _cell(_column_cell(question, column, index, required=False), row.get(column.key))
                flaws += [flaw] if flaw else []
            if text:
                cleaned[column.key] = text
        rows.append(cleaned)
    return rows, flaws


def clean_files(question: Question, value: Any) -> tuple[list[str], list[Flaw]]:
    """Return the document ids, each once, in the order given."""
    if value and not isinstance(value, list):
        return [], [Flaw("", f'"{question.label}" is not a list of documents.', "Give a list of document ids.")]
    ids = [plain(item) for item in (value or []) if not isinstance(item, list | dict)]
    return list(dict.fromkeys(item for item in ids if item)), []


def missing_cells(question: Question, answer: Any, answers: Answers) -> Iterator[Flaw]:
    """Yield the cells of an answer, already cleaned, that must be filled and are not."""
    if question.kind is Kind.ROWS:
        for index, row in enumerate(answer or []):
            for column in question.columns:
                required = column.required if isinstance(column.required, bool) else column.required.holds(answers)
                if required and not row.get(column.key):
                    yield _missing(_column_cell(question, column, index, required=True))
    elif question.kind in (Kind.PURCHASES, Kind.REVENUE, Kind.QUANTITY):
        flat = flatten(question, answer)
        for cell in grid_cells(question):
            if cell.required and not flat.get(cell.name):
                yield _missing(cell)


def _missing(cell: Cell) -> Flaw:
    remedy = "Enter 0 if there is none." if cell.kind in (Kind.MONEY, Kind.NUMBER) else "Fill in this cell."
    if cell.name == "unit":
        remedy = "Enter the unit of the quantities, such as number, kg or liters. Use one unit for the whole table."
    return Flaw(cell.name, f'"{cell.label}" has no answer yet.', remedy)


def _cell(cell: Cell, value: Any) -> tuple[str, Flaw | None]:
    try:
        return scalar(cell, value), None
    except Rejected as rejected:
        return plain(value), Flaw(cell.name, rejected.message, rejected.remedy)


def _column_cell(question: Question, column: Column, index: int, *, required: bool) -> Cell:
    label = f"{question.label}, row {index + 1}: {column.label}"
    return Cell(
        f"{index}-{column.key}", label, column.kind, required, column.choices, column.max_length, column.min_length
    )


def _low(label: str) -> str:
    return label[:1].lower() + label[1:]
