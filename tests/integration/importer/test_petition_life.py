"""A petition in its owner's hands: returned and filed again, withdrawn, copied, deleted; and who may see any of it."""

import hashlib
import json
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exclusions.actions.filing import documents, petitions
from exclusions.actions.filing.documents import Upload
from exclusions.actions.review import intake
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.gateways.documents import object_store
from exclusions.models import (
    Event,
    Notification,
    Organization,
    Petition,
    PublicPetition,
    ReferenceSequence,
    Round,
    TariffLine,
    User,
)
from exclusions.permissions.filing import remarks
from exclusions.queries.importer.petitions import timeline
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.answers import CERTIFIED, SECRETS, petition_answers
from tests.factories.files import pdf
from tests.factories.typed import typed

SignIn = Callable[[User | None], Client]
PDF = pdf("a specification of slabs")


def test_the_sealed_answers_are_hashed_as_canonical_json(filed: Petition) -> None:
    version = filed.versions.get()
    canonical = json.dumps(version.answers, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert version.sha256 == hashlib.sha256(canonical.encode()).hexdigest()
    assert version.answers["certify_complete"] == "yes"


def test_filing_is_one_event_and_one_message_without_confidential_matter(filed: Petition, importer: User) -> None:
    assert [e.kind for e in Event.objects.filter(subject=f"petition:{filed.pk}")] == ["start", "submit"]
    message = Notification.objects.get()
    assert (message.to, message.template) == (importer.email, "submit")
    told = json.dumps(message.context) + message.subject
    assert not [secret for secret in SECRETS if secret in told]


def test_references_go_on_after_those_of_a_loaded_docket(
    draft: Petition, importer: User, meadowlark: Organization, list3: Round, at: datetime
) -> None:
    PublicPetition.objects.create(
        reference="USTR-2019-0005-000001",
        docket="USTR-2019-0005",
        organization_name="Old Co.",
        hts10="6810990010",
        product_name="Old",
        stage="denied",
        updated_at=at,
        historical=True,
    )
    assert petitions.submit(draft, by=importer, at=at, certified=CERTIFIED).reference == "USTR-2019-0005-000002"
    assert ReferenceSequence.objects.get().last == 2


def test_a_returned_petition_is_corrected_and_keeps_reference_and_filing_date(
    filed: Petition, importer: User, intake: User, client_of: SignIn, clock: Clock
) -> None:
    first = filed.versions.get()
    late = filed.round.closes_at + timedelta(days=4)
    returned_petition = intake_returns(filed, intake, clock, late.date())
    client = client_of(importer)
    page = client.get(reverse("petition", args=[filed.pk]))
    assert b"The description names a supplier." in page.content
    url = reverse("petition-step", args=[filed.pk, "product"])
    client.post(url, {**typed(client.get(url)), "product_name": "Slabs of quartz", "action": "save"})
    clock.move_to(returned_petition.round.closes_at + timedelta(days=3))  # a cure may come after the window
    client = client_of(importer)
    answer = client.post(reverse("petition-certify", args=[filed.pk]), CERTIFIED)
    assert answer.status_code == 302, answer.context["reasons"]
    again = Petition.objects.get()
    assert (again.status, again.reference, again.submitted_at) == ("submitted", filed.reference, filed.submitted_at)
    assert again.product_name == "Slabs of quartz"
    old, new = again.versions.order_by("number")
    assert (old.sha256, old.answers) == (first.sha256, first.answers)
    assert new.sha256 != old.sha256
    assert b"2" in client.get(reverse("petition-receipt", args=[filed.pk])).content


def test_a_cure_is_judged_by_the_day_of_filing(filed: Petition, importer: User, intake: User, clock: Clock) -> None:
    intake_returns(filed, intake, clock)
    TariffLine.objects.filter(number="6810990010").update(valid_to=clock.now.date() + timedelta(days=2))
    later = clock.move_to(clock.now + timedelta(days=10))
    again = petitions.submit(filed, by=importer, at=later, certified=CERTIFIED, unchanged=True)
    assert again.status == Status.SUBMITTED


def intake_returns(petition: Petition, clerk: User, clock: Clock, last_day: date | None = None) -> Petition:
    """Have the clerk return a petition."""
    points = [{"question": "product_description", "remedy": "The description names a supplier."}]
    return intake.return_petition(petition, points=points, last_day=last_day, by=clerk, at=clock.now)


def test_a_petition_is_withdrawn_with_a_reason_only(
    filed: Petition, importer: User, client_of: SignIn, clock: Clock
) -> None:
    client = client_of(importer)
    url = reverse("petition-withdraw", args=[filed.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": " "}).status_code == 422
    with pytest.raises(Incomplete, match="Give a reason"):
        petitions.withdraw(filed, by=importer, at=clock.now, reason="  ")
    answer = client.post(url, {"reason": "We found a source in Ohio."}, follow=True)
    assert b"has been withdrawn" in answer.content
    assert b"We found a source in Ohio." in answer.content
    again = client.post(url, {"reason": "Twice"})
    assert again.status_code == 409
    letter = client.post(reverse("petition-letter-issue", args=[filed.pk, "withdrawal"]), follow=True)
    assert b"".join(letter.streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]
    assert client.post(reverse("petition-letter-issue", args=[filed.pk, "grant"])).status_code == 404


def test_a_receipt_letter_is_set_once(filed: Petition, importer: User, client_of: SignIn, clock: Clock) -> None:
    client = client_of(importer)
    url = reverse("petition-letter-issue", args=[filed.pk, "receipt"])
    assert client.post(url)["Location"] == client.post(url)["Location"]
    assert filed.letters.count() == 1


def test_a_draft_is_deleted_with_its_files(
    draft: Petition,
    importer: User,
    client_of: SignIn,
    clock: Clock,
    at: datetime,
    django_capture_on_commit_callbacks: object,
) -> None:
    document = documents.attach(draft, "product_documents", Upload("spec.pdf", PDF), by=importer, at=at)
    client = client_of(importer)
    url = reverse("petition-delete", args=[draft.pk])
    assert "You cannot undo it" in " ".join(client.get(url).content.decode().split())
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        client.post(url)
    assert not Petition.objects.exists()
    with pytest.raises(object_store.StoreError):
        object_store.open_file(document.storage_key)


def test_a_copy_holds_the_answers_but_neither_files_nor_certification(
    filed: Petition, importer: User, client_of: SignIn, clock: Clock
) -> None:
    client_of(importer).post(reverse("petition-copy", args=[filed.pk]), {"round": "list-3"})
    copied = Petition.objects.exclude(pk=filed.pk).get()
    answers = copied.versions.get().answers
    assert copied.status == Status.DRAFT
    assert answers["product_description"] == petition_answers()["product_description"]
    assert not [key for key in answers if key.startswith("certify_")]
    said = remarks(copied, answers, clock.now)
    assert [r.key for r in said] == ["product_name"], "the twin is warned of, nothing else"
    page = client_of(importer).get(reverse("petition-check", args=[copied.pk]))
    assert b"You may have filed this petition already" in page.content


PAGES = (
    "petition", "petition-check", "petition-certify", "petition-record", "petition-withdraw", "petition-delete",
    "petition-hts",
)  # fmt: skip
STRANGERS = (
    "rival", "filer", "outsider", "nobody", "intake", "reviewer1", "reviewer2", "legal", "drafter", "customs",
    "committee", "signatory", "publisher", "auditor", "admin",
)  # fmt: skip


def test_a_petition_is_a_404_for_everybody_else(
    draft: Petition, cast: dict[str, User], client_of: SignIn, clock: Clock
) -> None:
    for name in STRANGERS:
        client = client_of(cast[name])
        for page in PAGES:
            assert client.get(reverse(page, args=[draft.pk])).status_code == 404, (name, page)
        for page in ("petition-certify", "petition-copy", "petition-delete"):
            assert client.post(reverse(page, args=[draft.pk])).status_code == 404, (name, page)
        step = reverse("petition-step", args=[draft.pk, "trade"])
        assert client.get(step).status_code == client.post(step, {"action": "save"}).status_code == 404, name
    for page in PAGES:
        assert client_of(None).get(reverse(page, args=[draft.pk]))["Location"].startswith("/accounts/login/")


def test_an_owner_reads_no_internal_event(
    petition_in: Callable[[Status], Petition], client_of: SignIn, cast: dict[str, User]
) -> None:
    petition = petition_in(Status.SIGNATURE)
    page = client_of(cast["importer"]).get(reverse("petition", args=[petition.pk])).content.decode()
    assert "Stage 3: Administrability review" in page
    for word in ("Awaiting signature", "Level 2", "Consistency", "Committee", "As the public record shows"):
        assert word not in page
    assert [happening.words for happening in timeline(petition, [])][-1] == "Review begun"
    assert "the agency" in page


def test_the_printed_record_marks_what_is_confidential(
    draft: Petition, importer: User, client_of: SignIn, clock: Clock
) -> None:
    page = client_of(importer).get(reverse("petition-record", args=[draft.pk])).content.decode()
    assert "wanda.whisper@example.test" in page
    before = page[: page.index("Hidden Supplier Works")]
    assert before.rindex("BUSINESS CONFIDENTIAL") > before.rindex("Did you try to source")


def test_the_preview_of_the_public_version_holds_no_secret(
    draft: Petition, importer: User, client_of: SignIn, clock: Clock
) -> None:
    client = client_of(importer)
    for page in ("petition-check", "petition-certify"):
        content = client.get(reverse(page, args=[draft.pk])).content.decode().partition('<h2 id="public">')[2]
        assert "Agglomerated quartz slabs" in content
        assert not [secret for secret in SECRETS if secret in content]


def test_pages_need_no_more_statements_with_more_petitions(
    importer: User, meadowlark: Organization, list3: Round, client_of: SignIn, clock: Clock, at: datetime
) -> None:
    client = client_of(importer)

    def more(count: int) -> list[Petition]:
        return [
            petitions.start(round=list3, organization=meadowlark, by=importer, at=at, answers=petition_answers())
            for _ in range(count)
        ]

    def statements(url: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url).status_code == 200
        return len(seen)

    petition = more(2)[0]
    urls = [
        reverse("petitions"),
        reverse("petition-step", args=[petition.pk, "product"]),
        reverse("petition-step", args=[petition.pk, "trade"]),
        reverse("petition-check", args=[petition.pk]),
    ]
    few = [statements(url) for url in urls]
    more(15)
    many = [statements(url) for url in urls]
    assert all(later <= first for first, later in zip(few, many, strict=True)), (few, many)
    assert few[0] <= 9, few
    assert max(few) <= 32, few


def test_a_person_without_rights_cannot_save_by_the_action(
    draft: Petition, outsider: User, reviewer1: User, at: datetime
) -> None:
    for person in (outsider, reviewer1):
        with pytest.raises(NotPermitted):
            petitions.save_answers(draft, by=person, at=at, answers={"product_name": "Mine now"})
        with pytest.raises(NotPermitted):
            petitions.delete_draft(draft, by=person, at=at)
        with pytest.raises(NotPermitted):
            documents.attach(draft, "product_documents", Upload("spec.pdf", PDF), by=person, at=at)


def test_files_of_a_filed_petition_stand(filed: Petition, importer: User, at: datetime) -> None:
    with pytest.raises(WrongState):
        documents.attach(filed, "product_documents", Upload("spec.pdf", PDF), by=importer, at=at)
