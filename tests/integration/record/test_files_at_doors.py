"""A value in any part of a file of any kind is stopped at each door that takes files, or waits for the clerk."""

from collections.abc import Callable

import pytest

from exclusions.actions.filing import documents
from exclusions.actions.filing.replies import reply
from exclusions.actions.filing.responses import confirm_response, post_response, respond
from exclusions.actions.record import quarantine
from exclusions.actions.record.files import Upload
from exclusions.checks.confidential.leak_matcher import Matcher, Secret, Sort
from exclusions.errors import Incomplete, Repeats
from exclusions.gateways.documents.object_store import open_file
from exclusions.gateways.documents.parsing import read_apart
from exclusions.models import Document, Quarantine, Response, User
from exclusions.workflow.disclosure_checks import DOORS
from tests.factories.answers import RESPONSE_ANSWERS
from tests.factories.file_parts import PLACES
from tests.factories.files import docx, pdf, xlsx
from tests.factories.petitions import Journey
from tests.factories.world import World, token_of

pytestmark = pytest.mark.django_db
NAME = "Hidden Supplier Works"  # the requester's supplier
TAKES_FILES = {"attach", "response", "reply", "replace"}
REPLY = {"text": "See the file.", "certify_complete": "yes"}
STRINGS = {"xl/sharedStrings.xml": f"<sst><si><t>{NAME}</t></si></sst>"}
KINDS = {
    "docx": docx(f"From {NAME}"),
    "xlsx": xlsx("x", parts=STRINGS),
    "pdf": pdf(f"From {NAME}"),
    "csv": f"a,b\n{NAME},2\n".encode(),
    "txt": f"From {NAME}".encode(),
}


def test_the_doors_that_take_files_are_these() -> None:
    assert {name for name, door in DOORS.items() if {"upload", "uploads"} & set(door.takes)} == TAKES_FILES


def respond_with(trip: Journey, files: list[Upload]) -> Response:
    given = respond(
        reference=str(trip.petition.reference),
        answers=RESPONSE_ANSWERS,
        uploads={"public_documents": files},
        by=None,
        at=trip.at,
    )
    return confirm_response(token=token_of(given), at=trip.at)


@pytest.fixture
def posted(posted_once: Journey) -> Journey:
    return posted_once


@pytest.mark.parametrize("place", PLACES)
def test_a_part_of_a_file_is_asked_about_or_is_not_in_what_is_kept(
    place: str, posted: Journey, importer: User, intake: User
) -> None:
    response = post_response(respond_with(posted, []), by=intake, at=posted.at)
    ending, make, _ = PLACES[place]
    sent = {"public_documents": [Upload(f"file.{ending}", make(NAME))]}
    try:
        reply(response, answers=REPLY, uploads=sent, by=importer, at=posted.at)
    except Incomplete:  # Repeats is one: the file as such may be refused, too
        return
    kept = Document.objects.get(reply__isnull=False)
    with open_file(kept.storage_key) as file:
        read = read_apart(kept.content_type, file)
    assert read.whole
    assert Matcher([Secret("x", "X", NAME, Sort.NAME)]).find(read.text) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_each_kind_waits_for_the_clerk_and_keeps_a_petition_back(
    kind: str, posted: Journey, journey: Callable[..., Journey], importer: User, intake: User
) -> None:
    response = respond_with(posted, [Upload(f"file.{kind}", KINDS[kind])])
    with pytest.raises(Repeats):
        post_response(response, by=intake, at=posted.at)
    draft = journey()
    file = Upload(f"file.{kind}", KINDS[kind])
    documents.attach(draft.petition, "public_documents", file, by=importer, at=draft.at)
    with pytest.raises(Incomplete, match="public file"):
        draft.take("submit")


def test_a_corrected_file_is_stopped_for_its_owner_and_doubted_for_the_clerk(
    world: World, filer: User, intake: User
) -> None:
    at = world.response.posted_at
    quarantine.take_down(world.posted, f"document:{world.public_file.pk}", reason="It is wrong.", by=filer, at=at)
    taken = Quarantine.objects.get()
    with pytest.raises(Repeats):
        quarantine.replace_document(taken, Upload("file.pdf", KINDS["pdf"]), by=filer, at=at)
    theirs = Upload("file.txt", b"Ask lou.responder@example.test for it.")
    quarantine.replace_document(taken, theirs, by=filer, at=at)
    waiting = Quarantine.objects.get(restored_at=None, replacement=None)
    with pytest.raises(Repeats, match="in confidence"):
        quarantine.restore(waiting, by=intake, at=at)
