"""Who may work on a bulk sheet, what its rows answer, and which of it is confidential."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from exclusions.checks.confidential.leak_matcher import Secret
from exclusions.facts.forms import petition_form
from exclusions.gateways.documents.inspection import safe_name
from exclusions.gateways.documents.zips.names import file_names
from exclusions.models import BulkRow, BulkSheet, Document, User
from exclusions.permissions.given import given_in_petition
from exclusions.permissions.leaks import names_as_secrets
from exclusions.permissions.standing import standing_of
from exclusions.questionnaires import Question, Questionnaire
from exclusions.questionnaires.sheet_columns import of_files, row_answers
from exclusions.workflow.roles import OWNERS, Role


def part_in_sheet(user: User, sheet: BulkSheet, at: datetime) -> Role | None:
    """Return a person's part in a sheet, as it would be in its drafts; None for who has none, and for all staff."""
    roles = frozenset[str]() if user.role else standing_of(user, sheet.draft(), at).roles & OWNERS
    return Role(min(roles)) if roles else None


def answers_in_row(form: Questionnaire, sheet: BulkSheet, row: BulkRow) -> dict[str, Any]:
    """Return the answers of a row as typed, with those of the company's part: what its draft begins with."""
    return {**sheet.company, **row_answers(form, cells_of(sheet, row), row.tables)}


def cells_of(sheet: BulkSheet, row: BulkRow) -> Mapping[str, str]:
    """Return the texts of a row by their headings."""
    return dict(zip(sheet.headings, row.cells, strict=False))


def files_in_row(form: Questionnaire, sheet: BulkSheet, row: BulkRow) -> list[tuple[Question, str]]:
    """Return the files that a row names, each with the question that it answers."""
    cells = cells_of(sheet, row)
    return [(question, name) for question in of_files(form) for name in file_names(cells.get(question.key, ""))]


def named_documents(form: Questionnaire, sheet: BulkSheet, row: BulkRow) -> list[Document]:
    """Return documents that are on no record: the files that a row names, as its petition would name them."""
    return [
        Document(
            question_key=question.key,
            visibility=Document.Visibility.PUBLIC if question.is_public else Document.Visibility.CONFIDENTIAL,
            file_name=safe_name(name),
        )
        for question, name in files_in_row(form, sheet, row)
    ]


def secrets_in_row(sheet: BulkSheet, row: BulkRow) -> Iterator[Secret]:
    """Yield the confidential values of a row and of the company's part, but for what a party's public name is.

    The name of a confidential document is one.
    """
    form = petition_form(sheet.round)
    files = ((q.key, name) for q, name in files_in_row(form, sheet, row) if not q.is_public)
    yield from names_as_secrets((key, safe_name(name)) for key, name in files)
    given = given_in_petition(form, answers_in_row(form, sheet, row))
    known = {text.casefold() for text in (*given.known, sheet.organization.legal_name)}
    yield from (secret for secret in given.secrets if secret.value.casefold() not in known)
