"""One row judged by the very checks that the form runs, with the company's part as on a draft."""

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from typing import Any

from exclusions.facts.filing_day import filing_day
from exclusions.facts.forms import petition_form
from exclusions.hts import undotted
from exclusions.models import BulkRow, BulkSheet
from exclusions.permissions.filing import Remark, remarks
from exclusions.permissions.filing_facts import AskedOnce
from exclusions.permissions.importer.bulk_rows import answers_in_row, cells_of
from exclusions.questionnaires import Kind
from exclusions.questionnaires.sheet_columns import Heading, Mended, company_step, headings, mended, misplaced

Fault = dict[str, str]
ON_THE_DRAFT = "Add it to the draft: documents are not in the sheet."


class Judge:
    """The checks for row after row of one sheet; what is on file about a number is asked once."""

    def __init__(self, sheet: BulkSheet, at: datetime) -> None:
        self._at = at
        self._form = petition_form(sheet.round)
        self._sheet = sheet
        self._draft = sheet.draft()
        self._asked = AskedOnce(self._draft)
        self._headings = {heading.name: heading for heading in headings(self._form)}
        self._first: dict[str, str] = {}
        for heading in self._headings.values():
            self._first.setdefault(heading.question.key, heading.name)
        self._on_company = {question.key for question in self._form.on_step(company_step(self._form))}

    def answers(self, row: BulkRow) -> dict[str, Any]:
        """Return the answers with which the draft of a row begins."""
        return answers_in_row(self._form, self._sheet, row)

    def company_remarks(self) -> list[Remark]:
        """Return what is wrong with the company's part."""
        found = remarks(self._draft, self._sheet.company, self._at, step=company_step(self._form), warnings=False)
        return [remark for remark in found if remark.is_error]

    @cached_property
    def _leaks_of_company(self) -> frozenset[str]:
        return frozenset(remark.leak for remark in self.company_remarks())

    def faults(self, row: BulkRow) -> list[Fault]:
        """Return what is wrong with a row, and what to look at again, each beside its cell with the remedy."""
        answers = self.answers(row)
        found: list[Fault] = []
        told = set()
        for heading, changed in self._changed_by_programs(row):
            told.add(heading.question.key)
            found.append(_fault(heading.name, "error", changed.message, changed.remedy, changed.proposal))
        own = set(answers) - self._on_company
        found += [
            self._placed(Remark(problem.key, "", problem.message, problem.remedy))
            for problem in misplaced(self._form, answers, [key for key in self._form.labels if key in own])
        ]
        said = remarks(self._draft, answers, self._at, asked=self._asked)
        found += [self._placed(remark) for remark in self._of_row(said) if remark.key not in told]
        return sorted(found, key=lambda fault: fault["level"] != "error")

    def _changed_by_programs(self, row: BulkRow) -> Iterator[tuple[Heading, Mended]]:
        """Yield the cells that a spreadsheet program changed; a number that is in no schedule was not meant."""
        for name, text in cells_of(self._sheet, row).items():
            heading = self._headings.get(name)
            changed = mended(heading, text) if heading and text else None
            if heading and changed and (heading.kind is not Kind.HTS10 or self._is_meant(changed.proposal)):
                yield heading, changed

    def _is_meant(self, number: str) -> bool:
        if not number:
            return True
        known = self._asked.on_file(undotted(number))
        return known.number_on(filing_day(None, self._at)).exists is not False

    def _of_row(self, said: list[Remark]) -> Iterator[Remark]:
        """Yield the remarks about a row: not those that hold of every row, but for what it gives away of itself there.

        Documents are added to its draft, so that they are no errors here.
        """
        for remark in said:
            if remark.key in self._on_company and (not remark.leak or remark.leak in self._leaks_of_company):
                continue
            if remark.key and self._form.question(remark.key).kind is Kind.FILES:
                yield Remark(remark.key, "", remark.message, ON_THE_DRAFT, "warning")
            else:
                yield remark

    def _placed(self, remark: Remark) -> Fault:
        name = f"{remark.key}.{remark.cell}" if remark.cell else self._first.get(remark.key, remark.key)
        return _fault(name, remark.level, remark.message, remark.remedy)


def _fault(heading: str, level: str, message: str, remedy: str, proposal: str = "") -> Fault:
    return {"heading": heading, "level": level, "message": message, "remedy": remedy, "proposal": proposal}
