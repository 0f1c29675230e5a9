"""Whatever is public can be taken down by itself; it is then nowhere public, and a tombstone stands in its place.

Complete by construction: the columns of the public tables, the kinds of public things, the questions of every form and
the addresses that anybody may open are read from where they are declared.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from django.test import Client
from django.urls import reverse
from zeal import zeal_ignore

from exclusions import questionnaires
from exclusions.actions.record import quarantine
from exclusions.models import (
    DocketVersion,
    Petition,
    PublicDocument,
    PublicLetter,
    PublicPetition,
    PublicResponse,
    Quarantine,
    Round,
    Tombstone,
    User,
)
from exclusions.queries.record.public_things import Thing, public_things, text_of
from exclusions.questionnaires import Question
from exclusions.workflow.public_things import OF_DECISIONS, OF_INQUIRIES, Kind
from tests.conftest import Clock
from tests.depth import DEEP
from tests.factories.markers import STEM, Markers, petition_forms
from tests.factories.world import World
from tests.integration.public.test_markers_never_leak import addresses, body
from tests.integration.record.marked import publish_marked

pytestmark = pytest.mark.django_db

# Each public column that holds what people wrote, and the kinds that take it out of there, besides the whole petition.
WORDS: dict[str, set[Kind]] = {
    "PublicPetition.organization_name": {Kind.ANSWER},
    "PublicPetition.hts10": {Kind.ANSWER},
    "PublicPetition.product_name": {Kind.ANSWER},
    "PublicPetition.answers": {Kind.ANSWER, Kind.DOCUMENT},
    "PublicPetition.search_text": {Kind.ANSWER, Kind.DOCUMENT},
    "PublicPetition.rationale": {Kind.RATIONALE},
    "PublicPetition.explanations": {Kind.EXPLANATION},
    "PublicPetition.narrowing": {Kind.ANSWER},  # what was asked; its other words are explanations
    "PublicPetition.findings": {Kind.FINDING, Kind.DOCUMENT},
    "PublicPetition.former_decisions": {Kind.RATIONALE, Kind.FINDING, Kind.DOCUMENT},
    "PublicPetition.supplements": {Kind.EXPLANATION},  # of the decision that says it; test_supplements.py takes it down
    "PublicPetition.questions": {Kind.INQUIRY, Kind.INQUIRY_ANSWER},
    "PublicLetter.reason": {Kind.LETTER},
    "PublicResponse.organization_name": {Kind.RESPONSE, Kind.RESPONSE_ANSWER},
    "PublicResponse.answers": {Kind.RESPONSE, Kind.RESPONSE_ANSWER, Kind.DOCUMENT},
    "PublicResponse.reply_answers": {Kind.REPLY, Kind.REPLY_ANSWER, Kind.DOCUMENT},
    "PublicDocument.file_name": {Kind.DOCUMENT},
    "PublicDocument.storage_key": {Kind.DOCUMENT},
    "PublicDocument.thumbnail_key": {Kind.DOCUMENT},
}
# What nobody typed into a filing: numbers that the system gives out, choices, digests, the agency's own facts.
FACTS = {
    "PublicPetition.reference", "PublicPetition.docket", "PublicPetition.stage", "PublicPetition.move",
    "PublicPetition.denial_codes",  # the text of a code is the product's
    "PublicPetition.closing",  # references, days, headings, and the form's own words for a question
    "PublicPetition.exclusion_confidence",  # of a link that the product found; one of two words
    "PublicPetition.taken_down",  # tombstones
    "PublicPetition.filer_name",  # the name of a vetted firm, from the register of organizations
    "PublicResponse.reference", "PublicResponse.position",
    "PublicDocument.content_type", "PublicDocument.sha256", "PublicDocument.scan",
    # A letter's own words are in its file, which no public page gives out.
    "PublicLetter.code", "PublicLetter.reference", "PublicLetter.kind", "PublicLetter.sha256", "PublicLetter.ground",
    "PublicLetter.head", "PublicLetter.anchor",  # digests of the record
    "PublicLetter.supersedes", "PublicLetter.superseded_by",
    "Tombstone.reference", "Tombstone.ground",
}  # fmt: skip
COPIES = (PublicPetition, PublicResponse, PublicDocument)


@pytest.fixture
def marked(list3: Round, cast: dict[str, User], clock: Clock) -> Callable[[str], Petition]:
    """Return `marked(form)`: a decided petition with a marker in all that is public of it."""
    markers = Markers()
    return lambda form: publish_marked(Round.objects.get(slug="list-3"), form, markers, cast, clock.now)


def words_of(text: str) -> set[str]:
    """Return the markers in a text."""
    return set(re.findall(rf"{STEM}\d{{4}}", text))


def tables() -> str:
    """Return all that the public copies hold."""
    return "\n".join(repr(row) for model in COPIES for row in model.objects.values())


def test_every_public_column_is_named_here() -> None:
    public = [model for model in apps.get_models() if model in {*COPIES, PublicLetter, Tombstone}]
    held = {
        f"{model.__name__}.{field.name}"
        for model in public
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
    }
    assert held == WORDS.keys() | FACTS
    assert {kind for kinds in WORDS.values() for kind in kinds} | {Kind.PETITION, Kind.LETTER} == set(Kind)


def questions(form: str) -> dict[Kind, list[Question]]:
    """Return what a petition by that form, a response to it and the reply are asked, as `publish_marked` files them."""
    response = "response-2024" if form == "machinery-2024" else "response-2019"
    keys = {Kind.ANSWER: form, Kind.RESPONSE_ANSWER: response, Kind.REPLY_ANSWER: "reply-2019"}
    return {kind: list(questionnaires.get(key).questions) for kind, key in keys.items()}


def tried_elsewhere(form: str) -> set[tuple[Kind, str]]:
    """Return the answers that `make test` takes down for another form: to questions that it asks in the same way."""
    if DEEP:
        return set()
    forms = sorted(petition_forms())
    earlier = [questions(name) for name in forms[: forms.index(form)]]
    return {
        (kind, question.key)
        for kind, asked in questions(form).items()
        for question in asked
        if any(question in of[kind] for of in earlier)
    }


@pytest.mark.parametrize("form", sorted(petition_forms()))
def test_each_thing_of_every_form_is_taken_out_of_the_public_tables(
    marked: Callable[[str], Petition], cast: dict[str, User], clock: Clock, form: str
) -> None:
    petition = marked(form)
    before = words_of(tables())
    gone: set[str] = set()
    things = public_things(petition)
    assert {thing.kind for thing in things} == set(Kind)
    elsewhere = tried_elsewhere(form)
    for thing in things:
        if (thing.kind, thing.key.rpartition(":")[2]) in elsewhere:
            gone |= words_of(json.dumps(typed_in(petition, thing)))
            continue
        with transaction.atomic():
            quarantine.take_down(
                petition, thing.key, by=cast["intake"], at=clock.now, reason="Wrong.", ground="mistake"
            )
            left = tables()
            out = before - words_of(left)
            typed = words_of(json.dumps(typed_in(petition, thing)))
            assert out >= typed & before, thing.key
            assert thing.kind in (Kind.PETITION, Kind.RESPONSE, Kind.REPLY) or out <= typed, thing.key
            assert not PublicPetition.objects.matching(" ".join(typed)).exists() or not typed, thing.key
            gone |= out if thing.kind not in (Kind.PETITION, Kind.RESPONSE, Kind.REPLY) else set()
            transaction.set_rollback(True)
    # Thing by thing, nothing of what people wrote is left over that only the petition as a whole would take down.
    assert before - gone == set()
    assert words_of(tables()) == before


def typed_in(petition: Petition, thing: Thing) -> Any:
    """Return what of the private record a thing is: everything that is written there."""
    if thing.document:
        return thing.document.file_name
    if thing.kind in (Kind.PETITION, Kind.LETTER):
        return ""
    taken = Quarantine(kind=thing.kind, thing=thing.key, response=thing.response)
    return text_of(petition, taken)


@pytest.fixture
def surfaces(world: World, marked: Callable[[str], Petition], client: Client) -> tuple[Petition, list[str]]:
    """Return a marked petition, and every public address that could tell of it; their pages are in the caches."""
    petition = marked("petition-2019")
    known = [*addresses(world, [petition]), f"/docket/?q={petition.reference}", "/docket/?q=zqx"]
    with zeal_ignore():
        for address in known:
            body(client.get(address))
    return petition, known


def said(client: Client, known: list[str]) -> dict[str, str]:
    """Return what each address says now."""
    with zeal_ignore():
        return {address: body(client.get(address)) for address in known}


def one_of_each(petition: Petition) -> Iterator[Thing]:
    """Yield a thing of every kind, of several that with most of what people wrote."""
    things = public_things(petition)
    for kind in Kind:
        of_kind = [thing for thing in things if thing.kind is kind]
        named = [thing for thing in of_kind if thing.key.endswith(("product_name", ":explanation", ":text"))]
        yield (named or of_kind)[0]


def test_what_is_taken_down_is_at_no_public_address_and_a_tombstone_is(
    surfaces: tuple[Petition, list[str]], cast: dict[str, User], clock: Clock, client: Client
) -> None:
    petition, known = surfaces
    before = said(client, known)
    for thing in one_of_each(petition):
        typed = words_of(json.dumps(typed_in(petition, thing))) or words_of(tables())
        if thing.kind in (Kind.RESPONSE, Kind.REPLY):
            rows = PublicResponse.objects.values_list("answers" if thing.kind is Kind.RESPONSE else "reply_answers")
            typed = words_of(json.dumps(list(rows)))
        shown = {address for address, text in before.items() if words_of(text) & typed}
        with transaction.atomic():
            taken = quarantine.take_down(
                petition, thing.key, by=cast["intake"], at=clock.now, reason="Secret words.", ground="anothers"
            )
            after = said(client, known)
            if thing.kind is not Kind.LETTER:
                assert shown, thing.key  # it was public
                assert {a for a, text in after.items() if words_of(text) & typed} == set(), thing.key
            assert "Secret words" not in "".join(after.values())
            the_tombstone_stands(taken, petition, client)
            transaction.set_rollback(True)
        # What the rolled back transaction left in the cache is of a number that is not given again.
        DocketVersion.objects.update(number=models.F("number") + 20)
    assert [words_of(text) for text in said(client, known).values()] == [words_of(text) for text in before.values()]


def the_tombstone_stands(taken: Quarantine, petition: Petition, client: Client) -> None:
    """Hold that page and API say in its place since when it is gone, and why."""
    page, api = (client.get(f"{prefix}/docket/{petition.reference}/") for prefix in ("", "/api/v1"))
    why = "it held what another party may not have published"
    if taken.kind == Kind.PETITION:
        assert (page.status_code, api.status_code) == (410, 410)
        assert why in page.content.decode()
        return
    text, said_in_api = page.content.decode(), api.json()
    assert why in text
    listed = [item for item in said_in_api["taken_down"] if item["kind"] == taken.kind]
    assert [(item["on"], item["ground"], item["why"]) for item in listed] == [("2019-07-09", "anothers", why)]
    grave = f"Taken down on July 9, 2019: {why}."
    if taken.kind in {Kind.ANSWER, Kind.RESPONSE_ANSWER, Kind.REPLY, Kind.REPLY_ANSWER, *OF_DECISIONS, *OF_INQUIRIES}:
        assert grave in text
        assert grave in json.dumps(said_in_api)
    elif taken.kind == Kind.DOCUMENT:
        assert "A document was taken down Tue, Jul 9, 2019" in text
        gone = client.get(reverse("docket-document", args=[petition.reference, taken.document_id]))
        assert gone.status_code == 410
        assert why in gone.content.decode()
    elif taken.kind == Kind.RESPONSE:
        assert taken.response
        assert f'id="{taken.response.reference}"' in text
        assert "Taken down Tue, Jul 9, 2019" in text
    else:
        assert taken.kind == Kind.LETTER
    if taken.letter or taken.kind in OF_DECISIONS:
        letter = client.get(reverse("verify-letter", args=[petition.letters.get().code])).content.decode()
        assert "and took it down" in letter
        assert why in letter


def test_a_product_name_that_was_taken_down_is_in_no_list_feed_or_export(
    surfaces: tuple[Petition, list[str]], cast: dict[str, User], clock: Clock, client: Client
) -> None:
    petition, _ = surfaces
    quarantine.take_down(petition, "answer:product_name", by=cast["importer"], at=clock.now, reason="A name.")
    sent = json.loads(b"".join(client.get("/docket.json").streaming_content))  # type: ignore[attr-defined]
    listed = next(row for row in sent["results"] if row["reference"] == petition.reference)
    assert listed["product"] == "Taken down on July 9, 2019."
    assert "Taken down on July 9, 2019." in client.get("/docket/feed/").content.decode()
    assert "Taken down on July 9, 2019." in client.get("/docket/").content.decode()


def test_a_letter_that_was_taken_down_opens_to_its_owner_no_more_and_to_staff_still(
    world: World, cast: dict[str, User], clock: Clock, client_of: Callable[[User | None], Client]
) -> None:
    letter = world.letter
    theirs = reverse("petition-letter", args=[world.denied.pk, letter.code])
    ours = reverse("case-letter", args=[world.denied.reference, letter.code])
    quarantine.take_down(world.denied, "rationale", by=cast["signatory"], at=clock.now, reason="A price.")
    refused = client_of(cast["importer"]).get(theirs)
    assert refused.status_code == 410
    assert "was taken down" in refused.content.decode()
    assert "taken down" in client_of(cast["importer"]).get(reverse("petition", args=[world.denied.pk])).content.decode()
    assert b"".join(client_of(cast["legal"]).get(ours)).startswith(b"%PDF")  # type: ignore[arg-type]
    with_letter = Quarantine.objects.get(kind=Kind.LETTER)
    quarantine.restore(with_letter, by=cast["legal"], at=clock.now)
    assert b"".join(client_of(cast["importer"]).get(theirs)).startswith(b"%PDF")  # type: ignore[arg-type]
