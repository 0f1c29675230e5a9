"""Every text that is public or was sent: all text columns of the public tables, public files, letters and messages.

The columns are read from the models, so that a new one is swept with its table: nobody keeps a list of places.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef

from exclusions.gateways.documents.object_store import StoreError, open_file
from exclusions.gateways.documents.parsing import read_apart
from exclusions.gateways.documents.reading import READER
from exclusions.gateways.documents.reading_result import ReadApart
from exclusions.gateways.documents.text_parts import divided
from exclusions.models import (
    Decision,
    Document,
    Exclusion,
    ExclusionNumber,
    ExclusionTerm,
    ExclusionText,
    Letter,
    Notification,
    PartRead,
    PublicDocument,
    PublicPetition,
    PublicResponse,
    Quarantine,
)
from exclusions.permissions.leaks import said_by
from exclusions.queries.chunks import read_in_chunks
from exclusions.queries.public.public_reads import PUBLIC_MODELS
from exclusions.queries.record.letter_addresses import without_address

# Tables in which no person of this site writes: loaded from files that the government published, or stamps and counts.
FROM_FILES = frozenset(
    {"TariffLine", "LineSuccession", "ActionRate", "CoveredLine", "HtsEdition", "TariffVersion"}
).union({"CountedFigures", "DumpFile"})
# What a text in a public column is when it is one of these: no words.
_NO_WORDS = re.compile(
    r"(?:USTR-)?[A-Z0-9]+(?:-[A-Z0-9]+)*-R?\d+|L[0-9A-Z]+-\d{10}-[0-9A-F]{6}|[0-9a-f]{64}|\d{8}|\d{10}|\d{4}-\d\d-\d\d"
    r"|[\w/.-]*[0-9a-f]{32,64}[\w.-]*|[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}"
)
OLDER = "an older reader read the text that was checked"
# Columns of the requester's own page, which say what he gave in public: what they repeat is not public by them.
OWN_PAGE = frozenset({"answers", "product_name", "search_text", "organization_name", "filer_name"})
# An inviter names himself to somebody he knows, and colleagues are named to each other; a responder gets back his own
# words, at the address that he confirmed.
_NO_LEAK = frozenset({("invite", "who"), ("handed_over", "to"), ("handed_over", "by"), ("response_receipt", "lines")})


@dataclass(frozen=True)
class UnreadFile:
    """A public file that was not read whole, and why."""

    where: str
    why: str

    def __str__(self) -> str:
        return f"{self.where}: {self.why}, so that nobody knows what it gives away."


@dataclass(frozen=True)
class Place:
    """A public text: of which cases (references), where it stands, and whether on the requester's own page."""

    owners: tuple[str, ...]
    where: str
    text: str = field(repr=False)
    own_page: bool = False


def public_texts() -> Iterator[Place | UnreadFile]:
    """Yield every public text, row by row; and each public file that nobody could read whole, which is parsed once."""
    for model, columns in swept_columns().items():
        yield from _of_table(model, columns)
    yield from _of_files()
    yield from _of_letters()
    yield from _of_messages()


def swept_columns() -> dict[type[models.Model], list[str]]:
    """Return the text columns of every public table; choices and relations hold no words."""
    text = (models.CharField, models.TextField, models.JSONField)
    found = {
        model: [
            column.attname for column in model._meta.concrete_fields if isinstance(column, text) and not column.choices
        ]
        for model in PUBLIC_MODELS
        if model.__name__ not in FROM_FILES
    }
    return {model: columns for model, columns in found.items() if columns}


def _of_table(model: type[models.Model], columns: list[str]) -> Iterator[Place]:
    rows = model._base_manager.all()  # what was reopened or superseded is read as history
    if model is PublicPetition:
        rows = rows.filter(historical=False)  # the others were public elsewhere
    owners, name = _owners(model), model._meta.verbose_name
    if model in (PublicResponse, PublicDocument):
        rows = rows.select_related("petition")
    for row in read_in_chunks(rows, ["pk"], 200):
        of = owners(row)
        about = of[0] if of else f"{name} {row.pk}"
        about = f"response {row.reference}" if isinstance(row, PublicResponse) else about
        for column in columns:
            for label, text in _texts(getattr(row, column)):
                if text.strip() and not _NO_WORDS.fullmatch(text):
                    where = f"{about}, {name}, {column}{f', “{label}”' if label else ''}"
                    yield Place(of, where, text, model is PublicPetition and column in OWN_PAGE)


def _texts(value: Any) -> Iterator[tuple[str, str]]:
    """Yield what a column says as plain text: of printed rows each by its label, of other JSON all at once."""
    if isinstance(value, str):
        yield "", value.replace("_", " ") if _looks_like_a_file(value) else value
    elif isinstance(value, list) and value and all(isinstance(row, Mapping) and "value" in row for row in value):
        for row in value:
            yield str(row.get("label", "")), str(row["value"])
    else:
        yield "", "\n".join(_leaves(value))


def _looks_like_a_file(text: str) -> bool:
    return " " not in text and "." in text


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _leaves(part)
    elif isinstance(value, list):
        for part in value:
            yield from _leaves(part)
    elif value is not None:
        yield str(value)


def _owners(model: type[models.Model]) -> Callable[[Any], tuple[str, ...]]:
    """Return what names the cases that a row of the table belongs to."""
    if model in (PublicResponse, PublicDocument):
        return lambda row: (row.petition.reference,)
    if model in (Exclusion, ExclusionText, ExclusionTerm, ExclusionNumber):
        decided: dict[int, list[str]] = {}
        pairs = Decision.objects.filter(exclusion__isnull=False).order_by("pk")
        for exclusion, reference in pairs.values_list("exclusion_id", "petition__reference"):
            decided.setdefault(exclusion, []).append(str(reference))
        named = {Exclusion: "pk", ExclusionText: "exclusion_id", ExclusionTerm: "exclusion_id"}
        if model in named:
            return lambda row: tuple(decided.get(getattr(row, named[model]), ()))
        texts = dict(ExclusionText.objects.filter(exclusion__in=decided).values_list("pk", "exclusion_id"))
        return lambda row: tuple(decided.get(texts.get(row.text_id, 0), ()))
    if any(column.name == "reference" for column in model._meta.concrete_fields):
        return lambda row: (row.reference,) if row.reference else ()
    return lambda row: ()


def _of_files() -> Iterator[Place | UnreadFile]:
    documents = PublicDocument.objects.select_related("petition")
    for shown in read_in_chunks(documents, ["petition__reference", "file_name", "pk"], 200):
        owner, where = shown.petition.reference, f"{shown.petition.reference}, public file {shown.key}"
        try:
            with open_file(shown.storage_key) as file:
                read = read_apart(shown.content_type, file)
        except StoreError:
            yield UnreadFile(where, "it is not in the store")
            continue
        document = Document.objects.filter(pk=shown.key).first()
        if why := _unread(read, document):
            yield UnreadFile(where, why)
        for part, said in divided(read.text):
            yield Place((owner,), f"{where}, its {part}", said)


def _unread(read: ReadApart, document: Document | None) -> str:
    """Why a public file counts as not read, but for the parts that a person read; empty where all of it was read."""
    rows = PartRead.objects.filter(document=document, sha256=document.sha256) if document else PartRead.objects.none()
    by_person = set(rows.values_list("part", flat=True))
    if parts := [part for part in read.unknown if part not in by_person]:
        return f"nobody has read {', '.join(f'“{part}”' for part in parts)}"
    if not read.whole:
        return "its text cannot be read whole"
    if document is not None and document.reader < READER:
        return OLDER
    if document is not None and not said_by(document).whole:
        return "the text that was checked when it was filed is missing or not whole"
    return ""


def _of_letters() -> Iterator[Place]:
    down = Quarantine.objects.filter(letter=OuterRef("pk"), restored_at__isnull=True)
    letters = Letter.objects.filter(~Exists(down), sha256__isnull=False).select_related("petition__organization")
    for letter in read_in_chunks(letters, ["issued_at", "pk"], 200):
        try:
            text = _said_in_letter(letter.storage_key)
        except StoreError:
            continue  # `verify_record` tells of it
        for part, said in divided(without_address(text, letter.petition)):
            yield Place((letter.petition.reference or "",), f"letter {letter.code}, its {part}", said)


@lru_cache(maxsize=512)
def _said_in_letter(storage_key: str) -> str:
    """Return what a letter says; its file never changes, so that one process parses it once."""
    with open_file(storage_key) as file:
        return read_apart("application/pdf", file).text


# The key of a row in an address: nobody typed it, and a part of it may read like a figure ("23e5").
_KEY = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")


def _of_messages() -> Iterator[Place]:
    for message in read_in_chunks(Notification.objects.all(), ["pk"], 200):
        said = [
            text
            for key, value in message.context.items()
            if (message.template, key) not in _NO_LEAK
            for text in _leaves(value)
        ]
        owner = str(message.context.get("reference", ""))
        where = f"message {message.pk} ({message.template})"
        yield Place((owner,) if owner else (), where, _KEY.sub("", "\n".join([message.subject, *said])))
