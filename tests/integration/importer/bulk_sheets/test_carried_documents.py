"""A copy of a petition carries its documents where the person says so: for the same requester, each judged anew."""

from typing import Any

import pytest
from django.urls import reverse

from exclusions.actions.filing.carried_documents import carry_documents
from exclusions.actions.filing.documents import Upload, attach
from exclusions.actions.filing.petitions import start
from exclusions.actions.record import files as record_files
from exclusions.actions.record import quarantine
from exclusions.gateways.documents.scanner import Scan, ScanStatus
from exclusions.models import Document, Organization, Petition, Round, User
from exclusions.workflow.public_things import Kind, key_of
from tests.conftest import Clock
from tests.factories.files import pdf
from tests.factories.petitions import Journey
from tests.integration.importer.bulk_sheets.test_bulk_pages import SignIn

pytestmark = pytest.mark.django_db


def names_of(petition: Petition) -> list[tuple[str, str]]:
    """Return the documents of a petition by name and visibility."""
    found = petition.documents.filter(removed_at__isnull=True).order_by("file_name")
    return list(found.values_list("file_name", "visibility"))


@pytest.fixture
def earlier(importer: User, meadowlark: Organization, list3: Round, clock: Clock) -> Petition:
    """Return a draft with a public and a confidential document."""
    draft = start(round=list3, organization=meadowlark, by=importer, at=clock.now)
    attach(draft, "public_documents", Upload("plan.pdf", pdf("A plan.")), by=importer, at=clock.now)
    attach(draft, "confidential_documents", Upload("figures.txt", b"Our figures."), by=importer, at=clock.now)
    return draft


def copied(earlier: Petition, client: Any, **sent: str) -> Petition:
    """Copy a petition on its page; return the new draft."""
    answer = client.post(reverse("petition-copy", args=[earlier.pk]), {"round": earlier.round.slug, **sent})
    assert answer.status_code == 302, answer.content
    return Petition.objects.exclude(pk=earlier.pk).order_by("-created_at").get()


def test_a_copy_has_the_documents_where_the_person_says_so(
    earlier: Petition, importer: User, client_of: SignIn
) -> None:
    draft = copied(earlier, client_of(importer), documents="on")
    assert names_of(draft) == names_of(earlier) == [("figures.txt", "confidential"), ("plan.pdf", "public")]
    keys = {one.storage_key for one in Document.objects.all()}
    assert len(keys) == 4  # taken in anew, so that each is judged by itself
    draft.documents.all().delete()
    draft.delete()
    assert names_of(copied(earlier, client_of(importer))) == []


def test_each_is_judged_by_what_is_known_today(
    earlier: Petition, importer: User, client_of: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_files, "scan", lambda chunks: Scan(ScanStatus.INFECTED, "Eicar"))
    assert names_of(copied(earlier, client_of(importer), documents="on")) == []


def test_another_requester_gets_none(
    earlier: Petition, importer: User, rival: User, list3: Round, clock: Clock
) -> None:
    stranger = Organization.objects.get(memberships__user=rival)
    theirs = start(round=list3, organization=stranger, by=rival, at=clock.now)
    assert carry_documents(earlier, theirs, by=rival, at=clock.now) == 2
    assert names_of(theirs) == []


def test_what_was_taken_down_is_not_carried_even_once_it_is_back(
    posted_once: Journey, cast: dict[str, User], list3: Round, clock: Clock
) -> None:
    petition = posted_once.petition
    document = Document.objects.create(
        petition=petition, question_key="public_documents", visibility="public", file_name="plan.pdf",
        content_type="application/pdf", size=1, sha256="0" * 64, storage_key="0" * 32, uploaded_at=clock.now,
    )  # fmt: skip
    quarantine.take_down(
        petition, key_of(Kind.DOCUMENT, document.pk), reason="A name.", by=cast["intake"], at=petition.updated_at
    )
    draft = start(round=list3, organization=petition.organization, by=petition.filed_by, at=clock.now)
    assert carry_documents(petition, draft, by=petition.filed_by, at=clock.now) >= 1
    assert ("plan.pdf", "public") not in names_of(draft)
