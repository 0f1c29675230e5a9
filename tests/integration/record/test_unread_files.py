"""A public file is read whole, or somebody is told: its filer, its responder, the clerk, the nightly sweep."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command

from exclusions.actions.filing import documents
from exclusions.actions.filing.documents import Upload
from exclusions.actions.record.files import keep_file
from exclusions.actions.record.public_files.read_again import read_some_again
from exclusions.errors import Incomplete, Repeats
from exclusions.facts.forms import petition_form
from exclusions.gateways.documents.inspection import XLSX
from exclusions.gateways.documents.object_store import StoreError, delete_file, read_file, store_file
from exclusions.gateways.documents.reading import READER
from exclusions.models import Document, PublicDocument, User
from exclusions.permissions.filing import remarks
from exclusions.permissions.leaks import UNREAD_REMEDY
from exclusions.queries.casework.case.screening import doubts
from exclusions.queries.importer.filing import working_version
from exclusions.queries.record.leak_sweep import findings, leaks
from exclusions.queries.record.public_texts import UnreadFile
from exclusions.queries.record.record_check import breaks
from exclusions.questionnaires import get
from tests.factories.file_parts import CODE, workbook
from tests.factories.files import WITH_A_DTD, jpeg, pdf
from tests.factories.petitions import Journey
from tests.factories.world import World

pytestmark = pytest.mark.django_db


def unread_files() -> list[UnreadFile]:
    return [found for found in findings() if isinstance(found, UnreadFile)]


@pytest.fixture
def draft(journey: Callable[..., Journey]) -> Journey:
    return journey()


def test_a_file_that_cannot_be_read_whole_waits_and_stops_no_submit(draft: Journey, importer: User) -> None:
    upload = Upload("spec.docx", WITH_A_DTD)
    file = documents.attach(draft.petition, "public_documents", upload, by=importer, at=draft.at)
    said = remarks(draft.petition, working_version(draft.petition).answers, draft.at)
    told = [remark for remark in said if "spec.docx" in remark.message]
    assert [(remark.level, remark.remedy) for remark in told] == [("warning", UNREAD_REMEDY)]
    assert draft.take("submit").reference
    draft.take("post")
    assert not PublicDocument.objects.filter(key=file.pk).exists()


def test_a_missing_text_is_read_again_and_so_is_what_an_older_reader_kept(
    draft: Journey, importer: User, django_capture_on_commit_callbacks: Callable
) -> None:
    data = pdf("Hidden Supplier Works")
    attached = documents.attach(draft.petition, "public_documents", Upload("a.pdf", data), by=importer, at=draft.at)
    delete_file(attached.text_key)
    with pytest.raises(Incomplete, match=r"The text of the public file “a\.pdf” repeats"):
        draft.take("submit")
    older = store_file([b"Nothing."], limit=99).key
    Document.objects.filter(pk=attached.pk).update(text_key=older, text_whole=True, reader=READER - 1)
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(Incomplete, match=r"The text of the public file “a\.pdf” repeats"),
    ):
        draft.take("submit")
    attached.refresh_from_db()
    assert attached.reader == READER
    assert b"Hidden Supplier Works" in read_file(attached.text_key)
    with pytest.raises(StoreError):
        read_file(older)


def test_a_submission_opens_the_text_of_a_public_file_once(
    draft: Journey, importer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = Upload("a.pdf", pdf("Slabs of quartz"))
    attached = documents.attach(draft.petition, "public_documents", upload, by=importer, at=draft.at)
    store, opened = storages["files"], []

    def open_noted(name: str, mode: str) -> object:
        opened.append(name)
        return type(store).open(store, name, mode)

    monkeypatch.setattr(store, "open", open_noted)
    draft.take("submit")
    assert opened.count(attached.text_key) == 1


def test_a_form_sent_whole_is_taken_with_such_a_file_which_waits() -> None:
    kept = keep_file(get("response-2019"), "public_documents", Upload("spec.docx", WITH_A_DTD))
    assert not kept.document().is_read_whole


def test_an_operator_reads_again_what_an_older_reader_read_and_the_clock_does_it_in_slices(world: World) -> None:
    call_command("check_leaks", stdout=StringIO())
    files = Document.objects.filter(visibility="public", removed_at=None)
    number = files.update(reader=READER - 1)
    with pytest.raises(CommandError, match=rf"{number} file\(s\) were read by an older reader"):
        call_command("check_leaks", stdout=StringIO())
    assert read_some_again(most=1) == 1
    assert files.filter(reader=READER).count() == 1
    out = StringIO()
    call_command("check_leaks", "--read", stdout=out)
    assert f"{number - 1} file(s) were read again" in out.getvalue()
    assert files.exclude(reader=READER).count() == 0
    assert list(breaks()) == []


def test_the_sweep_names_the_parts_that_nobody_read(world: World, cast: dict[str, User]) -> None:
    shown, data = PublicDocument.objects.get(key=world.public_file.pk), workbook()
    stored = store_file([data], limit=len(data))
    facts = {"storage_key": stored.key, "content_type": XLSX.content_type}
    PublicDocument.objects.filter(pk=shown.pk).update(**facts)
    Document.objects.filter(pk=shown.key).update(**facts, sha256=stored.sha256, unread_parts=CODE)
    told = [str(found) for found in unread_files()]
    assert [line for line in told if shown.petition.reference in line and str(shown.key) in line] != []
    out = StringIO()
    with pytest.raises(CommandError, match=r"1 public file.+ What nobody read is not clean"):
        call_command("check_leaks", stdout=out)
    assert "1 file(s) wait for an intake clerk" in out.getvalue()


def test_the_clerk_is_told_of_pictures(draft: Journey, importer: User) -> None:
    for name, data in {"photo.jpg": jpeg(), "scan.pdf": pdf(""), "words.pdf": pdf("slabs")}.items():
        documents.attach(draft.petition, "public_documents", Upload(name, data), by=importer, at=draft.at)
    petition, form = draft.petition, petition_form(draft.petition.round)
    answers, files = working_version(petition).answers, list(Document.objects.all())
    told = {doubt.label: doubt.excerpt for doubt in doubts(petition, form, answers, [], files)}
    assert told == {"photo.jpg": "a picture", "scan.pdf": "page 1 without text"}


def test_the_sweep_tells_of_every_public_file_that_it_cannot_read(world: World) -> None:
    assert unread_files() == []
    file = PublicDocument.objects.get(key=world.public_file.pk)
    kept = file.storage_key
    for key in (store_file([b"%PDF-1.7 damaged"], limit=99).key, "0" * 32):
        PublicDocument.objects.filter(pk=file.pk).update(storage_key=key, content_type="application/pdf")
        assert [str(found) for found in unread_files() if str(file.key) in found.where] != []
    PublicDocument.objects.filter(pk=file.pk).update(storage_key=kept, content_type=file.content_type)
    Document.objects.filter(pk=file.key).update(text_key="f" * 32)
    out = StringIO()
    with pytest.raises(CommandError, match="1 public file"):
        call_command("check_leaks", stdout=out)
    assert "the text that was checked when it was filed is missing" in out.getvalue()
    assert list(leaks()) == []


def test_what_only_a_newer_reader_finds_keeps_a_submitted_petition_from_being_posted(
    draft: Journey, importer: User
) -> None:
    data = pdf("Hidden Supplier Works")
    attached = documents.attach(draft.petition, "public_documents", Upload("a.pdf", data), by=importer, at=draft.at)
    older = store_file([b"Nothing."], limit=99).key
    Document.objects.filter(pk=attached.pk).update(text_key=older, reader=READER)
    draft.take("submit")
    Document.objects.filter(pk=attached.pk).update(reader=READER - 1)
    with pytest.raises(Repeats, match=r"“a\.pdf” repeats, in its text,.+ Return the petition"):
        draft.take("post")
    assert not PublicDocument.objects.exists()
