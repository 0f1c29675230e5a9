"""A public file is read whole, or somebody is told: its filer, its responder, the clerk, the nightly sweep."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from exclusions.actions.filing import documents
from exclusions.actions.filing.documents import Upload
from exclusions.actions.record.files import keep_file
from exclusions.errors import Incomplete
from exclusions.facts.forms import petition_form
from exclusions.gateways.documents.object_store import delete_file, store_file
from exclusions.models import Document, PublicDocument, User
from exclusions.queries.agency.screening import doubts
from exclusions.queries.importer.filing import working_version
from exclusions.queries.record.leak_sweep import findings, leaks
from exclusions.queries.record.public_texts import UnreadFile
from exclusions.questionnaires import get
from tests.factories.files import WITH_A_DTD, jpeg, pdf
from tests.factories.petitions import Journey
from tests.factories.world import World

pytestmark = pytest.mark.django_db


def unread_files() -> list[UnreadFile]:
    return [found for found in findings() if isinstance(found, UnreadFile)]


@pytest.fixture
def draft(journey: Callable[..., Journey]) -> Journey:
    return journey()


def test_a_file_that_cannot_be_read_whole_keeps_a_petition_from_being_submitted(draft: Journey, importer: User) -> None:
    upload = Upload("spec.docx", WITH_A_DTD)
    attached = documents.attach(draft.petition, "public_documents", upload, by=importer, at=draft.at)
    with pytest.raises(Incomplete, match=r"“spec\.docx” cannot be read whole.+ Save it in a simpler form"):
        draft.take("submit")
    documents.remove(draft.petition, attached, by=importer, at=draft.at)
    assert draft.take("submit").reference


def test_a_missing_text_counts_as_unread_and_an_old_file_is_read_again(draft: Journey, importer: User) -> None:
    data = pdf("Hidden Supplier Works")
    attached = documents.attach(draft.petition, "public_documents", Upload("a.pdf", data), by=importer, at=draft.at)
    delete_file(attached.text_key)
    with pytest.raises(Incomplete, match="cannot be read whole"):
        draft.take("submit")
    Document.objects.filter(pk=attached.pk).update(text_key="", text_whole=False)  # as before texts were kept
    with pytest.raises(Incomplete, match=r"The text of the public file “a\.pdf” repeats"):
        draft.take("submit")


def test_a_form_sent_whole_is_refused_with_such_a_file() -> None:
    with pytest.raises(Incomplete, match=r"“spec\.docx” cannot be read whole"):
        keep_file(get("response-2019"), "public_documents", Upload("spec.docx", WITH_A_DTD), whole=True)


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
    with pytest.raises(CommandError, match="1 leak"):
        call_command("check_leaks", stdout=out)
    assert "the text that was checked when it was filed is missing" in out.getvalue()
    assert list(leaks()) == []
