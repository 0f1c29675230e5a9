"""verify_record: whatever was changed behind the product's back is named, and a whole record is said to be whole."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from exclusions.actions.filing.documents import attach
from exclusions.actions.record.files import Upload
from exclusions.gateways.documents.object_store import delete_file, store_file
from exclusions.models import Document, Event, Petition, PetitionVersion, User, seals
from exclusions.queries.record.record_check import breaks
from tests.factories.petitions import Journey

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Triggers and seals are written for each.")]


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
    """Change a guarded table as somebody with the database's password could, leaving its guards as they were."""
    seals.seal_now(connection)  # as if what the test wrote had been committed
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(statement, values)
            assert cursor.rowcount == 1
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        guarded = cursor.fetchall()
        for name, _ in guarded:
            cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute(statement, values)
        assert cursor.rowcount == 1
        for _, sql in guarded:
            cursor.execute(sql)


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
    assert list(breaks()) == [
        f"{subject}: event {event.sequence} (submit) does not agree with its hash.",
        f"exclusions_event: row {event.pk} does not agree with its seal.",
    ]
    with pytest.raises(CommandError, match=r"1 break\(s\) in the record\. The first: petition:"):
        verify(str(filed.reference))
    assert verify(str(other.reference)) == "The record is whole.\n", "of one petition alone when it is named"


def test_an_event_taken_out_is_missed(filed: Petition) -> None:
    subject = f"petition:{filed.pk}"
    first = Event.objects.filter(subject=subject).earliest("sequence")
    forge("exclusions_event", "DELETE FROM exclusions_event WHERE id = %s", first.pk)
    assert list(breaks()) == [
        f"{subject}: event 1 is missing; the next on record is 2.",
        f"exclusions_event: row {first.pk} is sealed and no longer there.",
    ]


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
    assert list(breaks()) == [
        f"{subject}: event 2 does not follow from the event before it.",
        f"exclusions_event: row {first.pk} does not agree with its seal.",
    ]


def test_changed_answers_are_found(filed: Petition) -> None:
    version = PetitionVersion.objects.get(petition=filed)
    forge(
        "exclusions_petitionversion", "UPDATE exclusions_petitionversion SET answers = '{}' WHERE id = %s", version.pk
    )
    assert list(breaks(str(filed.reference))) == [
        f"{filed}: the answers of version {version.number} do not agree with their hash.",
        f"exclusions_petitionversion: row {version.pk} does not agree with its seal.",
    ]


def test_a_file_that_is_gone_or_another_is_found(filed: Petition) -> None:
    document = Document.objects.get(petition=filed)
    delete_file(document.storage_key)
    assert list(breaks()) == [f"The document {document.pk} is not in the store."]
    stored = store_file([b"other slabs"], limit=100)
    Document.objects.filter(pk=document.pk).update(storage_key=stored.key, text_key="")
    assert list(breaks()) == [f"The document {document.pk} does not agree with its hash."]


def test_a_text_that_was_checked_for_leaks_and_is_gone_is_found(filed: Petition) -> None:
    document = Document.objects.get(petition=filed)
    text = store_file([b"slabs, as they were read"], limit=100)
    Document.objects.filter(pk=document.pk).update(text_key=text.key)
    assert list(breaks()) == []
    delete_file(text.key)
    assert list(breaks()) == [f"The text of the document {document.pk} is not in the store."]


def test_a_guard_that_was_dropped_is_found(filed: Petition) -> None:
    on = " ON exclusions_letter" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER exclusions_letter_no_delete{on}")
    assert list(breaks()) == ["The guard exclusions_letter_no_delete of the table exclusions_letter is missing."]
    with pytest.raises(CommandError, match="The guard exclusions_letter_no_delete"):
        verify()


def test_a_guard_that_was_rewritten_is_found(filed: Petition) -> None:
    """On PostgreSQL its comment, by which a migrate knows it, is left as it was."""
    head = "CREATE TRIGGER exclusions_letter_no_delete BEFORE DELETE ON exclusions_letter"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            again = head.replace("CREATE", "CREATE OR REPLACE")
            cursor.execute(f"{again} FOR EACH ROW WHEN (OLD.id < 0) EXECUTE FUNCTION exclusions_refuse()")
        else:
            cursor.execute("DROP TRIGGER exclusions_letter_no_delete")
            cursor.execute(f"{head} WHEN OLD.id < 0 BEGIN SELECT RAISE(ABORT, 'append-only'); END")
    assert list(breaks()) == [
        "The guard exclusions_letter_no_delete of the table exclusions_letter is not as it is declared."
    ]


@pytest.mark.postgres
def test_guards_that_were_switched_off_or_call_something_else_are_found(filed: Petition) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE exclusions_letter DISABLE TRIGGER exclusions_letter_no_truncate")
        cursor.execute("CREATE OR REPLACE FUNCTION exclusions_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                       "$$ BEGIN RETURN coalesce(NEW, OLD); END $$")  # fmt: skip
    assert list(breaks()) == [
        "The function exclusions_refuse, which guards call, is not as it is declared.",
        "The guard exclusions_letter_no_truncate of the table exclusions_letter is missing.",
    ]
