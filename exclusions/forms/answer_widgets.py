"""Inputs for answers of more than one cell, as real tables that work without scripts.

Each input is named key-cell, as in `purchases-china-2017-value` or `set_items-0-size`; errors stand in their cell.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from exclusions.questionnaires.language.compounds import MAX_ROWS, Cell, Flaw, flatten, gather, grid_cells
from exclusions.questionnaires.language.question import Column, Kind, Question
from exclusions.questionnaires.language.units import UNITS

BLANK_ROWS = 2
NONE = "none"  # the tick that fills the empty cells of an origin with zeros
_NUMERIC = (Kind.MONEY, Kind.NUMBER, Kind.PERCENT)


class AnswerWidget(forms.Widget):
    """What the tables share: the question they take the answer of, and the errors of its cells."""

    use_fieldset = True

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question
        self.cell_errors: dict[str, list[str]] = {}

    def show_errors(self, flaws: Iterable[Flaw]) -> None:
        """Put each flaw into its cell; a flaw of the whole answer is for the field to show."""
        for flaw in flaws:
            said = f"{flaw.message} {flaw.remedy}"
            if flaw.cell and said not in self.cell_errors.setdefault(flaw.cell, []):
                self.cell_errors[flaw.cell].append(said)

    def id_for_label(self, id_: str | None) -> str:
        """No single input carries the label: the legend of the fieldset does."""
        return ""

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> bool:
        """A table with no input at all was not on the page that was sent."""
        return not any(key.startswith(f"{name}-") for key in data)

    def _input(self, name: str, cell: Cell, value: Any, unit: str = "") -> dict[str, Any]:
        """Return what a template needs to draw one cell."""
        return {
            "name": f"{name}-{cell.name}",
            "id": f"id_{name}-{cell.name}",
            "label": cell.label,
            "value": "" if value is None else value,
            "numeric": cell.kind in _NUMERIC,
            "choices": _options(cell),
            "unit": unit,
            "errors": [_in_cell(said, cell.label) for said in self.cell_errors.get(cell.name, [])],
        }


class GridWidget(AnswerWidget):
    """Purchases by origin and period, revenue by period, or one quantity with its unit."""

    template_name = "django/forms/widgets/answer_grid.html"

    def value_from_datadict(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> dict[str, Any]:
        """Return the answer as sent, in the shape it is kept in, each cell as typed."""
        typed = {cell.name: str(data.get(f"{name}-{cell.name}", "")).strip() for cell in grid_cells(self.question)}
        for origin in self.question.origins:
            if data.get(f"{name}-{origin.key}-{NONE}"):
                typed |= {cell: typed[cell] or "0" for cell in self._cells_of(origin.key)}
        return gather(self.question, typed)

    def _cells_of(self, origin: str) -> list[str]:
        """Return the names of an origin's cells."""
        return [f"{origin}-{period.key}-{part}" for period in self.question.periods for part in ("value", "quantity")]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return the table: groups of rows, each row a heading and its inputs; then the unit, once."""
        context = super().get_context(name, value, attrs)
        flat = flatten(self.question, value)
        cells = {cell.name: self._input(name, cell, flat.get(cell.name)) for cell in grid_cells(self.question)}
        context["widget"] |= {
            "question": self.question,
            "groups": self._row_groups(name, cells),
            "headings": self._headings(),
            "unit": cells.get("unit"),
            "units": list(UNITS),
        }
        return context

    def _headings(self) -> list[str]:
        if self.question.kind is Kind.PURCHASES:
            return ["Period", "Value (US dollars)", "Quantity (in the unit below)"]
        return ["Period", "Amount (US dollars)"] if self.question.kind is Kind.REVENUE else []

    def _row_groups(self, name: str, cells: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
        question = self.question
        if question.kind is Kind.QUANTITY:
            return [{"heading": "", "rows": [{"heading": "", "cells": [cells["quantity"]]}]}]
        if question.kind is Kind.REVENUE:
            rows = [{"heading": period.label, "cells": [cells[period.key]]} for period in question.periods]
            return [{"heading": "", "rows": rows}]
        return [
            {
                "heading": origin.label,
                # Offered while a cell is left for it to fill; filled cells can be put to zero by hand only.
                "none": f"{name}-{origin.key}-{NONE}"
                if any(cells[cell]["value"] == "" for cell in self._cells_of(origin.key))
                else "",
                "rows": [
                    {
                        "heading": period.label,
                        "cells": [cells[f"{origin.key}-{period.key}-{part}"] for part in ("value", "quantity")],
                    }
                    for period in question.periods
                ],
            }
            for origin in question.origins
        ]


class RowsWidget(AnswerWidget):
    """A list of items, one a row, with blank rows at the end and a button that saves and adds more."""

    template_name = "django/forms/widgets/answer_rows.html"

    def value_from_datadict(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> list[dict[str, str]]:
        """Return the rows as sent, each cell as typed; rows left blank drop out, whatever numbers the page gave
        them.
        """
        rows: dict[int, dict[str, str]] = {}
        keys = {column.key for column in self.question.columns}
        for sent in data:
            index, _, column = sent.removeprefix(f"{name}-").partition("-")
            if (
                sent.startswith(f"{name}-")
                and column in keys
                and index.isascii()
                and index.isdigit()
                and len(index) < 5
            ):
                text = str(data.get(sent, "")).strip()
                if text:
                    rows.setdefault(int(index), {})[column] = text
        # One more than may be kept, so that too many are refused in a sentence and not silently cut.
        return [rows[index] for index in sorted(rows)][: MAX_ROWS + 1]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return the table: a heading for each column, a row for each item, and blank rows after them."""
        context = super().get_context(name, value, attrs)
        filled = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
        rows = [*filled, *({} for _ in range(BLANK_ROWS))]
        context["widget"] |= {
            "question": self.question,
            "columns": [(column, _condition(column)) for column in self.question.columns],
            "rows": [self._row(name, index, row) for index, row in enumerate(rows)],
        }
        return context

    def _row(self, name: str, index: int, row: Mapping[str, Any]) -> list[dict[str, Any]]:
        inputs = []
        for column in self.question.columns:
            label = f"{self.question.label}, row {index + 1}: {column.label}"
            cell = Cell(f"{index}-{column.key}", label, column.kind, False, column.choices)
            inputs.append(self._input(name, cell, row.get(column.key), column.unit))
        return inputs


class FilesWidget(forms.FileInput):
    """Several files at once. What was uploaded before is kept by the draft, never by the page."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        """Return the files sent with this page, in order."""
        found = files.getlist(name) if hasattr(files, "getlist") else files.get(name, [])
        return list(found) if isinstance(found, list | tuple) else [found]

    def format_value(self, value: Any) -> None:
        """A file input is never filled in for the reader."""


def _in_cell(said: str, label: str) -> str:
    """Return a sentence as it stands in the cell it is about: what the cell is called, the table says already."""
    rest = said.removeprefix(f'"{label}"').lstrip(": ")
    return rest[:1].upper() + rest[1:]


def _condition(column: Column) -> str:
    """When a column must be filled, as JSON for the page's script; empty where that never changes."""
    return "" if isinstance(column.required, bool) else json.dumps(column.required.schema())


def _options(cell: Cell) -> list[tuple[str, str]]:
    if cell.kind is Kind.YES_NO:
        return [("yes", "Yes"), ("no", "No")]
    if cell.kind is Kind.YES_NO_UNSURE:
        return [("yes", "Yes"), ("no", "No"), ("unsure", "Not sure")]
    return [(choice.value, choice.label) for choice in cell.choices]
