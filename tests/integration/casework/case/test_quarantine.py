"""What is taken down is gone from every public door at once; a tombstone stays, and a corrected version may return."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from exclusions.actions.record import quarantine
from exclusions.actions.record.files import Upload
from exclusions.actions.record.publication import publish_petition
from exclusions.errors import Conflict, Incomplete, NotPermitted, WrongState
from exclusions.models import (
    DocketVersion,
    Event,
    PublicDocument,
    PublicDownload,
    PublicPetition,
    Quarantine,
    Response,
    User,
)
from tests.conftest import Clock
from tests.factories.files import pdf as readable_pdf
from tests.factories.world import World, pdf

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Rows are locked, which SQLite does not do.")]


def file_of(world: World) -> str:
    """Name the public file of the posted petition."""
    return f"document:{world.public_file.pk}"


def response_of(world: World) -> str:
    """Name the response to it."""
    return f"response:{world.response.reference}"


def public_texts(client: Client, reference: str) -> str:
    """Everything public that could name a petition: list, search, feed, exports, API."""
    pages = ["/", "/docket/", "/docket/?q=quartz", "/docket/feed/", "/docket.csv", "/docket.json", "/api/v1/docket/"]
    found = ""
    for address in pages:
        answer = client.get(address)
        body = b"".join(answer) if answer.streaming else answer.content
        found += body.decode()
    return found


def test_a_petition_is_gone_from_every_public_door_and_a_tombstone_stays(
    world: World, filer: User, clock: Clock, client: Client
) -> None:
    reference, key = str(world.posted.reference), world.public_file.pk
    assert reference in public_texts(client, reference)
    version = DocketVersion.current()
    quarantine.take_down(world.posted, by=filer, at=clock.now, reason="A price slipped in.")
    assert DocketVersion.current() > version
    assert reference not in public_texts(client, reference)
    page = client.get(f"/docket/{reference}/")
    assert page.status_code == 410
    text = page.content.decode()
    assert reference in text
    assert "Jul" in text
    assert "price" not in text
    assert world.posted.product_name not in text
    assert client.get(f"/api/v1/docket/{reference}/").status_code == 410
    assert client.get(f"/docket/{reference}/documents/{key}/").status_code == 410
    event = Event.objects.filter(kind="quarantine").get()
    assert event.reason == "A price slipped in."
    # A transition does not bring it back.
    assert publish_petition(world.posted, at=clock.now) is None
    assert not PublicPetition.objects.filter(reference=reference).exists()


def test_a_petition_comes_back_whole(world: World, filer: User, intake: User, clock: Clock, client: Client) -> None:
    reference = str(world.posted.reference)
    before = client.get(f"/docket/{reference}/").content
    taken = quarantine.take_down(world.posted, by=filer, at=clock.now, reason="A price slipped in.")
    with pytest.raises(NotPermitted):
        quarantine.restore(taken, by=filer, at=clock.now)
    quarantine.restore(taken, by=intake, at=clock.now)
    assert client.get(f"/docket/{reference}/").content == before
    with pytest.raises(WrongState):
        quarantine.restore(taken, by=intake, at=clock.now)


def test_a_file_is_replaced_once_staff_have_looked_through_the_corrected_one(
    world: World, filer: User, intake: User, clock: Clock, client: Client, client_of: Callable
) -> None:
    reference, key = world.posted.reference, world.public_file.pk
    address = f"/docket/{reference}/documents/{key}/"
    for reader in (client, client_of(intake)):
        assert b"".join(reader.get(address)).startswith(b"%PDF")
    mine = client_of(filer)
    page = reverse("petition-quarantine", args=[world.posted.pk])
    assert mine.post(page, {"thing": f"document:{key}", "ground": "personal", "reason": "A name."}).status_code == 302
    assert client.get(address).status_code == 410
    assert client.get(f"/docket/{reference}/").status_code == 200
    assert "Taken down" in client.get(f"/docket/{reference}/").content.decode()
    assert world.public_file.file_name not in client.get(f"/docket/{reference}/").content.decode()
    # The log says who fetched it: one without a name, one signed in.
    assert [row.by for row in PublicDownload.objects.order_by("pk")] == [None, intake]
    told = mine.get(page).content.decode()
    assert "someone who was not signed in" in told
    assert "Ines Intake" in told
    taken = Quarantine.objects.get()
    corrected = SimpleUploadedFile("corrected.pdf", pdf("corrected"), "application/pdf")
    sent = mine.post(reverse("petition-quarantine-replace", args=[world.posted.pk, taken.pk]), {"file": corrected})
    assert sent.status_code == 302
    waiting = Quarantine.objects.get(document__file_name="corrected.pdf")
    assert not PublicDocument.objects.filter(key=waiting.document_id).exists()
    restored = client_of(intake).post(reverse("case-quarantine-restore", args=[reference, waiting.pk]))
    assert restored.status_code == 302
    assert b"".join(client.get(f"/docket/{reference}/documents/{waiting.document_id}/")).startswith(b"%PDF")
    assert "corrected.pdf" in client.get(f"/docket/{reference}/").content.decode()
    assert client.get(address).status_code == 410
    with pytest.raises(WrongState):
        quarantine.restore(taken, by=intake, at=clock.now)


def test_a_replacement_that_is_refused_leaves_nothing_in_the_store(
    world: World, filer: User, intake: User, clock: Clock, settings: Settings
) -> None:
    def kept() -> set[Path]:
        return {path for path in Path(settings.STORAGES["files"]["OPTIONS"]["location"]).rglob("*") if path.is_file()}

    taken = quarantine.take_down(world.posted, file_of(world), by=filer, at=clock.now, reason="A name.")
    quarantine.restore(taken, by=intake, at=clock.now)
    before = kept()
    with pytest.raises(WrongState, match="already put back or replaced"):
        quarantine.replace_document(taken, Upload("new.pdf", readable_pdf("a text of its own")), by=filer, at=clock.now)
    assert kept() == before


def test_a_response_is_taken_down_by_staff_alone(
    world: World, filer: User, legal: User, clock: Clock, client: Client
) -> None:
    reference = world.posted.reference
    with pytest.raises(NotPermitted):
        quarantine.take_down(world.posted, response_of(world), by=filer, at=clock.now, reason="Unwelcome.")
    quarantine.take_down(world.posted, response_of(world), by=legal, at=clock.now, reason="Another's price.")
    page = client.get(f"/docket/{reference}/").content.decode()
    assert world.response.organization_name not in page
    assert f"Response {world.response.reference}" in page
    assert PublicPetition.objects.get(reference=reference).oppose_count == 0


def test_a_response_that_is_back_can_be_replied_to_while_an_answer_of_it_is_down(
    world: World, legal: User, intake: User, clock: Clock
) -> None:
    answer = f"response-answer:{world.response.reference}:explanation"
    quarantine.take_down(world.posted, answer, by=legal, at=clock.now, reason="A name.")
    assert world.response in Response.objects.to_be_replied_to(clock.now)
    whole = quarantine.take_down(world.posted, response_of(world), by=legal, at=clock.now, reason="Another's price.")
    assert world.response not in Response.objects.to_be_replied_to(clock.now)
    quarantine.restore(whole, by=intake, at=clock.now)
    assert world.response in Response.objects.to_be_replied_to(clock.now)


def test_what_cannot_be_taken_down_says_why(world: World, cast: dict[str, User], clock: Clock) -> None:
    def refused(problem: type[Exception], who: str, **more: object) -> None:
        petition = more.pop("petition", world.posted)
        with pytest.raises(problem):
            quarantine.take_down(petition, by=cast[who], at=clock.now, **{"reason": "Wrong.", **more})

    refused(Incomplete, "filer", reason=" ")
    refused(NotPermitted, "rival")
    refused(NotPermitted, "auditor")
    refused(NotPermitted, "admin")
    refused(WrongState, "filer", petition=world.submitted)
    refused(WrongState, "filer", thing=f"document:{world.secret_file.pk}")
    quarantine.take_down(world.posted, by=cast["filer"], at=clock.now, reason="Wrong.")
    refused(Conflict, "intake")
