"""One row judged by the very checks that the form runs, with the company's part as on a draft."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from exclusions.actions.bulk_sheets.row_files import SheetFiles
from exclusions.actions.record.files import KeptFile
from exclusions.checks import Facts, earlier_petition
from exclusions.facts.filing_day import filing_day
from exclusions.facts.forms import petition_form
from exclusions.hts import undotted
from exclusions.models import BulkRow, BulkSheet
from exclusions.permissions.filing import Remark, remarks
from exclusions.permissions.filing_facts import AskedOnce, number_of
from exclusions.permissions.importer.bulk_rows import answers_in_row, cells_of, named_documents
from exclusions.permissions.leaks import JudgedFiles, judge_names
from exclusions.questionnaires import Kind
from exclusions.questionnaires.sheet_columns import (
    Heading,
    Mended,
    company_step,
    headings,
    mended,
    misplaced,
    of_files,
)

Fault = dict[str, str]


@dataclass(frozen=True)
class Judged:
    """What is wrong with a row, which of it is a leak that nobody has settled, and which settled ones it still has."""

    faults: list[Fault]
    leaks: list[Remark]
    stated: frozenset[str]


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
        """Return the answers of a row; documents are answered by the names of their files."""
        return answers_in_row(self._form, self._sheet, row)

    def answers_of_draft(self, row: BulkRow) -> dict[str, Any]:
        """Return the answers with which the draft of a row begins; its documents are attached to it."""
        files = {question.key for question in of_files(self._form)}
        return {key: value for key, value in self.answers(row).items() if key not in files}

    def documents_of_draft(self, row: BulkRow) -> list[KeptFile]:
        """Return the files that are attached to the draft of a row: those that nothing is wrong with."""
        return self._files.usable(row)

    @cached_property
    def _files(self) -> SheetFiles:
        return SheetFiles(self._sheet)

    def company_remarks(self) -> list[Remark]:
        """Return what is wrong with the company's part."""
        found = remarks(self._draft, self._sheet.company, self._at, step=company_step(self._form), warnings=False)
        return [remark for remark in found if remark.is_error]

    def repeats(self, answers: dict[str, Any]) -> list[str]:
        """Return what the requester has on file already of the number and name in these answers, a sentence each."""
        number = number_of(answers)
        earlier = self._asked.earlier(number) if number else ()
        if not earlier:
            return []
        cleaned = self._form.cleaned(answers)
        return [one.message for one in earlier_petition.check(self._form, cleaned, Facts(earlier=earlier))]

    @cached_property
    def _leaks_of_company(self) -> frozenset[str]:
        return frozenset(remark.leak for remark in self.company_remarks())

    def judged(self, row: BulkRow, stated: frozenset[str] = frozenset()) -> Judged:
        """Return what is wrong with a row, and what to look at again, each beside its cell with the remedy.

        `stated` are the leaks of the row that were settled.
        """
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
        files = named_documents(self._form, self._sheet, row)
        # The names alone: what the files say is looked through with the draft, as a single upload is.
        judged = judge_names(self._form, answers, files) if files else None
        said, still = self._remarks(answers, stated, judged)
        of_row = [remark for remark in self._of_row(said) if remark.key not in told]
        found += [self._placed(remark) for remark in of_row]
        found += [_fault(one.question_key, "error", one.message, one.remedy) for one in self._files.faults(row)]
        faults = sorted(found, key=lambda fault: fault["level"] != "error")
        return Judged(faults, [remark for remark in of_row if remark.leak], still)

    def _remarks(
        self, answers: dict[str, Any], stated: frozenset[str], judged: JudgedFiles | None
    ) -> tuple[list[Remark], frozenset[str]]:
        """Return the remarks of the form, and which of the settled leaks there are: each may hide another one."""
        still = frozenset[str]()
        while True:
            said = remarks(self._draft, answers, self._at, asked=self._asked, judged=judged, stated=still)
            again = stated & {remark.leak for remark in said}
            if not again:
                return said, still
            still |= again

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
        """Yield the remarks about a row: of those that hold of every row, what it gives away of itself there alone."""
        for remark in said:
            if remark.key in self._on_company and (not remark.leak or remark.leak in self._leaks_of_company):
                continue
            yield remark

    def _placed(self, remark: Remark) -> Fault:
        name = f"{remark.key}.{remark.cell}" if remark.cell else self._first.get(remark.key, remark.key)
        return _fault(name, remark.level, remark.message, remark.remedy) | (
            {"leak": remark.leak} if remark.leak else {}
        )


def _fault(heading: str, level: str, message: str, remedy: str, proposal: str = "") -> Fault:
    return {"heading": heading, "level": level, "message": message, "remedy": remedy, "proposal": proposal}
