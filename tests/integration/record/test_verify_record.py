"""verify_record: whatever was changed behind the product's back is named, and a whole record is said to be whole."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from exclusions.actions.filing.documents import attach
from exclusions.actions.record.files import Upload
from exclusions.gateways.documents.object_store import delete_file, store_file
from exclusions.models import Document, Event, Petition, PetitionVersion, User
from exclusions.queries.record.record_check import breaks
from tests.factories.petitions import Journey

pytestmark = pytest.mark.django_db


@pytest.fixture
def filed(journey: Callable[..., Journey], importer: User) -> Petition:
    """Return a petition with a file, submitted: it has events, a sealed version, a document and a letter."""
    case = journey()
    attach(case.petition, "public_documents", Upload("slabs.txt", b"slabs"), by=importer, at=case.at)
    return case.take("submit")


@pytest.fixture
def other(journey: Callable[..., Journey]) -> Petition:
    """Return another submitted petition, with which nothing is wrong."""
    return journey().take("submit")


def forge(table: str, statement: str, *values: object) -> None:
    """Change a guarded table as somebody with the database's password could; the test's transaction undoes it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute(statement, values)
        assert cursor.rowcount == 1


def verify(*arguments: str) -> str:
    out = StringIO()
    call_command("verify_record", *arguments, stdout=out)
    return out.getvalue()


def test_a_whole_record_is_said_to_be_whole(filed: Petition, other: Petition) -> None:
    assert verify() == "The record is whole.\n"
    assert verify(str(filed.reference)) == "The record is whole.\n"


def test_an_unknown_petition_is_named() -> None:
    with pytest.raises(CommandError, match="There is no petition USTR-2019-0005-999999"):
        verify("USTR-2019-0005-999999")


def test_a_changed_event_is_found(filed: Petition, other: Petition) -> None:
    subject = f"petition:{filed.pk}"
    event = Event.objects.get(subject=subject, kind="submit")
    forge("exclusions_event", "UPDATE exclusions_event SET reason = 'never said' WHERE id = %s", event.pk)
    assert list(breaks()) == [f"{subject}: event {event.sequence} (submit) does not agree with its hash."]
    with pytest.raises(CommandError, match=r"1 break\(s\) in the record\. The first: petition:"):
        verify(str(filed.reference))
    assert verify(str(other.reference)) == "The record is whole.\n", "of one petition alone when it is named"


def test_an_event_taken_out_is_missed(filed: Petition) -> None:
    subject = f"petition:{filed.pk}"
    first = Event.objects.filter(subject=subject).earliest("sequence")
    forge("exclusions_event", "DELETE FROM exclusions_event WHERE id = %s", first.pk)
    assert list(breaks()) == [f"{subject}: event 1 is missing; the next on record is 2."]


def test_an_event_written_anew_with_its_hash_breaks_the_chain(filed: Petition) -> None:
    subject = f"petition:{filed.pk}"
    first = Event.objects.filter(subject=subject).earliest("sequence")
    first.reason = "never said"
    forge(
        "exclusions_event",
        "UPDATE exclusions_event SET reason = %s, hash = %s WHERE id = %s",
        first.reason,
        first.digest(),
        first.pk,
    )
    assert list(breaks()) == [f"{subject}: event 2 does not follow from the event before it."]


def test_changed_answers_are_found(filed: Petition) -> None:
    version = PetitionVersion.objects.get(petition=filed)
    forge(
        "exclusions_petitionversion", "UPDATE exclusions_petitionversion SET answers = '{}' WHERE id = %s", version.pk
    )
    assert list(breaks(str(filed.reference))) == [
        f"{filed}: the answers of version {version.number} do not agree with their hash."
    ]


def test_a_file_that_is_gone_or_another_is_found(filed: Petition) -> None:
    document = Document.objects.get(petition=filed)
    delete_file(document.storage_key)
    assert list(breaks()) == [f"The document {document.pk} is not in the store."]
    stored = store_file([b"other slabs"], limit=100)
    Document.objects.filter(pk=document.pk).update(storage_key=stored.key)
    assert list(breaks()) == [f"The document {document.pk} does not agree with its hash."]
