"""The sweep finds what should never have become public, wherever and however it stands there, and tells no value."""

import time
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from exclusions.actions.filing import confidentiality, documents, petitions
from exclusions.actions.filing.documents import Upload
from exclusions.actions.record import quarantine
from exclusions.errors import Incomplete
from exclusions.gateways.documents.object_store import store_file
from exclusions.models import (
    Event,
    LeakSettlement,
    Letter,
    Notification,
    Petition,
    PublicDocument,
    PublicPetition,
    PublicResponse,
    User,
)
from exclusions.permissions.filing import remarks
from exclusions.queries.importer.filing import working_version
from exclusions.queries.record.leak_sweep import leaks
from tests.factories.answers import SECRETS
from tests.factories.files import docx, jpeg, pdf, xlsx
from tests.factories.petitions import Journey
from tests.factories.world import World
from tests.opened import opened

pytestmark = pytest.mark.django_db
VALUES = (*SECRETS, "7,071,234", "937-555-0142", "Orchard Lane", "9,000,000")


def answer(text: str) -> Callable[[World], None]:
    def plant(world: World) -> None:
        page = PublicPetition.objects.get(reference=world.posted.reference)
        page.answers[0]["value"] = f"It is said that {text} and more."
        page.save()

    return plant


def column(name: str, value: Any) -> Callable[[World], None]:
    return lambda world: (
        PublicPetition.objects.filter(reference=world.denied.reference).update(**{name: value}) and None
    )


def content(data: bytes, content_type: str) -> Callable[[World], None]:
    def plant(world: World) -> None:
        stored = store_file([data], limit=10_000_000)
        file = PublicDocument.objects.get(key=world.public_file.pk)
        file.storage_key, file.content_type = stored.key, content_type
        file.save()

    return plant


def response(name: str, text: str) -> Callable[[World], None]:
    rows = [{"step": "x", "key": "explanation", "label": "Explanation", "value": text}]
    return lambda world: PublicResponse.objects.update(**{name: rows}) and None


PDF, DOCX, XLSX = "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)  # fmt: skip
SEEDED: dict[str, Callable[[World], None]] = {
    "figure plain": answer("7071234"),
    "figure with commas": answer("7,071,234"),
    "figure with spaces": answer("7 071 234"),
    "figure with points": answer("7.071.234"),
    "figure with a dollar sign": answer("$7,072,345.00"),
    "figure in millions": answer("$7.07 million"),
    "figure in m": answer("$7.0712m"),
    "figure in thousands": answer("7,071 thousand"),
    "round revenue": answer("$9m"),
    "round revenue in words": answer("9.0 million dollars"),
    "share of another year": answer("USD 2,300,000"),
    "person": answer("Wanda Whisper"),
    "person reordered": answer("WHISPER, Wanda"),
    "person with an initial": answer("Wanda J. Whisper"),
    "person with accents": answer("Wánda Whïsper"),
    "address": answer("wanda.whisper@example.test"),
    "address spelled out": answer("wanda.whisper (at) example (dot) test"),
    "telephone": answer("(937) 555-0142"),
    "telephone run together": answer("19375550142"),
    "street": answer("1, Orchard Lane"),
    "supplier": answer("hidden-supplier WORKS"),
    "passage": answer("they quoted twice the price in May 2019, hidden supplier works quoted"),
    "product name": column("product_name", "Slabs of Hidden Supplier Works"),
    "rationale": column("rationale", "Purchases of $7,073,456 show it."),
    "search index": column("search_text", "slabs 7073456"),
    "finding": column("findings", [{"criterion": "x", "reasons": "Hidden Supplier Works declined."}]),
    "response": response("answers", "They buy from Hidden Supplier Works."),
    "black box": content(pdf("Cost 7,071,234 a year", black_box=True), PDF),
    "author of a PDF": content(pdf("slabs", author="Wanda Whisper"), PDF),
    "author of a Word file": content(docx("slabs", author="Whisper, Wanda"), DOCX),
    "comment in a Word file": content(docx("slabs", comment="ask Hidden Supplier Works"), DOCX),
    "cell of a workbook": content(xlsx("slabs", number="7071234"), XLSX),
    "photographer": content(jpeg("Wanda Whisper"), "image/jpeg"),
    "name of a file": lambda world: PublicDocument.objects.update(file_name="offer_Hidden_Supplier_Works.pdf") and None,
    "message": lambda world: Notification.objects.filter(context__reference=world.posted.reference).update(
        subject="Wanda Whisper filed"
    ) and None,
}  # fmt: skip


def test_a_clean_docket_has_none(world: World) -> None:
    assert list(leaks()) == []
    out = StringIO()
    call_command("check_leaks", stdout=out)
    assert "No confidential value" in out.getvalue()


def test_each_of_thirty_seeded_leaks_is_found_and_no_value_is_told(world: World) -> None:
    assert len(SEEDED) >= 30
    pages, files = list(PublicPetition.objects.values()), list(PublicDocument.objects.values())
    missed, told = [], ""
    for name, plant in SEEDED.items():
        for page in pages:
            PublicPetition.objects.filter(pk=page["id"]).update(**page)
        for file in files:
            PublicDocument.objects.filter(pk=file["id"]).update(**file)
        before = set(map(str, leaks()))
        plant(world)
        found = set(map(str, leaks())) - before
        missed += [] if found else [name]
        told += "\n".join(found)
    assert missed == []
    assert [value for value in VALUES if value.lower() in told.lower()] == []


def test_a_letter_that_was_taken_down_is_read_no_more_until_it_is_put_back(world: World, cast: dict[str, User]) -> None:
    letter, at = world.letter, world.letter.issued_at
    stored = store_file([pdf("They buy for $7.07 million.")], limit=10_000_000)
    with opened(Letter):
        Letter.objects.filter(pk=letter.pk).update(storage_key=stored.key)
    (before,) = leaks()
    assert letter.code in str(before)
    taken = quarantine.take_down(world.denied, f"letter:{letter.code}", by=cast["intake"], at=at, reason="A price.")
    assert list(leaks()) == []
    quarantine.restore(taken, by=cast["intake"], at=at)
    assert list(leaks()) == [before]


def test_the_command_exits_with_the_list(world: World) -> None:
    answer("$7.07 million")(world)
    out = StringIO()
    with pytest.raises(CommandError, match="1 leak"):
        call_command("check_leaks", stdout=out)
    assert str(world.posted.reference) in out.getvalue()
    assert "Purchases of the product" in out.getvalue()


@pytest.fixture
def draft(journey: Callable[..., Journey]) -> Journey:
    return journey()


def _errors(petition: Petition, journey: Journey) -> list[Any]:
    said = remarks(petition, working_version(petition).answers, journey.at)
    return [remark for remark in said if remark.leak]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("spec.pdf", pdf("bought for $7.07 million", black_box=True)),
        ("spec.docx", docx("slabs", comment="Hidden Supplier Works")),
        ("spec.xlsx", xlsx("slabs", number="7071234")),
        ("Hidden Supplier Works.pdf", pdf("slabs")),
    ],
    ids=["black box", "comment", "cell", "name"],
)
def test_a_public_file_that_leaks_keeps_a_petition_from_being_submitted(
    draft: Journey, importer: User, name: str, data: bytes
) -> None:
    attached = documents.attach(draft.petition, "public_documents", Upload(name, data), by=importer, at=draft.at)
    assert len(_errors(draft.petition, draft)) == 1
    with pytest.raises(Incomplete, match="public file"):
        draft.take("submit")
    documents.remove(draft.petition, attached, by=importer, at=draft.at)
    assert draft.take("submit").reference


def test_a_leak_is_settled_by_a_recorded_statement(draft: Journey, importer: User, client: Client) -> None:
    words = "Hidden Supplier Works makes none, nor does anybody else here."
    petitions.save_answers(draft.petition, by=importer, at=draft.at, answers={"available_us_explanation": words})
    (leak,) = _errors(draft.petition, draft)
    client.force_login(importer)
    page = client.get(reverse("petition-check", args=[draft.petition.pk]))
    assert b"This is not confidential" in page.content
    assert leak.excerpt.encode() in page.content
    with pytest.raises(Incomplete):
        confidentiality.settle_leak(draft.petition, leak.leak, statement=" ", by=importer, at=draft.at)
    client.post(
        reverse("petition-settle", args=[draft.petition.pk]), {"leak": leak.leak, "statement": "It advertises."}
    )
    assert LeakSettlement.objects.get().statement == "It advertises."
    assert Event.objects.filter(kind="settle_leak").count() == 1
    assert _errors(draft.petition, draft) == []
    assert draft.take("submit", "post").reference
    assert list(leaks()) == []


def test_the_metadata_of_a_public_file_is_gone_and_the_check_is_quick(draft: Journey, importer: User) -> None:
    data = pdf("\n".join(f"Slab {n} of {n * 7919} kg" for n in range(400)), author="Wanda Whisper")
    documents.attach(draft.petition, "public_documents", Upload("a.pdf", data), by=importer, at=draft.at)
    start = time.process_time()
    assert _errors(draft.petition, draft) == []
    assert time.process_time() - start < 2


def test_the_same_file_is_not_attached_twice_nor_both_ways(draft: Journey, importer: User) -> None:
    def attach(key: str, name: str) -> None:
        documents.attach(draft.petition, key, Upload(name, pdf("offer")), by=importer, at=draft.at)

    attach("confidential_documents", "offer.pdf")
    with pytest.raises(Incomplete, match=r"attached already, as .offer\.pdf"):
        attach("confidential_documents", "again.pdf")
    with pytest.raises(Incomplete, match="either public or confidential"):
        attach("public_documents", "again.pdf")


def test_what_the_public_will_see_holds_no_confidential_answer(draft: Journey, importer: User, client: Client) -> None:
    client.force_login(importer)
    url = reverse("petition-public", args=[draft.petition.pk])
    for headers in ({}, {"HX-Request": "true"}):
        page = client.get(url, headers=headers).content.decode()
        assert "Agglomerated quartz slabs" in page
        assert not [value for value in VALUES if value in page]
    assert url in client.get(reverse("petition-step", args=[draft.petition.pk, "product"])).content.decode()


@pytest.mark.parametrize(("key", "found"), [("11111111-90e5-4aaa-baaa-aaaaaaaaaaaa", False), ("90e5", True)])
def test_the_key_of_a_row_in_an_address_is_no_figure(world: World, key: str, found: bool) -> None:
    message = Notification.objects.filter(context__reference=world.posted.reference).first()
    assert message
    message.context["address"] = f"See http://testserver/petitions/{key}/ for it."
    message.save()
    assert any(leak.where.startswith(f"message {message.pk} ") for leak in leaks()) is found
