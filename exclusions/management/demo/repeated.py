"""Many cases at once, for demonstrations and measurements: each repeats the history of a case that was walked.

The bulk form of `actions.record.transition.move`: the rows of an example, which took every transition by the rules, are
written again under another reference, for another requester, with another product. Its history is compared with the
same table of transitions first, its answers are hashed, its events chained and its rows sealed as those of any case.
Letters are not rendered, and nobody is mailed.
"""

import hashlib
import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast

from django.db import models, transaction

from exclusions import hts
from exclusions.actions.record.events import petition_subject
from exclusions.actions.record.versions import next_references
from exclusions.actions.store.bulk import insert_rows
from exclusions.actions.store.cases import public_answers, store_repeated
from exclusions.errors import Incomplete
from exclusions.management.demo.repeatable import ENTRIES, repeat_refusal
from exclusions.models import (
    CustomsOpinion,
    Decision,
    DocketVersion,
    Event,
    Organization,
    Petition,
    PetitionVersion,
    ProductDraft,
    PublicPetition,
    PublicResponse,
    Reply,
    Response,
    Screening,
    User,
)
from exclusions.models.petition import answers_sha256
from exclusions.models.record import event_digest
from exclusions.workflow.deadlines import eastern_date

AT_ONCE = 500
Values = dict[str, Any]


@dataclass(frozen=True)
class Again:
    """One more case: who asks, who files it for them, and the answers that differ, as plain texts."""

    organization: Organization
    by: User
    answers: Mapping[str, str]


def repeat_case(example: Petition, again: Sequence[Again], *, at: datetime) -> int:
    """Write the history of an example again for each of `again`; return how many. One transaction.

    Raises Incomplete, with nothing written, where the round is not one of a demonstration, the history of the example
    is not lawful, or rows hang on it that are not repeated (files, closings, notices, decisions that were superseded).
    """
    if refused := repeat_refusal(example):
        raise Incomplete(refused)
    with transaction.atomic():
        references = next_references(example.round, len(again))
        told = _Told(example)
        for first in range(0, len(again), AT_ONCE):
            told.write(list(zip(references, again, strict=True))[first : first + AT_ONCE], at)
        if again:
            DocketVersion.advance()
    return len(again)


@cache
def _columns(model: type[models.Model]) -> tuple[str, ...]:
    """Return what is written of a row: all but what the database makes."""
    return tuple(
        field.attname
        for field in model._meta.concrete_fields
        if not (field.generated or isinstance(field, models.AutoField))
    )


def _values(row: models.Model) -> Values:
    return {name: getattr(row, name) for name in _columns(type(row))}


class _Row:
    """A row of the example: its key, its values, and what of them is of the case: the petition, who filed it."""

    def __init__(self, row: models.Model, owner: int) -> None:
        self.key, self.values = row.pk, _values(row)
        self.by = tuple(name for name, value in self.values.items() if name.endswith("by_id") and value == owner)
        self.of_petition = "petition_id" in self.values
        data = self.values.get("data")
        self.data = json.dumps(data) if data else ""

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


class _Told:
    """The rows of an example, read once."""

    def __init__(self, example: Petition) -> None:
        self.example = example
        self.petition = _values(example)
        self.versions = self._rows_of(PetitionVersion, "number", petition=example)
        self.events = self._rows_of(Event, "sequence", subject=petition_subject(example))
        self.entries = {model: self._rows_of(model, "pk", petition=example) for model in ENTRIES}
        self.responses = self._rows_of(Response, "reference", petition=example)
        self.replies = self._rows_of(Reply, "pk", response__petition=example)
        self.drafts = self._rows_of(ProductDraft, "version", petition=example)
        self.opinions = self._rows_of(CustomsOpinion, "pk", draft__petition=example)
        self.screenings = self._rows_of(Screening, "pk", petition=example)
        copy = PublicPetition.objects.filter(reference=example.reference).order_by("pk").first()
        self.public = _values(copy) if copy else None
        self.public_responses = [_values(row) for row in copy.responses.order_by("reference")] if copy else []
        sealed = [row["answers"] for row in self.versions if row["sealed_at"]]
        self.answers = public_answers(example, sealed[-1])
        signed = [row["signed_at"] for row in self.entries[Decision]]
        self.decided_on = eastern_date(signed[-1]) if signed else None

    def _rows_of(self, model: type[models.Model], order: str, **which: Any) -> list[_Row]:
        return [_Row(row, self.example.filed_by_id) for row in model._base_manager.filter(**which).order_by(order)]

    def write(self, again: Sequence[tuple[str, Again]], at: datetime) -> None:
        """Write a batch: a reference and what differs, each."""
        cases = [_Case(self, reference, what) for reference, what in again]
        _insert(Petition, [case.values for case in cases])
        _insert(PetitionVersion, [values for case in cases for values in case.versions()])
        for model in ENTRIES:
            _insert(model, [case.moved(row) for case in cases for row in self.entries[model]])
        _insert(Response, [values for case in cases for values in case.responses.values()])
        self._write_children(cases)
        _insert(Event, [values for case in cases for values in case.events()])
        self._write_public(cases)
        stored = [(case.petition, {**self.answers, **case.answers}) for case in cases]
        store_repeated(stored, decided_on=self.decided_on, at=at)

    def _write_public(self, cases: "Sequence[_Case]") -> None:
        if self.public is None:
            return
        _insert(PublicPetition, [case.public(self.public) for case in cases])
        if self.public_responses:
            references = [case.reference for case in cases]
            keys = dict(PublicPetition.objects.filter(reference__in=references).values_list("reference", "pk"))
            rows = [case.public_response(row, keys[case.reference]) for case in cases for row in self.public_responses]
            _insert(PublicResponse, rows)

    def _write_children(self, cases: "Sequence[_Case]") -> None:
        """Drafts and what hangs on them, replies, and what intake made of each."""
        placed: dict[tuple[_Case, type[models.Model], Any], Any] = {}
        for model, rows, parent, of in (
            (ProductDraft, self.drafts, "petition_id", None),
            (CustomsOpinion, self.opinions, "draft_id", ProductDraft),
            (Reply, self.replies, "response_id", Response),
        ):
            made, keys = [], []
            for case in cases:
                for row in rows:
                    values = case.moved(row)
                    if of is not None:
                        old = row[parent]
                        values[parent] = case.responses[old]["id"] if of is Response else placed[case, of, old]
                    made.append(model(**values))
                    keys.append((case, model, row.key))
            cast(Any, model).objects.bulk_create(made)
            placed |= {key: row.pk for key, row in zip(keys, made, strict=True)}
        names = {"reply_id": Reply, "draft_id": ProductDraft, "opinion_id": CustomsOpinion}
        screenings = [
            case.moved(row) | {name: placed[case, model, row[name]] for name, model in names.items() if row[name]}
            for case in cases
            for row in self.screenings
        ]
        _insert(Screening, screenings)


def _insert(model: type[models.Model], rows: Sequence[Values]) -> None:
    if rows:
        insert_rows(model, list(rows[0]), (list(row.values()) for row in rows), analyzed=False)


class _Case:
    """One case that repeats another."""

    def __init__(self, told: _Told, reference: str, what: Again) -> None:
        self.told, self.what, self.reference = told, what, reference
        self.old_reference = str(told.example.reference)
        self.answers = {**what.answers, "org_legal_name": what.organization.legal_name}
        self.key = uuid.uuid4()
        self.values = self._petition(told.example)
        # With what is known already; the store would ask for it, case by case.
        self.petition = Petition.from_db("default", list(self.values), list(self.values.values()))
        self.petition.round, self.petition.organization = told.example.round, what.organization
        self.responses = {row.key: self._response(row) for row in told.responses}

    def _petition(self, example: Petition) -> Values:
        return self.told.petition | {
            "id": self.key,
            "reference": self.reference,
            "organization_id": self.what.organization.pk,
            "filed_by_id": self.what.by.pk,
            "status": example.status,
            "hts10": self.answers.get("hts10", example.hts10),
            "product_name": self.answers.get("product_name", example.product_name),
        }

    def moved(self, row: _Row) -> Values:
        """Return the values of a row as they are in this case: its petition, its filer for the other."""
        values = row.values | dict.fromkeys(row.by, self.what.by.pk)
        if row.of_petition:
            values["petition_id"] = self.key
        if "citation" in values:
            values["citation"] = self._renamed(values["citation"])
        return values

    def versions(self) -> Iterator[Values]:
        """Yield the versions of its answers, those that are sealed with their hash."""
        for row in self.told.versions:
            answers = row["answers"] | {key: text for key, text in self.answers.items() if key in row["answers"]}
            sealed = {"sha256": answers_sha256(answers)} if row["sealed_at"] else {}
            yield self.moved(row) | {"answers": answers} | sealed

    def events(self) -> Iterator[Values]:
        """Yield its events, chained."""
        subject, previous = petition_subject(self.petition), ""
        for row in self.told.events:
            values = self.moved(row)
            if self.old_reference in row.data:
                values["data"] = json.loads(row.data.replace(self.old_reference, self.reference))
            values["subject"], values["previous_hash"] = subject, previous
            previous = values["hash"] = event_digest(values)
            yield values

    def _response(self, row: _Row) -> Values:
        key = uuid.uuid4()
        return row.values | {
            "id": key,
            "petition_id": self.key,
            "reference": self._renamed(row["reference"]),
            "confirmation_digest": hashlib.sha256(key.bytes).hexdigest(),
        }

    def _renamed(self, reference: str | None) -> str | None:
        return reference.replace(self.old_reference, self.reference) if reference else reference

    def public(self, copy: Values) -> Values:
        """Return its public copy, in which the answers that differ are those that are public."""
        told = self.answers | ({"hts10": hts.dotted(self.answers["hts10"])} if "hts10" in self.answers else {})
        answers = [row | {"value": told[row["key"]]} if row["key"] in told else row for row in copy["answers"]]
        return copy | {
            "reference": self.reference,
            "organization_name": self.what.organization.legal_name,
            "hts10": self.values["hts10"],
            "product_name": self.values["product_name"],
            "answers": answers,
            "search_text": "\n".join([str(row["value"]) for row in answers]),
        }

    def public_response(self, row: Values, copy: int) -> Values:
        """Return the public copy of a response to it; `copy` is the key of its own."""
        return row | {"reference": self._renamed(row["reference"]), "petition_id": copy}
