"""A draft while it is worked on: its files, its number, and for whom it is made."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from exclusions.actions.filing import documents, petitions
from exclusions.actions.people import organizations
from exclusions.errors import NotPermitted
from exclusions.facts.forms import petition_form
from exclusions.models import (
    Authorization,
    Document,
    Exclusion,
    ExclusionNumber,
    ExclusionTerm,
    ExclusionText,
    Membership,
    Organization,
    Petition,
    Round,
    TariffAction,
    User,
)
from exclusions.permissions.filing import remarks
from exclusions.queries.importer.petitions import timeline
from exclusions.questionnaires import Kind
from tests.conftest import Clock
from tests.factories.answers import CERTIFIED, SECRETS, filer_answers, petition_answers
from tests.factories.files import WITH_A_DTD, jpeg, pdf
from tests.factories.people import authorize, join, make_organization, make_person
from tests.factories.typed import typed

SignIn = Callable[[User | None], Client]
PDF = pdf("a specification of slabs")


def test_files_are_attached_listed_sent_and_removed(
    draft: Petition, importer: User, client_of: SignIn, clock: Clock
) -> None:
    client = client_of(importer)
    url = reverse("petition-step", args=[draft.pk, "product"])
    sent = SimpleUploadedFile("spec.pdf", PDF)
    client.post(url, {**typed(client.get(url)), "product_documents": sent, "action": "upload"})
    document = Document.objects.get()
    assert (document.visibility, document.uploaded_sha256) == ("public", hashlib.sha256(PDF).hexdigest())
    assert draft.versions.get().answers["product_documents"] == [str(document.pk)]
    page = client.get(url)
    assert b"spec.pdf" in page.content
    assert b"not virus-scanned" in page.content
    download = client.get(reverse("petition-document", args=[draft.pk, document.pk]))
    assert hashlib.sha256(b"".join(download.streaming_content)).hexdigest() == document.sha256  # type: ignore[attr-defined]
    assert download["X-Content-Type-Options"] == "nosniff"
    client.post(url, {**typed(page), "action": f"remove:{document.pk}"})
    assert "product_documents" not in draft.versions.get().answers
    assert client.get(reverse("petition-document", args=[draft.pk, document.pk])).status_code == 404


@pytest.mark.parametrize(
    ("name", "data", "told", "untold"),
    [
        ("words.pdf", PDF, ["We can read all of its text."], ["Only a person can read this"]),
        (
            "scan.pdf",
            pdf(""),
            ["We can read all of its text.", "Only a person can read this: page 1 without text."],
            [],
        ),
        ("photo.jpg", jpeg(), ["Only a person can read this: a picture."], ["We cannot read all"]),
        ("spec.docx", WITH_A_DTD, ["We cannot read a part of it: word/document.xml."], ["We can read all"]),
    ],
)
def test_beside_a_file_stands_at_once_whether_it_can_be_read(
    draft: Petition, importer: User, client_of: SignIn, name: str, data: bytes, told: list[str], untold: list[str]
) -> None:
    client = client_of(importer)
    url = reverse("petition-step", args=[draft.pk, "product"])
    sent = SimpleUploadedFile(name, data)
    form = {**typed(client.get(url)), "product_documents": sent, "action": "upload"}
    page = " ".join(client.post(url, form, follow=True).content.decode().split())
    assert name in page
    assert [words for words in told if words not in page] == []
    assert [words for words in untold if words in page] == []


def test_of_a_confidential_file_no_text_is_read(
    draft: Petition, importer: User, client_of: SignIn, clock: Clock
) -> None:
    step, question = next(
        (found.step, found.key)
        for found in petition_form(draft.round).questions
        if found.kind is Kind.FILES and not found.is_public
    )
    documents.attach(draft, question, documents.Upload("costs.pdf", PDF), by=importer, at=clock.now)
    assert [
        happened.file for happened in timeline(draft, draft.documents.all()) if happened.words == "Document attached"
    ] == ["costs.pdf"]
    page = client_of(importer).get(reverse("petition-step", args=[draft.pk, step])).content.decode()
    assert "costs.pdf" in page
    assert "can be read" not in page
    assert "is read when" not in page


def test_the_number_is_looked_up_without_a_script_and_chosen(
    draft: Petition, importer: User, client_of: SignIn, clock: Clock
) -> None:
    client = client_of(importer)
    url = reverse("petition-step", args=[draft.pk, "product"])
    typed_in = {**typed(client.get(url)), "product_name": "Kept", "hts_q": "6810.99", "action": "lookup"}
    answer = client.post(url, typed_in, follow=True)
    assert b"Show lines" in answer.content
    assert draft.versions.get().answers["product_name"] == "Kept"
    below = client.get(reverse("petition-hts", args=[draft.pk]), {"q": "6810.99.00"})
    assert b"use:6810990080" in below.content
    assert b"Covered in this round" in below.content
    client.post(url, {**typed(client.get(url)), "action": "use:6810990080"})
    draft.refresh_from_db()
    assert draft.hts10 == "6810990080"
    found = client.get(reverse("petition-hts", args=[draft.pk]), {"hts_q": "quartz"})
    assert b"6810.99.0010" in found.content
    assert (
        b"Try fewer or other words"
        in client.get(reverse("petition-hts", args=[draft.pk]), {"hts_q": "unobtainium"}).content
    )


def test_a_live_exclusion_is_told_of_and_stops_nothing(
    draft: Petition, importer: User, client_of: SignIn, clock: Clock, at: datetime
) -> None:
    exclusion = Exclusion.objects.create(
        reference="X-1", action=TariffAction.objects.get(code="3"), product_key="1" * 64, created_at=at
    )
    text = ExclusionText.objects.create(exclusion=exclusion, text="Slabs of quartz, polished (6810.99.0010)")
    ExclusionNumber.objects.create(text=text, number="6810990010")
    ExclusionTerm.objects.create(exclusion=exclusion, heading="99038813", valid_from=date(2018, 9, 24))
    said = remarks(draft, draft.versions.get().answers, at)
    assert [(r.level, r.key) for r in said] == [("warning", "hts10")]
    client = client_of(importer)
    found = client.get(reverse("petition-hts", args=[draft.pk]), {"hts_q": "polished slabs"}).content
    assert b"Numbers named in exclusions with these words" in found
    assert (
        b"Is your product excluded already?" in client.get(reverse("petition-step", args=[draft.pk, "product"])).content
    )
    assert petitions.submit(draft, by=importer, at=at, certified=CERTIFIED).reference


def test_a_first_organization_is_made_with_the_first_draft(
    nobody: User, list3: Round, client_of: SignIn, clock: Clock, at: datetime
) -> None:
    client = client_of(nobody)
    empty = client.post(reverse("petition-new"), {"round": "list-3", "legal_name": " "})
    assert empty.status_code == 422
    assert not Organization.objects.filter(memberships__user=nobody).exists()
    client.post(reverse("petition-new"), {"round": "list-3", "legal_name": "Nell Lamps LLC", "kind": "company"})
    assert Petition.objects.get().organization.legal_name == "Nell Lamps LLC"
    assert organizations.register(legal_name="nell  lamps llc", by=nobody, at=at) == Organization.objects.get()


def test_the_name_of_another_company_lets_nobody_in(
    importer: User, nobody: User, draft: Petition, at: datetime
) -> None:
    mine = organizations.register(legal_name=draft.organization.legal_name, by=nobody, at=at)
    assert mine != draft.organization
    assert not Petition.objects.owned_by(nobody, at).exists()


def test_a_firm_files_for_its_clients_and_they_never_see_each_other(
    filer: User, importer: User, rival: User, meadowlark: Organization, list3: Round, client_of: SignIn, clock: Clock
) -> None:
    firm = Membership.objects.get(user=filer).organization
    second = Membership.objects.get(user=rival).organization
    authorize(firm, second)
    client = client_of(filer)
    for requester in (meadowlark, second):
        client.post(reverse("petition-new"), {"round": "list-3", "party": f"{requester.pk}:{firm.pk}"})
    mine, theirs = Petition.objects.get(organization=meadowlark), Petition.objects.get(organization=second)
    assert mine.versions.get().answers["third_party_type"] == "law_firm"
    assert {row.petition.pk for row in client.get(reverse("petitions")).context["rows"]} == {mine.pk, theirs.pk}
    assert [row.petition.pk for row in client_of(importer).get(reverse("petitions")).context["rows"]] == [mine.pk]
    narrowed = client.get(reverse("petitions"), {"organization": second.pk})
    assert [row.petition.pk for row in narrowed.context["rows"]] == [theirs.pk]
    refused = client_of(importer).get(reverse("petitions"), {"organization": second.pk})
    assert [row.petition.pk for row in refused.context["rows"]] == [mine.pk]
    assert "You have no petition of that organization." in refused.content.decode()
    assert second.legal_name not in refused.content.decode()
    assert client_of(importer).get(reverse("petition-step", args=[theirs.pk, "trade"])).status_code == 404
    assert client_of(rival).get(reverse("petition-record", args=[mine.pk])).status_code == 404
    petitions.save_answers(mine, by=filer, at=clock.now, answers=filer_answers())
    assert petitions.submit(mine, by=filer, at=clock.now, certified=CERTIFIED).filed_by == filer


def test_a_revoked_authorization_shuts_the_firm_out(
    filer: User, meadowlark: Organization, list3: Round, client_of: SignIn, clock: Clock
) -> None:
    firm = Membership.objects.get(user=filer).organization
    petition = petitions.start(
        round=list3, organization=meadowlark, filer_organization=firm, by=filer, at=clock.now, answers=filer_answers()
    )
    Authorization.objects.update(revoked_at=clock.now)
    refused = client_of(filer).get(reverse("petition-check", args=[petition.pk]))
    assert refused.status_code == 403
    assert not [secret for secret in SECRETS if secret in refused.content.decode()]
    with pytest.raises(NotPermitted):
        petitions.submit(petition, by=filer, at=clock.now, certified=CERTIFIED)


def test_contact_details_are_not_typed_twice(
    filed: Petition, importer: User, meadowlark: Organization, list3: Round, at: datetime
) -> None:
    colleague = make_person("Cleo Colleague", organization=meadowlark)
    second = petitions.start(round=list3, organization=meadowlark, by=colleague, at=at)
    answers = second.versions.get().answers
    assert answers["requester_phone"] == petition_answers()["requester_phone"]
    assert "product_name" not in answers
    other = make_organization("Nell Lamps LLC")
    join(colleague, other)
    third = petitions.start(round=list3, organization=other, by=colleague, at=at)
    assert "requester_phone" not in third.versions.get().answers
