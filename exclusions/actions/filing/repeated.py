"""Many cases at once, for demonstrations and measurements: each repeats the history of a case that was walked.

The bulk form of `actions.record.transition.move`: the rows of an example, which took every transition by the rules, are
written again under another reference, for another requester, with another product. Its history is held against the same
table of transitions first, its answers are hashed, its events chained and its rows sealed as those of any case. Letters
are not rendered, and nobody is mailed.
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
from exclusions.actions.filing.repeatable import ENTRIES, repeat_refusal
from exclusions.actions.record.events import petition_subject
from exclusions.actions.record.versions import next_references
from exclusions.actions.store.bulk import insert_rows
from exclusions.actions.store.cases import public_answers, store_repeated
from exclusions.errors import Incomplete
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


class _Told:
    """The rows of an example, read once."""

    def __init__(self, example: Petition) -> None:
        self.example = example
        self.petition = _values(example)
        self.versions = [_values(row) for row in example.versions.order_by("number")]
        self.events = [
            _values(row) for row in Event.objects.filter(subject=petition_subject(example)).order_by("sequence")
        ]
        self.entries = {model: self._of(model, petition=example) for model in ENTRIES}
        self.responses = list(Response.objects.filter(petition=example).order_by("reference"))
        self.replies = list(Reply.objects.filter(response__in=self.responses).order_by("pk"))
        self.drafts = list(ProductDraft.objects.filter(petition=example).order_by("version"))
        self.opinions = list(CustomsOpinion.objects.filter(draft__in=self.drafts).order_by("pk"))
        self.screenings = list(Screening.objects.filter(petition=example).order_by("pk"))
        self.public = PublicPetition.objects.filter(reference=example.reference).order_by("pk").first()
        self.public_responses = list(self.public.responses.order_by("reference")) if self.public else []
        sealed = [values["answers"] for values in self.versions if values["sealed_at"]]
        self.answers = public_answers(example, sealed[-1])
        signed = [values["signed_at"] for values in self.entries[Decision]]
        self.decided_on = eastern_date(signed[-1]) if signed else None

    def _of(self, model: type[models.Model], **which: Any) -> list[Values]:
        return [_values(row) for row in model._base_manager.filter(**which).order_by("pk")]

    def write(self, again: Sequence[tuple[str, Again]], at: datetime) -> None:
        """Write a batch: a reference and what differs, each."""
        cases = [_Case(self, reference, what) for reference, what in again]
        _insert(Petition, [_values(case.petition) for case in cases])
        _insert(PetitionVersion, [values for case in cases for values in case.versions()])
        for model in ENTRIES:
            _insert(model, [case.moved(values) for case in cases for values in self.entries[model]])
        _insert(Response, [_values(row) for case in cases for row in case.responses.values()])
        self._write_children(cases)
        _insert(Event, [values for case in cases for values in case.events()])
        self._write_public(cases)
        stored = [(case.petition, {**self.answers, **case.answers}) for case in cases]
        store_repeated(stored, decided_on=self.decided_on, at=at)

    def _write_public(self, cases: "Sequence[_Case]") -> None:
        if self.public is None:
            return
        _insert(PublicPetition, [_values(case.public(self.public)) for case in cases])
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
                    values = case.moved(_values(row))
                    if of is not None:
                        old = getattr(row, parent)
                        values[parent] = case.responses[old].pk if of is Response else placed[case, of, old]
                    made.append(model(**values))
                    keys.append((case, model, row.pk))
            cast(Any, model).objects.bulk_create(made)
            placed |= {key: row.pk for key, row in zip(keys, made, strict=True)}
        names = {"reply_id": Reply, "draft_id": ProductDraft, "opinion_id": CustomsOpinion}
        screenings = [
            case.moved(_values(row))
            | {name: placed[case, model, getattr(row, name)] for name, model in names.items() if getattr(row, name)}
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
        self.petition = self._petition(told.example)
        # Known already; the store would ask for them, case by case.
        self.petition.round, self.petition.organization = told.example.round, what.organization
        self.responses = {row.pk: self._response(row) for row in told.responses}

    def _petition(self, example: Petition) -> Petition:
        changed = {
            "id": uuid.uuid4(),
            "reference": self.reference,
            "organization_id": self.what.organization.pk,
            "filed_by_id": self.what.by.pk,
            "status": example.status,
            "hts10": self.answers.get("hts10", example.hts10),
            "product_name": self.answers.get("product_name", example.product_name),
        }
        return Petition(**self.told.petition | changed)

    def moved(self, values: Values) -> Values:
        """Return the values of a row as they are in this case: its petition, its filer for the other."""
        owner, new = self.told.example.filed_by_id, self.what.by.pk
        changed = {name: new for name, value in values.items() if name.endswith("by_id") and value == owner}
        return values | changed | ({"petition_id": self.petition.pk} if "petition_id" in values else {})

    def versions(self) -> Iterator[Values]:
        """Yield the versions of its answers, those that are sealed with their hash."""
        for values in self.told.versions:
            answers = values["answers"] | {key: text for key, text in self.answers.items() if key in values["answers"]}
            sealed = {"sha256": answers_sha256(answers)} if values["sealed_at"] else {}
            yield self.moved(values) | {"answers": answers} | sealed

    def events(self) -> Iterator[Values]:
        """Yield its events, chained."""
        subject, previous = petition_subject(self.petition), ""
        for values in self.told.events:
            data = values["data"]
            if data and self.old_reference in (text := json.dumps(data)):
                data = json.loads(text.replace(self.old_reference, self.reference))
            values = self.moved(values) | {"subject": subject, "data": data, "previous_hash": previous}
            previous = event_digest(values)
            yield values | {"hash": previous}

    def _response(self, row: Response) -> Response:
        key = uuid.uuid4()
        return Response(
            **_values(row)
            | {
                "id": key,
                "petition_id": self.petition.pk,
                "reference": self._renamed(row.reference),
                "confirmation_digest": hashlib.sha256(key.bytes).hexdigest(),
            },
        )

    def _renamed(self, reference: str | None) -> str | None:
        return reference.replace(self.old_reference, self.reference) if reference else reference

    def public(self, copy: PublicPetition) -> PublicPetition:
        """Return its public copy, in which the answers that differ are those that are public."""
        told = self.answers | ({"hts10": hts.dotted(self.answers["hts10"])} if "hts10" in self.answers else {})
        answers = [row | {"value": told[row["key"]]} if row["key"] in told else row for row in copy.answers]
        return PublicPetition(
            **_values(copy)
            | {
                "reference": self.reference,
                "organization_name": self.what.organization.legal_name,
                "hts10": self.petition.hts10,
                "product_name": self.petition.product_name,
                "answers": answers,
                "search_text": "\n".join(str(row["value"]) for row in answers),
            },
        )

    def public_response(self, row: PublicResponse, copy: int) -> Values:
        """Return the public copy of a response to it; `copy` is the key of its own."""
        return _values(row) | {"reference": self._renamed(row.reference), "petition_id": copy}
