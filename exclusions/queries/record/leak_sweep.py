"""The sweep of everything public against everything confidential: rows, search texts, files, letters and messages."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from exclusions.checks.confidential.matcher import Matcher, Secret, Sort, hit_id, words
from exclusions.checks.confidential.values import allowed, declared
from exclusions.facts.forms import petition_form, reply_form, response_form
from exclusions.gateways.documents.object_store import StoreError, open_file
from exclusions.gateways.documents.parsing import read_apart
from exclusions.gateways.documents.text_parts import divided
from exclusions.models import (
    LeakSettlement,
    Letter,
    Notification,
    Petition,
    PublicDocument,
    PublicPetition,
    PublicResponse,
    Quarantine,
    Reply,
    Response,
)
from exclusions.permissions.leaks import secrets_of
from exclusions.questionnaires import Questionnaire

_DISTINCTIVE_DIGITS = 6  # significant; a rounder figure of one petition may be another's own
_DISTINCTIVE_WORDS = 2


@dataclass(frozen=True)
class Leak:
    """A confidential value in a public place, named by its question; the value itself is never told."""

    owner: str
    label: str
    where: str

    def __str__(self) -> str:
        return f"{self.where}: repeats what {self.owner} gave in confidence under “{self.label}”."


@dataclass(frozen=True)
class _Place:
    """A public text: whose it is (a reference, "" for nobody's), where it stands, the questions it may answer."""

    owner: str
    where: str
    text: str
    keys: tuple[str, ...] = ()


def leaks() -> Iterator[Leak]:
    """Yield every confidential value that a public place repeats, each once a place.

    A petition's own values are looked for in whatever form in its own places; in those of others only what can be no
    coincidence. What its filer settled is left out.
    """
    secrets, known, settled = _secrets(), _public_names(), set(LeakSettlement.objects.values_list("leak", flat=True))
    owners: dict[Secret, set[str]] = {}
    mine: dict[str, list[Secret]] = {}
    for owner, secret in secrets:
        owners.setdefault(secret, set()).add(owner)
        mine.setdefault(owner, []).append(secret)
    everybody = Matcher((secret for secret in owners if _is_distinctive(secret)), known)
    own: dict[str, Matcher] = {}
    told: set[tuple[str, str, str]] = set()
    for place in _places():
        if place.owner not in own:
            own[place.owner] = Matcher(mine.get(place.owner, ()))
        for hit in (*own[place.owner].find(place.text), *everybody.find(place.text)):
            of = place.owner if place.owner in owners[hit.secret] else min(owners[hit.secret])
            once = (of, hit.secret.label, place.where)
            if once not in told and settled.isdisjoint(hit_id(key, hit.secret) for key in place.keys):
                told.add(once)
                yield Leak(of, hit.secret.label, place.where)


def _secrets() -> Iterator[tuple[str, Secret]]:
    """Every confidential value with its owner: of every version of every petition, response and reply, drafts too."""
    petitions = Petition.objects.select_related("round").prefetch_related("versions", "documents")
    for petition in petitions.order_by("created_at", "pk").iterator(200):
        owner, form = petition.reference or f"draft {petition.pk}", petition_form(petition.round)
        documents = list(petition.documents.all())
        for version in petition.versions.all():
            yield from _less_open(owner, form, version.answers, secrets_of(form, version.answers, documents))
    for response in Response.objects.select_related("petition__round").order_by("created_at", "pk").iterator(200):
        form = response_form(response.petition.round)
        yield from _declared(response.petition, form, response.answers)
    for reply in Reply.objects.select_related("response__petition__round").order_by("pk").iterator(200):
        petition = reply.response.petition
        yield from _declared(petition, reply_form(petition.round), reply.answers)


def _declared(petition: Petition, form: Questionnaire, answers: Mapping[str, Any]) -> Iterator[tuple[str, Secret]]:
    secrets = declared(form, form.effective(form.clean(answers)))
    return _less_open(petition.reference or "", form, answers, secrets)


def _less_open(
    owner: str, form: Questionnaire, answers: Mapping[str, Any], secrets: list[Secret]
) -> Iterator[tuple[str, Secret]]:
    """The secrets that are not, at the same time, the filer's public name."""
    known = [f" {' '.join(words(text))} " for text in allowed(form, form.clean(answers))]
    for secret in secrets:
        if not any(f" {' '.join(words(secret.value))} " in text for text in known):
            yield owner, secret


def _is_distinctive(secret: Secret) -> bool:
    if secret.sort is Sort.FIGURE:
        return len(secret.value.replace(",", "").strip("$0 ")) >= _DISTINCTIVE_DIGITS
    return secret.sort in (Sort.EMAIL, Sort.PHONE) or len(words(secret.value)) >= _DISTINCTIVE_WORDS


def _public_names() -> list[str]:
    names = PublicPetition.objects.values_list("organization_name", "filer_name").distinct()
    responders = PublicResponse.objects.values_list("organization_name", flat=True).distinct()
    return sorted({name for pair in names for name in pair if name} | set(responders))


def _places() -> Iterator[_Place]:
    for row in PublicPetition.objects.filter(historical=False).order_by("reference").iterator(200):
        here = row.reference
        yield from _answer_places(here, f"{here}, public page", row.answers)
        yield _Place(here, f"{here}, product name", row.product_name, ("product_name",))
        yield _Place(here, f"{here}, decision", f"{row.rationale}\n{_flat(row.findings)}\n{_flat(row.denial_codes)}")
        yield _Place(here, f"{here}, search index", row.search_text, tuple(str(line["key"]) for line in row.answers))
    for response in PublicResponse.objects.select_related("petition").order_by("reference").iterator(200):
        here = f"response {response.reference}"
        yield from _answer_places(response.petition.reference, here, [*response.answers, *response.reply_answers])
    yield from _file_places()
    for message in Notification.objects.order_by("pk").iterator(200):
        owner = str(message.context.get("reference", ""))
        yield _Place(
            owner, f"message {message.pk} ({message.template})", f"{message.subject}\n{_flat(message.context)}"
        )


def _answer_places(owner: str, where: str, rows: list[Mapping[str, Any]]) -> Iterator[_Place]:
    for row in rows:
        yield _Place(owner, f"{where}, “{row['label']}”", str(row["value"]), (str(row["key"]),))


def _file_places() -> Iterator[_Place]:
    documents = PublicDocument.objects.select_related("petition").order_by("petition__reference", "file_name", "pk")
    for document in documents.iterator(200):
        owner, where = document.petition.reference, f"{document.petition.reference}, public file {document.key}"
        yield _Place(owner, f"{where}, its name", document.file_name.replace("_", " "))
        yield from _content_places(owner, where, document.content_type, document.storage_key)
    down = Quarantine.objects.filter(letter=OuterRef("pk"), restored_at__isnull=True)
    letters = Letter.objects.filter(~Exists(down)).select_related("petition").order_by("issued_at", "pk")
    for letter in letters.iterator(200):
        where = f"letter {letter.code}"
        yield from _content_places(letter.petition.reference or "", where, "application/pdf", letter.storage_key)


def _content_places(owner: str, where: str, content_type: str, key: str) -> Iterator[_Place]:
    try:
        with open_file(key) as file:
            text, _ = read_apart(content_type, file)
    except StoreError:
        return  # `unread_files` tells of it
    for part, said in divided(text):
        yield _Place(owner, f"{where}, its {part}", said)


def _flat(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
