"""A value planted anywhere in a file, given at each door that takes files: none is public, and each place is named."""

import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from django.db import transaction

from exclusions import actions
from exclusions.actions.filing import documents, petitions
from exclusions.actions.filing.replies import reply
from exclusions.actions.filing.responses import confirm_response, post_response, respond
from exclusions.actions.record import quarantine
from exclusions.actions.record.files import Upload
from exclusions.actions.review.intake import post_petition
from exclusions.actions.review.screenings import let_through
from exclusions.errors import Incomplete, WrongState
from exclusions.gateways.documents.object_store import read_file
from exclusions.models import Document, Petition, PublicDocument, Response, User
from exclusions.queries.record.public_texts import swept_columns
from exclusions.workflow.disclosure_checks import DOORS
from exclusions.workflow.public_things import Kind, key_of
from tests.depth import DEEP
from tests.factories.answers import CERTIFIED, RESPONSE_ANSWERS
from tests.factories.petitions import Journey
from tests.factories.planted import Planted
from tests.factories.planted.office import planted as planted_in_office
from tests.factories.planted.office import planted_by_libreoffice
from tests.factories.planted.pdf import planted as planted_in_pdfs
from tests.factories.world import token_of

pytestmark = pytest.mark.django_db
ACTIONS = Path(actions.__path__[0])
NAMES_A_PLACE = re.compile(r"\b[Ii]ts (?!text cannot)\w|\b[Tt]he name of|“[^”]+\.\w+”")
REPLY = {"text": "See the file.", "certify_complete": "yes"}
TAKES_FILES = {name for name, door in DOORS.items() if {"upload", "uploads"} & set(door.takes)}


def every_planted() -> list[Planted]:
    """Return those of Word, Excel, PDF, pictures and plain texts, by hand and by tools that others use."""
    by_another = planted_by_libreoffice() if shutil.which("soffice") else ()
    return [*planted_in_office(), *by_another, *planted_in_pdfs()]


def holding(values: list[str]) -> dict[str, object]:
    """Return answers that hold all of these in confidence."""
    said = " ".join(f"Offer {number} was {value} dollars." for number, value in enumerate(values))
    return {"sourcing_attempts": said}


def everything_in(content: bytes) -> Iterator[str]:
    """Yield all bytes of a file as text: of an archive each part, of a PDF each stream, packed ones unpacked."""
    yield content.decode("latin-1")
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name
                yield from everything_in(archive.read(name))
    if content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as document:
            for one in document.objects:
                if isinstance(one, pikepdf.Stream):
                    try:
                        yield one.read_bytes().decode("latin-1")
                    except pikepdf.PdfError:
                        yield one.read_raw_bytes().decode("latin-1")
                yield str(one)


def bare(text: str) -> str:
    return re.sub(r"[\x00,. \u202f\u00a0']", "", text)


def public_places(value: str) -> list[str]:
    """Return where in public tables and copies the value stands, in any writing of its digits."""
    digits, found = bare(value), []
    for model, columns in swept_columns().items():
        for row in model._default_manager.values_list(*columns):
            found += [model.__name__] if digits in bare(str(row)) else []
    for shown in PublicDocument.objects.all():
        if any(digits in bare(said) for said in everything_in(read_file(shown.storage_key))):
            found.append(f"copy of {shown.file_name}")
    return found


class Doors:
    """Each door that takes a file, gone through to the end: staff then publish whatever they are not kept from.

    A method takes the file and returns what held it back, in words: a refusal, or the names of the parts that wait.
    """

    def __init__(self, journey: Callable[..., Journey], cast: dict[str, User], values: list[str]) -> None:
        self.importer, self.intake, self.drafts = cast["importer"], cast["intake"], journey()
        self.posted = journey()
        self.at = self.posted.at
        for trip in (self.drafts, self.posted):
            petitions.save_answers(trip.petition, by=self.importer, at=self.at, answers=holding(values))
        first = Upload("plan.txt", b"A plan.")
        file = documents.attach(self.posted.petition, "public_documents", first, by=self.importer, at=self.at)
        petition = self.petition = self.submit_and_post(self.posted.petition)
        self.response = self.post(self.respond([]))
        key = key_of(Kind.DOCUMENT, file.pk)
        self.taken = quarantine.take_down(petition, key, by=self.importer, at=self.at, reason="It is wrong.")

    def submit_and_post(self, draft: Petition) -> Petition:
        filed = petitions.submit(draft, by=self.importer, at=self.at, certified=CERTIFIED)
        return post_petition(filed, screened=True, by=self.intake, at=self.at)

    def respond(self, files: list[Upload]) -> Response:
        reference, sent = str(self.petition.reference), {"public_documents": files}
        given = respond(reference=reference, answers=RESPONSE_ANSWERS, uploads=sent, by=None, at=self.at)
        return confirm_response(token=token_of(given), at=self.at)

    def post(self, response: Response) -> Response:
        return post_response(response, by=self.intake, at=self.at)

    def attach(self, file: Upload) -> Document:
        made = documents.attach(self.drafts.petition, "public_documents", file, by=self.importer, at=self.at)
        self.submit_and_post(self.drafts.petition)
        return made

    def answer(self, file: Upload) -> Document:
        return self.post(self.respond([file])).documents.get()

    def reply(self, file: Upload) -> Document:
        sent = {"public_documents": [file]}
        made = reply(self.response, answers=REPLY, uploads=sent, by=self.importer, at=self.at)
        let_through(made.screening, by=self.intake, at=self.at)
        return made.documents.get()

    def replace(self, file: Upload) -> Document:
        made = quarantine.replace_document(self.taken, file, by=self.importer, at=self.at)
        quarantine.restore(made.quarantines.get(), by=self.intake, at=self.at)
        return made

    @property
    def table(self) -> dict[str, Callable[[Upload], Document]]:
        """The methods by the names of the doors, as the product's own table has them."""
        return {"attach": self.attach, "response": self.answer, "reply": self.reply, "replace": self.replace}


def held_back(door: Callable[[Upload], Document], one: Planted) -> str:
    """Send a planted file; return what held it back, empty where it is public without the value."""
    try:
        made = door(Upload(one.file_name, one.content))
    except (Incomplete, WrongState) as refused:
        return "\n".join(refused.sentences)
    made.refresh_from_db()
    assert made.is_read_whole == PublicDocument.objects.filter(key=made.pk).exists()
    return made.unread_parts


@pytest.mark.parametrize("name", sorted(TAKES_FILES))
def test_no_value_that_is_planted_in_a_file_gets_out_by_any_door(
    name: str, journey: Callable[..., Journey], cast: dict[str, User]
) -> None:
    """All by the door of responses, through which strangers come; by the others, which take in alike, each third."""
    planted = every_planted()
    assert len(planted) >= 80
    doors, unnamed = Doors(journey, cast, [one.value for one in planted]), {}
    for one in planted if DEEP or name == "response" else planted[::3]:
        with transaction.atomic():
            held = held_back(doors.table[name], one)
            assert public_places(one.value) == [], one.place
            transaction.set_rollback(True)
        if held and not NAMES_A_PLACE.search(held):
            unnamed[one.place] = held
    assert unnamed == {}


def test_the_doors_that_take_a_file_take_it_in_by_one_action() -> None:
    """Nothing else makes a document of what somebody sent: what holds at one door holds at each."""
    makers = {"parsed_upload(": ["record/files.py"], "keep_file(": [
        "bulk_sheets/file_reading.py", "filing/documents.py", "filing/sent_files.py", "record/files.py",
        "record/public_files/copies.py", "record/quarantine.py",
    ]}  # fmt: skip
    sources = {path.relative_to(ACTIONS).as_posix(): path.read_text() for path in ACTIONS.rglob("*.py")}
    for call, modules in makers.items():
        assert sorted(name for name, text in sources.items() if call in text) == modules
    assert sorted(name for name, text in sources.items() if re.search(r"(?<!Public)\bDocument\(", text)) == [
        "record/files.py"
    ]
