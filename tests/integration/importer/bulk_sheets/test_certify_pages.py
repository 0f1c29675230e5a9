"""The page on which drafts are checked, read and certified together, its file and its receipt."""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader
from zeal import zeal_ignore

from exclusions.actions.bulk_sheets.certifying import NOT_READ
from exclusions.actions.filing.petitions import save_answers
from exclusions.models import BulkCertificate, BulkSheet, Petition, PublicPetition, User
from exclusions.queries.record.leak_sweep import leaks
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.answers import CERTIFIED
from tests.integration.importer.bulk_sheets.test_bulk_pages import address, text_of
from tests.integration.importer.bulk_sheets.test_certified_together import draft_named, drafted, proved

SignIn = Callable[[User | None], Client]
pytestmark = pytest.mark.django_db
NAMES = ("Quartz slabs", "Quartz tiles", "Quartz panels")


@pytest.fixture(autouse=True)
def whoever_looks_does_a_slice_of_the_work() -> Iterator[None]:
    """Let a page check and file draft after draft, by the action of one, as a worker does."""
    with zeal_ignore():
        yield


@pytest.fixture
def ready(sheet: BulkSheet, importer: User, clock: Clock) -> BulkSheet:
    """Return a sheet of three drafts; the first lacks its number."""
    found = drafted(sheet, importer, clock.now, *({"product_name": name} for name in NAMES))
    save_answers(draft_named(found, NAMES[0]), by=importer, at=clock.now, answers={"hts10": ""})
    return found


def entered(sheet: BulkSheet) -> dict[str, object]:
    """Return what a person enters who read all."""
    sheet.refresh_from_db()
    return {"seen": sheet.revision, "was_read": "on", "certified": list(CERTIFIED)}


def whole(answer: HttpResponse) -> bytes:
    """Return a file that is sent in pieces."""
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_drafts_are_checked_read_and_filed_and_the_odd_one_is_named(
    ready: BulkSheet, importer: User, client_of: SignIn
) -> None:
    client, page = client_of(importer), address("-certify", ready)
    assert "Not checked as they are now: 3" in text_of(client.get(page))
    assert page in text_of(client.get(address("", ready)))
    client.post(address("-check", ready))
    said = text_of(client.get(page))
    assert "Can be certified: 2. With errors: 1." in said
    assert said.index(NAMES[0]) < said.index(NAMES[1])
    assert "Submit 2 petitions" in said
    answer = client.post(page, entered(ready))
    assert (answer.status_code, answer["Location"]) == (302, page)
    said = text_of(client.get(page))
    assert "You certified 2 petitions." in said
    assert f"1 draft is left out: {NAMES[0]}." in said
    assert "Petitions filed: 2." in said
    assert Petition.objects.filter(status=Status.SUBMITTED).count() == 2


def test_the_work_is_seen_while_it_lasts(ready: BulkSheet, importer: User, client_of: SignIn) -> None:
    client, page = client_of(importer), address("-certify", ready)
    client.post(address("-check", ready))
    assert "Drafts checked: 0 of 3" in text_of(client.head(page)) or "Drafts checked" in text_of(client.post(page, {}))
    client.get(page)
    client.post(page, entered(ready))
    BulkSheet.objects.update(leased_until=ready.made_at + timedelta(hours=1))  # somebody else is at work on it
    assert "Petitions filed: 0 of 2" in text_of(client.get(page))
    assert "Petitions filed: 0 of 2" in text_of(client.get(address("", ready)))


def test_what_is_missing_is_said_beside_its_field(ready: BulkSheet, importer: User, client_of: SignIn) -> None:
    proved(ready, importer, ready.made_at)
    answer = client_of(importer).post(address("-certify", ready), {**entered(ready), "was_read": ""})
    assert answer.status_code == 422
    assert NOT_READ in text_of(answer)
    assert answer.content.decode().count("checked") >= len(CERTIFIED)
    assert not BulkCertificate.objects.exists()


def test_the_public_versions_are_one_file_without_what_is_confidential(
    ready: BulkSheet, importer: User, client_of: SignIn
) -> None:
    lines = list(csv.reader(io.StringIO(whole(client_of(importer).get(address("-public", ready))).decode("utf-8-sig"))))
    assert [name for name in NAMES if any(name == line[1] for line in lines)] == list(NAMES)
    whole_text = "\n".join(" ".join(line) for line in lines)
    for draft in Petition.objects.all():
        for key in ("purchases", "revenue"):
            secret = str(draft.versions.get().answers.get(key, {}).get("china-2017-value", "1234567.89"))
            assert secret not in whole_text


def test_one_receipt_names_every_petition(ready: BulkSheet, importer: User, rival: User, client_of: SignIn) -> None:
    client, page = client_of(importer), address("-certify", ready)
    client.post(address("-check", ready))
    client.get(page)
    client.post(page, entered(ready))
    client.get(page)
    certificate = BulkCertificate.objects.get()
    link = reverse("bulk-sheet-receipt", args=[ready.pk, certificate.pk])
    assert link in text_of(client.get(page))
    answer = client.get(link)
    assert "no-store" in answer["Cache-Control"]
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    for petition in Petition.objects.filter(status=Status.SUBMITTED):
        assert str(petition.reference) in text
        assert petition.product_name in text
    assert "2 filed of 2 certified" in text
    assert client_of(rival).get(link).status_code == 404
    assert client_of(None).get(link).status_code in (302, 404)
    assert not list(leaks())
    assert not PublicPetition.objects.exists()


def test_a_page_of_many_drafts_takes_as_many_statements_as_one_of_few(
    sheet: BulkSheet, importer: User, client_of: SignIn, clock: Clock
) -> None:
    found = proved(
        drafted(sheet, importer, clock.now, *({"product_name": f"Slab {n}"} for n in range(21))), importer, clock.now
    )
    client = client_of(importer)
    client.get(address("-certify", found))
    with CaptureQueriesContext(connection) as asked:
        said = text_of(client.get(address("-certify", found)))
    assert "Submit 21 petitions" in said
    assert len(asked) <= 15
