"""Counsel's program: files a petition for each row of a CSV, follows them by webhook, answers, fetches the letters."""

import base64
import hmac
import io
import json
from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any
from uuid import UUID

ANSWER = "Both finishes are made by the same works; the petition is about the honed one."
WITH_LETTERS = {"post", "deny", "sign", "withdraw", "reissue_letter"}  # events after which a letter may lie there


class Counsel:
    """One requester's petitions of one round. What it did is kept by the server: it may be started again at any row."""

    def __init__(self, client: Any, package: str, *, round: str, organization: str, answers: Mapping[str, Any]) -> None:
        self._client, self._package, self._answers = client, package, answers
        self._for = {"round": round, "organization": organization}
        self._models = import_module(f"{package}.models")
        self._secret, self._seen = "", set[str]()
        self.heard: dict[str, list[str]] = {}  # kinds of events by reference
        self.letters: dict[str, bytes] = {}  # PDF by code
        self._with_letters: dict[UUID, None] = {}  # petitions that may have one which was not fetched

    def watch(self, url: str) -> None:
        """Begin to be told of all petitions; the secret is told this once."""
        body = self._models.SubscriptionInput.from_dict(
            {"kind": "own", "key": "mine", "channel": "webhook", "url": url}
        )
        self._secret = self._ask("subscriptions.subscriptions_create", body=body, idempotency_key=f"watch-{url}").secret

    def file(self, rows: Iterable[Mapping[str, str]], drawings: Mapping[str, bytes]) -> dict[str, bytes]:
        """File a petition a row; return the receipts, as PDF, by reference."""
        return dict(self._file_one(number, row, drawings[row["drawing"]]) for number, row in enumerate(rows))

    def hear(self, headers: Mapping[str, str], body: bytes) -> None:
        """Take what was posted to the webhook: answer what was asked, and note where letters lie."""
        self._verify(headers, body)
        for event in json.loads(body)["data"].get("events", []):
            if event["fact"] in self._seen:
                continue  # at least once means: sometimes twice
            self._seen.add(event["fact"])
            self.heard.setdefault(event["reference"], []).append(event["kind"])
            key = UUID(event["url"].rstrip("/").rpartition("/")[2])
            if event["kind"] == "inquiry":
                self._answer(key)
            if event["kind"] in WITH_LETTERS:
                self._with_letters[key] = None

    def fetch_letters(self) -> None:
        """Fetch the letters of which events told; one that is still to be set is fetched the next time."""
        for key in [key for key in self._with_letters if self._fetch(key)]:
            del self._with_letters[key]

    def due(self) -> list[tuple[str, str]]:
        """Return what is due, the first on top, as (kind, reference)."""
        return [(str(one.kind.value), one.reference) for one in self._ask("deadlines.deadlines_list").results]

    def _file_one(self, number: int, row: Mapping[str, str], drawing: bytes) -> tuple[str, bytes]:
        answers = {**self._answers, "product_name": row["product_name"]}
        draft = self._ask(
            "petitions.petitions_create",
            body=self._models.PetitionInput.from_dict({**self._for, "answers": answers}),
            idempotency_key=f"begin-{number}",
        )
        file = import_module(f"{self._package}.types").File(io.BytesIO(drawing), row["drawing"], "application/pdf")
        self._ask(
            "petitions.petitions_documents_create",
            id=draft.id,
            body=self._models.DocumentInput(question="product_documents", file=file),
            idempotency_key=f"drawing-{number}",
        )
        reference = self._ask("petitions.petitions_retrieve", id=draft.id).reference or self._certify(draft.id, number)
        receipt = self._ask("petitions.petitions_receipt_create", id=draft.id)
        return reference, self._letter(draft.id, receipt.code)

    def _certify(self, key: UUID, number: int) -> str:
        check = self._ask("petitions.petitions_check_create", id=key)
        if not check.ready:
            raise ValueError([f"{problem.key}: {problem.message} {problem.remedy}" for problem in check.problems])
        said = [statement.key for statement in check.certifications]
        body = self._models.SubmitInput(digest=check.digest, certified=said)
        filed = self._ask("petitions.petitions_submit_create", id=key, body=body, idempotency_key=f"file-{number}")
        return str(filed.reference)

    def _answer(self, key: UUID) -> None:
        for question in self._ask("petitions.petitions_questions_list", id=key).results:
            if question.state.value == "open":
                body = self._models.AnswerInput(text=ANSWER)
                named = {"id": key, "number": question.number, "idempotency_key": f"{key}-{question.number}"}
                self._ask("petitions.petitions_questions_answer_create", body=body, **named)

    def _fetch(self, key: UUID) -> bool:
        """Fetch what is set of one petition; return whether that is all."""
        letters = self._ask("petitions.petitions_letters_list", id=key).results
        for letter in letters:
            if letter.sha256 and not letter.taken_down and letter.code not in self.letters:
                self.letters[letter.code] = self._letter(key, letter.code)
        return all(letter.sha256 for letter in letters)

    def _letter(self, key: UUID, code: str) -> bytes:
        paper: bytes = self._ask("petitions.petitions_letters_retrieve", id=key, code=code).payload.read()
        return paper

    def _verify(self, headers: Mapping[str, str], body: bytes) -> None:
        said = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        mac = hmac.digest(base64.b64decode(self._secret.removeprefix("whsec_")), said, "sha256")
        if f"v1,{base64.b64encode(mac).decode()}" not in headers["webhook-signature"].split():
            raise ValueError("This was not sent by the site.")

    def _ask(self, name: str, **given: Any) -> Any:
        answer = import_module(f"{self._package}.api.{name}").sync(client=self._client, **given)
        if isinstance(answer, self._models.ProblemOutput):
            raise ValueError(answer.detail)
        return answer
