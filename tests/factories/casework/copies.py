"""Copies of a case, for what is done to many: each with reference, answers, public copy and chain of its own."""

import copy
import uuid
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone

from exclusions.actions.record.publication import publish_petition, publish_response
from exclusions.actions.store.cases import store_cases
from exclusions.models import Argument, Event, Petition, PetitionVersion, Response, TextMark
from exclusions.models.petition import answers_sha256
from tests.factories.casework.citing import OWN_TEXT, own_text

OWN = f"answer:{OWN_TEXT}"
ENTRIES = ("findings", "recommendations", "consistency_reviews", "legal_reviews", "text_marks", "arguments")


def _of(row: Any, petition: Petition, own: str) -> Any:
    """Return a copy of an entry, for another petition; of a mark on the text of its own, that it argues nothing."""
    other = copy.copy(row)
    other.pk, other.petition_id = None, petition.pk
    other._state = copy.copy(row._state)
    if isinstance(row, TextMark) and row.citation == OWN:
        other.sha256, other.has_none = sha256(own.encode()).hexdigest(), True
    return other


def _argues_in_own(row: Any) -> bool:
    """Whether an entry is an argument in the text that each copy words in its own way."""
    return isinstance(row, Argument) and row.citation == OWN


@transaction.atomic
def copies_of(first: Petition, count: int) -> list[Petition]:
    """Return copies of a posted petition, each with reference, chain, purchases, text and responses of its own."""
    sealed = PetitionVersion.objects.get(petition=first)
    chain = list(Event.objects.filter(subject=f"petition:{first.pk}").order_by("sequence"))
    made, versions, events = [], [], []
    for number in range(count):
        petition = copy.copy(first)
        petition.pk = uuid.uuid4()
        petition.reference = f"{first.reference}-C{petition.pk.hex[:8]}"
        petition._state = copy.copy(first._state)
        made.append(petition)
        version = copy.copy(sealed)
        version.pk, version.petition_id, version.answers = None, petition.pk, copy.deepcopy(sealed.answers)
        version.answers |= own_text(number + 1)
        period = next(iter(version.answers["purchases"]["china"].values()))
        period["value"] = str(1_000_000 + 7 * number)
        version.sha256 = answers_sha256(version.answers)
        versions.append(version)
        previous = ""
        for event in chain:
            other = copy.copy(event)
            other.pk, other.subject, other.previous_hash = None, f"petition:{petition.pk}", previous
            previous = other.hash = other.digest()
            events.append(other)
    Petition.objects.bulk_create(made, 500)
    PetitionVersion.objects.bulk_create(versions, 500)
    Event.objects.bulk_create(events, 500)
    for name in ENTRIES:
        rows = [row for row in getattr(first, name).order_by("pk") if not _argues_in_own(row)]
        type_of = getattr(first, name).model
        copies = [
            _of(row, petition, version.answers[OWN_TEXT])
            for petition, version in zip(made, versions, strict=True)
            for row in rows
        ]
        type_of.objects.bulk_create(copies, 500)
    store_cases(made, at=timezone.now())
    for petition in made:
        publish_petition(petition, at=timezone.now())
    _answer_each(first, made)
    return made


def _answer_each(first: Petition, made: Sequence[Petition]) -> None:
    """Give each of these petitions the posted responses that the first one has, each with its reply."""
    for response in first.responses.filter(status=Response.Status.POSTED).order_by("pk"):
        replies = list(response.replies.order_by("pk"))
        for petition in made:
            other = copy.copy(response)
            other._state = copy.copy(response._state)
            other.pk, other.petition = uuid.uuid4(), petition
            other.reference = str(response.reference).replace(str(first.reference), str(petition.reference))
            other.confirmation_digest = sha256(other.pk.bytes).hexdigest()
            other.save(force_insert=True)
            for reply in replies:
                said = copy.copy(reply)
                said._state = copy.copy(reply._state)
                said.pk, said.response = None, other
                said.save(force_insert=True)
            publish_response(other, at=timezone.now())
