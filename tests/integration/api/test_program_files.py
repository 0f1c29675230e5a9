"""A program files petitions with documents from a CSV, by the typed client that a tool makes of the schema."""

import csv
import io
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any
from uuid import UUID

import httpx
import pytest

from exclusions.actions.people.tokens import make_token
from exclusions.models import Document, Organization, Petition, Round, User
from exclusions.queries.record.record_check import breaks
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.answers import CERTIFIED, petition_answers
from tests.factories.files import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_throttle")]
SHEET = """product_name,drawing
Quartz slab of 2 cm,slab-2.pdf
Quartz slab of 3 cm,slab-3.pdf
Quartz tile,tile.pdf
"""
ANSWERS = {key: value for key, value in petition_answers().items() if key not in CERTIFIED}


class Program:
    """What counsel's program does for each row; it knows the client alone."""

    def __init__(self, client: Any, package: str, *, round: str, organization: str) -> None:
        self._client, self._package = client, package
        self._for = {"round": round, "organization": organization}
        self._models = import_module(f"{package}.models")

    def file(self, rows: Iterator[Mapping[str, str]], drawings: Mapping[str, bytes]) -> dict[str, bytes]:
        """File a petition a row; return the receipts, as PDF, by reference."""
        return dict(self._file_one(number, row, drawings) for number, row in enumerate(rows))

    def _file_one(self, number: int, row: Mapping[str, str], drawings: Mapping[str, bytes]) -> tuple[str, bytes]:
        answers = {**ANSWERS, "product_name": row["product_name"]}
        body = self._models.PetitionInput.from_dict({**self._for, "answers": answers})
        draft = self._ask("petitions_create", body=body, idempotency_key=f"begin-{number}")
        content, name = drawings[row["drawing"]], row["drawing"]
        file = import_module(f"{self._package}.types").File(io.BytesIO(content), name, "application/pdf")
        self._ask(
            "petitions_documents_create",
            id=draft.id,
            body=self._models.DocumentInput(question="product_documents", file=file),
            idempotency_key=f"drawing-{number}",
        )
        reference = self._ask("petitions_retrieve", id=draft.id).reference or self._certify(draft.id, number)
        receipt = self._ask("petitions_receipt_create", id=draft.id)
        paper = self._ask("petitions_letters_retrieve", id=draft.id, code=receipt.code)
        return reference, paper.payload.read()

    def _certify(self, key: UUID, number: int) -> str:
        check = self._ask("petitions_check_create", id=key)
        if not check.ready:
            raise ValueError([f"{problem.key}: {problem.message} {problem.remedy}" for problem in check.problems])
        said = [statement.key for statement in check.certifications]
        certified = self._models.SubmitInput(digest=check.digest, certified=said)
        return str(
            self._ask("petitions_submit_create", id=key, body=certified, idempotency_key=f"file-{number}").reference
        )

    def _ask(self, name: str, **given: Any) -> Any:
        answer = import_module(f"{self._package}.api.petitions.{name}").sync(client=self._client, **given)
        if isinstance(answer, self._models.ProblemOutput):
            raise ValueError(answer.detail)
        return answer


def test_a_program_files_a_petition_for_each_row_with_its_document_and_fetches_the_receipts(
    package: str, in_process: httpx.WSGITransport, importer: User, meadowlark: Organization, list3: Round, clock: Clock
) -> None:
    token = make_token(importer, scopes=["petitions:read", "petitions:write", "petitions:certify"], at=clock.now)
    client = import_module(package).AuthenticatedClient(
        base_url="http://testserver",
        token=token,
        raise_on_unexpected_status=True,
        httpx_args={"transport": in_process},
    )
    program = Program(client, package, round=list3.slug, organization=str(meadowlark.pk))
    rows = list(csv.DictReader(io.StringIO(SHEET)))
    receipts = program.file(iter(rows), {row["drawing"]: pdf(row["product_name"]) for row in rows})
    filed = Petition.objects.order_by("reference")
    assert [petition.reference for petition in filed] == sorted(receipts)
    assert {petition.status for petition in filed} == {Status.SUBMITTED}
    assert [petition.product_name for petition in filed] == [row["product_name"] for row in rows]
    assert all(paper.startswith(b"%PDF-") for paper in receipts.values())
    assert Document.objects.count() == len(rows)
    again = program.file(iter(rows), {row["drawing"]: pdf(row["product_name"]) for row in rows})
    assert sorted(again) == sorted(receipts), "a program that heard no answer sends again, and files nothing twice"
    assert Petition.objects.count() == len(rows)
    assert list(breaks()) == []
