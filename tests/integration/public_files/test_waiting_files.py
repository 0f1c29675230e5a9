"""A public file of which nobody has read some part: it waits for a person, and nothing of it is public until then."""

import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.filing import documents
from exclusions.actions.filing.documents import Upload
from exclusions.actions.record.public_files.waiting import clean_again, note_part_read, open_part, remove_part
from exclusions.errors import Incomplete, NotPermitted, Repeats, WrongState
from exclusions.gateways.documents.object_store import read_file, store_file
from exclusions.gateways.documents.text_parts import BODY, joined
from exclusions.models import (
    AccessLog,
    Document,
    EarlierCopy,
    Event,
    Notification,
    PartRead,
    PublicDocument,
    PublicPetition,
    User,
)
from exclusions.queries.record.record_check import breaks
from exclusions.questionnaires.language.printing import UNNAMED
from exclusions.workflow.event_words import event_words
from tests.factories.file_parts import CODE, SECRET, WORDS, workbook
from tests.factories.petitions import Journey

pytestmark = pytest.mark.django_db
NAME = "parts.xlsx"


@pytest.fixture
def draft(journey: Callable[..., Journey]) -> Journey:
    return journey()


@pytest.fixture
def waiting(draft: Journey, importer: User) -> Document:
    """A public file of a draft, two parts of which nobody has read."""
    upload = Upload(NAME, workbook())
    file = documents.attach(draft.petition, "public_documents", upload, by=importer, at=draft.at)
    said = store_file([joined([(BODY, "slabs")]).encode()], limit=99).key
    Document.objects.filter(pk=file.pk).update(
        unread_parts=f"{WORDS}\n{CODE}\n{SECRET}", text_whole=True, text_key=said
    )
    file.refresh_from_db()
    return file


def public_words() -> str:
    """Return all that the public tables and the outbox say."""
    rows = [
        *PublicPetition.objects.values_list("answers", "search_text"),
        *PublicDocument.objects.values_list("file_name"),
    ]
    return str([*rows, *Notification.objects.values_list("subject", "context")])


def posted(draft: Journey) -> None:
    draft.take("submit")
    draft.take("post")


def test_it_stops_neither_submit_nor_posting_and_nothing_of_it_is_public(draft: Journey, waiting: Document) -> None:
    posted(draft)
    assert not PublicDocument.objects.filter(key=waiting.pk).exists()
    assert UNNAMED in str(PublicPetition.objects.get(reference=draft.petition.reference).answers)
    for word in (NAME, str(waiting.pk), WORDS, CODE):
        assert word not in public_words()
    page = Client().get(reverse("docket-petition", args=[draft.petition.reference])).content.decode()
    assert UNNAMED in page
    assert NAME not in page
    assert Client().get(reverse("docket-document", args=[draft.petition.reference, waiting.pk])).status_code == 404


def test_the_filer_is_warned_and_the_clerk_sees_the_list_with_the_parts(
    draft: Journey, waiting: Document, importer: User, cast: dict[str, User], client_of: Callable
) -> None:
    step = reverse("petition-certify", args=[draft.petition.pk])
    assert WORDS in client_of(importer).get(reverse("petition-check", args=[draft.petition.pk])).content.decode()
    assert client_of(importer).get(step).status_code == 200
    draft.take("submit")
    page = client_of(cast["intake"]).get(reverse("review-files")).content.decode()
    assert AccessLog.objects.latest("pk").what == "files that wait"
    assert NAME in page
    assert WORDS in page
    assert reverse("case-return", args=[draft.petition.reference]) in page
    posted = client_of(cast["intake"]).get(reverse("case-post", args=[draft.petition.reference])).content.decode()
    assert CODE in posted


def test_a_part_that_is_text_is_read_by_the_clerk_and_its_reading_is_noted(
    draft: Journey, waiting: Document, cast: dict[str, User], client_of: Callable
) -> None:
    draft.take("submit")
    clerk = client_of(cast["intake"])
    shown = clerk.get(f"{reverse('review-file', args=[waiting.pk])}?part=1")
    assert "Slabs, cut to size." in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert AccessLog.objects.latest("pk").what == f"part of document {waiting.pk}"
    told = clerk.post(reverse("review-file", args=[waiting.pk]), {"decision": "read", "part": WORDS})
    assert told.status_code == 302
    read = PartRead.objects.get()
    assert (read.part, read.read_by) == (WORDS, cast["intake"])
    event = Event.objects.get(kind="read_part")
    assert event.data == {"document": str(waiting.pk), "sha256": waiting.sha256, "part": read.pk}
    assert event_words(event.kind) == "Part of a file read: nothing confidential"
    waiting.refresh_from_db()
    assert waiting.unread == [CODE, SECRET]


def test_what_cannot_be_shown_nobody_waves_through(
    draft: Journey, waiting: Document, cast: dict[str, User], client_of: Callable
) -> None:
    draft.take("submit")
    clerk = cast["intake"]
    shown = client_of(clerk).get(f"{reverse('review-file', args=[waiting.pk])}?part=2").content.decode()
    assert "This part is not text, so nobody can read it." in shown
    assert "nothing in it is confidential" not in shown
    with pytest.raises(Incomplete, match=r"not text.+ Take the part out, or ask for another file"):
        note_part_read(waiting, CODE, by=clerk, at=draft.at)
    refused = client_of(clerk).post(reverse("review-file", args=[waiting.pk]), {"decision": "read", "part": CODE})
    assert refused.status_code == 422
    for name, unread in {"unread.docx": "", "whole.docx": "word/x.bin"}.items():  # no text: none of its parts either
        Document.objects.filter(pk=waiting.pk).update(text_whole=bool(unread), unread_parts=unread, file_name=name)
        waiting.refresh_from_db()
        assert not waiting.is_read_whole
        with pytest.raises((Incomplete, WrongState)):
            note_part_read(waiting, "word/x.bin", by=clerk, at=draft.at)


def test_a_part_that_repeats_what_was_given_in_confidence_is_refused(
    draft: Journey, waiting: Document, cast: dict[str, User]
) -> None:
    draft.take("submit")
    with pytest.raises(Repeats, match="given in confidence"):
        note_part_read(waiting, SECRET, by=cast["intake"], at=draft.at)


def test_nobody_but_an_intake_clerk_and_none_while_the_filer_has_it(
    draft: Journey, waiting: Document, cast: dict[str, User], importer: User
) -> None:
    with pytest.raises(WrongState):
        open_part(waiting, 1, by=cast["intake"], at=draft.at)
    draft.take("submit")
    for who in (importer, cast["reviewer1"], cast["admin"]):
        with pytest.raises(NotPermitted):
            note_part_read(waiting, WORDS, by=who, at=draft.at)
        with pytest.raises(NotPermitted):
            remove_part(waiting, WORDS, reason="It is not needed.", by=who, at=draft.at)
    assert not PartRead.objects.exists()


def test_a_file_is_public_once_its_parts_are_taken_out_or_read_and_the_record_stays_whole(
    draft: Journey, waiting: Document, cast: dict[str, User]
) -> None:
    posted(draft)
    clerk, old = cast["intake"], waiting.sha256
    reason = "Nobody can read this part, and the sheet shows nothing of it."
    remove_part(waiting, SECRET, reason=reason, by=clerk, at=draft.at)
    Document.objects.filter(pk=waiting.pk).update(unread_parts=f"{WORDS}\n{CODE}")  # whatever the reader knows
    PublicDocument.objects.filter(key=waiting.pk).delete()
    waiting.refresh_from_db()
    note_part_read(waiting, WORDS, by=clerk, at=draft.at)
    waiting.refresh_from_db()
    assert not PublicDocument.objects.filter(key=waiting.pk).exists()
    left = remove_part(waiting, CODE, reason=reason, by=clerk, at=draft.at)
    assert not {CODE, SECRET} & set(zipfile.ZipFile(io.BytesIO(read_file(left.storage_key))).namelist())
    if left.unread:  # read once more, since it is another copy
        note_part_read(left, WORDS, by=clerk, at=draft.at)
    waiting.refresh_from_db()
    shown = PublicDocument.objects.get(key=waiting.pk)
    assert shown.sha256 == waiting.sha256 != old
    book = openpyxl.load_workbook(io.BytesIO(read_file(shown.storage_key)))
    assert book.active["A1"].value == "slabs"
    copies = list(EarlierCopy.objects.order_by("pk"))
    assert copies[0].sha256 == old
    events = Event.objects.filter(kind="remove_part").order_by("pk")
    assert [(event.data["old"], event.data["new"], event.reason) for event in events] == [
        (copy.sha256, copy.replaced_by_sha256, reason) for copy in copies
    ]
    assert list(breaks()) == []


def test_verify_record_tells_of_a_copy_that_took_a_place_without_an_act(
    draft: Journey, waiting: Document, cast: dict[str, User]
) -> None:
    draft.take("submit")
    remove_part(waiting, SECRET, reason="Nobody can read it.", by=cast["intake"], at=draft.at)
    EarlierCopy.objects.update(replaced_by_sha256="0" * 64)
    assert any("took a place without an act on record" in told for told in breaks())


def test_a_part_that_the_document_shows_stays_and_the_reason_is_asked_for(
    draft: Journey, waiting: Document, cast: dict[str, User]
) -> None:
    draft.take("submit")
    sheet = "xl/worksheets/sheet1.xml"
    Document.objects.filter(pk=waiting.pk).update(unread_parts=sheet)
    waiting.refresh_from_db()
    with pytest.raises(Incomplete, match="shows this part"):
        remove_part(waiting, sheet, reason="Nobody can read it.", by=cast["intake"], at=draft.at)
    with pytest.raises(Incomplete, match="Give the reason"):
        remove_part(waiting, sheet, reason=" ", by=cast["intake"], at=draft.at)
    with pytest.raises(WrongState, match="is the same"):
        clean_again(waiting, reason="An older version cleaned it.", by=cast["intake"], at=draft.at)
    assert not EarlierCopy.objects.exists()
