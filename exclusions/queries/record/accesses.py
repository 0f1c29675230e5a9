"""The access log as it is read: by the petition's owners for their case, by an auditor for all of them."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from exclusions.models import AccessLog, Document, Petition
from exclusions.queries.chunks import read_in_chunks
from exclusions.workflow.roles import Role

SUBJECT = "petition:"


@dataclass(frozen=True)
class Reading:
    """One reading: of which petition (its reference), of what, by whom, in which role, when."""

    reference: str
    what: str
    who: str
    role: str
    at: datetime


def role_words(role: str) -> str:
    """Return a role in words."""
    return str(Role(role).label) if role in Role.values else role


def readings_of(petition: Petition) -> QuerySet[AccessLog]:
    """Return the readings of a petition's confidential matter, newest first."""
    return AccessLog.objects.filter(subject=f"{SUBJECT}{petition.pk}").select_related("by").order_by("-at", "-pk")


def all_readings() -> QuerySet[AccessLog]:
    """Return every reading of confidential matter, newest first."""
    return AccessLog.objects.select_related("by").order_by("-at", "-pk")


def of_petition(rows: QuerySet[AccessLog], reference: str) -> QuerySet[AccessLog]:
    """Return the readings of the petition with this reference, in whatever letters it is written."""
    keys = Petition.objects.filter(reference__iexact=reference).values_list("pk", flat=True)
    return rows.filter(subject__in=[f"{SUBJECT}{key}" for key in keys])


def by_whom(rows: QuerySet[AccessLog], who: str) -> QuerySet[AccessLog]:
    """Return the readings of people with this in their name or e-mail address."""
    return rows.filter(Q(by__email__icontains=who) | Q(by__full_name__icontains=who))


def readings(rows: Iterable[AccessLog]) -> list[Reading]:
    """Return rows of the log in words. Two statements more, however many rows."""
    listed = list(rows)
    keys = _uuids(row.subject.removeprefix(SUBJECT) for row in listed)
    found = Petition.objects.filter(pk__in=keys).values_list("pk", "reference")
    references = {f"{SUBJECT}{key}": reference for key, reference in found}
    files = _uuids(row.what.removeprefix("document ") for row in listed)
    public = Document.objects.filter(pk__in=files, visibility="public").values_list("pk", "file_name")
    names = {f"document {key}": f"document {name}" for key, name in public}
    return [
        Reading(
            reference=references.get(row.subject) or row.subject,
            what=names.get(row.what, row.what),
            who=str(row.by),
            role=role_words(row.role),
            at=row.at,
        )
        for row in listed
    ]


def in_batches(rows: QuerySet[AccessLog], size: int = 1000) -> Iterator[Reading]:
    """Yield the readings of a long log, some at a time."""
    batch: list[AccessLog] = []
    for row in read_in_chunks(rows, ["-at", "-pk"], size):
        batch.append(row)
        if len(batch) == size:
            yield from readings(batch)
            batch = []
    yield from readings(batch)


def _uuids(texts: Iterable[str]) -> set[UUID]:
    """Return the ids among some texts."""
    found = set()
    for text in texts:
        with suppress(ValueError):
            found.add(UUID(text))
    return found
