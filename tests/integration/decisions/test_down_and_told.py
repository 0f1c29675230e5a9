"""What is taken down twice, put back or withdrawn meanwhile; what the public reads of a closing; mail that is tried."""

from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPDataError, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from exclusions.actions.filing import documents, responses
from exclusions.actions.filing.documents import Upload
from exclusions.actions.filing.withdrawn_responses import withdraw_response
from exclusions.actions.record import notifications, quarantine
from exclusions.actions.record.events import notify, record_access
from exclusions.actions.record.public_decisions import closing_facts
from exclusions.errors import WrongState
from exclusions.models import (
    AccessLog,
    Event,
    Letter,
    Notification,
    Petition,
    PublicDocument,
    PublicLetter,
    PublicPetition,
    PublicResponse,
    Quarantine,
    Reply,
    Response,
    Tombstone,
    User,
)
from exclusions.queries.record.mail_due import MOST_ATTEMPTS
from exclusions.queries.record.public_things import public_things
from exclusions.queries.record.taken_down import in_its_place
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.public_things import Ground, Kind, key_of
from tests.factories.answered import bring
from tests.factories.cast import Responder
from tests.factories.files import WITH_A_DTD
from tests.factories.petitions import Journey
from tests.factories.world import pdf, response_answers, token_of

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]
MINUTE = timedelta(minutes=1)


def answered(case: Journey, name: str) -> tuple[Response, str]:
    """Return a posted response of somebody to a posted petition, and the token of its author."""
    answers = response_answers(Responder(email=f"{name}@example.test", organization=f"{name.title()} Stone"))
    given = responses.respond(reference=str(case.petition.reference), answers=answers, by=None, at=case.at)
    token = token_of(given)
    bring(given, Response.Status.POSTED, case.cast["intake"], case.at)
    given.refresh_from_db()
    return given, token


def test_a_reply_that_is_taken_down_leaves_one_row_that_belongs_to_no_step(
    journey: Start, cast: dict[str, User]
) -> None:
    case = journey()
    petition = case.take("submit", "post")
    given, _ = answered(case, "quarry")
    Reply.objects.create(response=given, answers={"text": "Ours."}, submitted_at=case.at, submitted_by=cast["filer"])
    key = key_of(Kind.REPLY, given.reference)
    taken = quarantine.take_down(petition, key, by=cast["intake"], at=case.at, reason="A slip.", ground="anothers")
    said = {"label": "Reply", "value": in_its_place(taken), "taken_down": eastern_date(case.at).isoformat()}
    assert PublicResponse.objects.get().reply_answers == [{"step": "", "key": "reply", **said}]


def test_a_response_that_is_withdrawn_goes_for_good_unless_it_is_down_already(
    journey: Start, cast: dict[str, User]
) -> None:
    case = journey()
    petition = case.take("submit", "post")
    stood, down, put_back = (answered(case, name) for name in ("stood", "down", "back"))
    for given, _ in (down, put_back):
        key = key_of(Kind.RESPONSE, given.reference)
        quarantine.take_down(petition, key, by=cast["intake"], at=case.at, reason="A price.", ground="personal")
    quarantine.restore(Quarantine.objects.get(response=put_back[0]), by=cast["intake"], at=case.at)
    assert PublicResponse.objects.count() == 2
    for given, token in (stood, down, put_back):
        withdraw_response(given, by=None, token=token, at=case.at + MINUTE)
    assert PublicResponse.objects.count() == 0
    standing = Quarantine.objects.filter(restored_at__isnull=True)
    assert {row.response_id: row.ground for row in standing} == {
        stood[0].pk: Ground.WITHDRAWN,
        down[0].pk: Ground.PERSONAL,
        put_back[0].pk: Ground.WITHDRAWN,
    }
    assert Quarantine.objects.count() == 4
    taken = Event.objects.filter(kind="quarantine").order_by("sequence")
    assert [(event.by, event.role) for event in taken] == [(cast["intake"], "intake")] * 2 + [(None, "")] * 2


def test_a_letter_that_was_put_back_goes_down_again_with_the_words_it_repeats(
    denied_once: Journey, cast: dict[str, User]
) -> None:
    case = denied_once
    petition = case.petition
    letter = petition.letters.get(kind__in=Letter.OF_DECISION)

    def take_down(key: str) -> Quarantine:
        return quarantine.take_down(petition, key, by=cast["legal"], at=case.at, reason="A price.")

    quarantine.restore(take_down(key_of(Kind.LETTER, letter.code)), by=cast["intake"], at=case.at)
    assert PublicLetter.objects.get(code=letter.code).taken_down_at is None
    words = next(thing.key for thing in public_things(petition) if thing.kind is Kind.RATIONALE)
    take_down(words)
    assert PublicLetter.objects.get(code=letter.code).taken_down_at == case.at
    assert Quarantine.objects.filter(letter=letter, restored_at__isnull=True).count() == 1
    assert not Quarantine.objects.filter(restored_at__isnull=True).exclude(petition=petition).exists()


def test_the_tombstone_of_a_petition_stands_beside_those_of_its_files(journey: Start, cast: dict[str, User]) -> None:
    case = journey()
    files = [
        documents.attach(case.petition, "public_documents", Upload(f"{n}.pdf", pdf(n)), by=cast["importer"], at=case.at)
        for n in ("one", "two")
    ]
    petition = case.take("submit", "post")
    for file in files:
        key = key_of(Kind.DOCUMENT, file.pk)
        quarantine.take_down(petition, key, by=cast["importer"], at=case.at, reason="A price.")
    quarantine.take_down(petition, by=cast["importer"], at=case.at + MINUTE, reason="A name.", ground="personal")
    stones = Tombstone.objects.filter(reference=petition.reference).values_list("key", "taken_down_at", "ground")
    assert set(stones) == {*((file.pk, case.at, "") for file in files), (None, case.at + MINUTE, "personal")}
    assert not PublicPetition.objects.exists()
    assert not PublicDocument.objects.exists()


def test_the_public_reads_of_an_earlier_petition_once_that_is_posted(journey: Start, cast: dict[str, User]) -> None:
    case = journey()
    case.take("submit", "close_duplicate")
    assert closing_facts(journey().petition) == {}
    earlier = Petition.objects.exclude(pk=case.petition.pk).exclude(reference=None).get()

    def named() -> list[str]:
        return [fact["value"] for fact in closing_facts(case.petition)["facts"]]

    before = named()
    assert earlier.reference not in before
    Petition.objects.filter(pk=earlier.pk).update(posted_at=case.at)
    assert sorted(named()) == sorted([*before, earlier.reference])


def test_a_corrected_file_has_to_be_read_whole_before_it_is_put_back(journey: Start, cast: dict[str, User]) -> None:
    case = journey()
    upload = Upload("plan.pdf", pdf("plan"))
    file = documents.attach(case.petition, "public_documents", upload, by=cast["importer"], at=case.at)
    petition = case.take("submit", "post")
    key = key_of(Kind.DOCUMENT, file.pk)
    taken = quarantine.take_down(petition, key, by=cast["importer"], at=case.at, reason="A price.")
    new = quarantine.replace_document(taken, Upload("new.docx", WITH_A_DTD), by=cast["importer"], at=case.at)
    with pytest.raises(WrongState, match=r"cannot read a part.+Files that wait"):
        quarantine.restore(new.quarantines.get(), by=cast["intake"], at=case.at)
    assert not PublicDocument.objects.filter(key=new.pk).exists()


def test_who_read_a_case_is_on_record_as_it_is_returned(journey: Start, cast: dict[str, User]) -> None:
    case = journey()
    petition = case.take("submit")
    row = record_access(petition, "case file", by=cast["intake"], role="intake", at=case.at)
    assert AccessLog.objects.get() == row
    assert (row.subject, row.what, row.by, row.role, row.at) == (
        f"petition:{petition.pk}", "case file", cast["intake"], "intake", case.at,
    )  # fmt: skip


def told(journey: Start, attempts: int, to: str) -> Notification:
    """Return a message of the outbox after so many attempts."""
    row = notify(to=to, template="general", subject="A petition was posted", context={}, at=journey().at)
    Notification.objects.filter(pk=row.pk).update(attempts=attempts)
    return row


def test_only_messages_that_were_given_up_are_tried_from_the_first_attempt_on(journey: Start) -> None:
    given_up, sent, waiting = (
        told(journey, attempts, f"{attempts}@example.test") for attempts in (MOST_ATTEMPTS, MOST_ATTEMPTS + 1, 3)
    )
    Notification.objects.filter(pk=sent.pk).update(sent_at=sent.created_at)
    assert notifications.resend() == 1
    assert [Notification.objects.get(pk=row.pk).attempts for row in (given_up, sent, waiting)] == [
        0, MOST_ATTEMPTS + 1, 3,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "error", [SMTPDataError(552, b"Too large"), SMTPServerDisconnected("Gone"), TimeoutError(), ValueError("A line")],
    ids=lambda error: type(error).__name__,
)  # fmt: skip
def test_a_message_that_did_not_go_is_counted_and_waits(
    journey: Start, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    row = told(journey, 0, "ada@example.test")

    def refuse(self: EmailMessage, **how: object) -> int:
        raise error

    monkeypatch.setattr(EmailMessage, "send", refuse)
    found = notifications.deliver(at=row.created_at + MINUTE)
    row.refresh_from_db()
    assert (found.sent, found.failed, row.attempts, row.sent_at, row.last_error) == (
        0, 1, 1, None, type(error).__name__,
    )  # fmt: skip
    monkeypatch.undo()
    assert notifications.deliver(at=row.created_at + timedelta(hours=2)).sent == 1
    (sent,) = mail.outbox
    assert "A petition was posted" in sent.body
    assert sent.subject == "A petition was posted"


def test_a_run_ends_after_three_messages_in_a_row_that_no_mail_server_took_part_in(
    journey: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    errors: list[Exception | None] = [
        TimeoutError(), TimeoutError(), SMTPDataError(552, b"Too large"),
        SMTPServerDisconnected("Gone"), TimeoutError(), None,
        TimeoutError(), SMTPServerDisconnected("Gone"), TimeoutError(), None,
    ]  # fmt: skip
    rows = [told(journey, 0, f"person{number}@example.test") for number in range(len(errors))]
    left = iter(errors)

    def send(self: EmailMessage, **how: object) -> int:
        if error := next(left):
            raise error
        return 1

    monkeypatch.setattr(EmailMessage, "send", send)
    found = notifications.deliver(at=rows[-1].created_at + MINUTE)
    assert (found.sent, found.failed, found.more) == (1, 8, False)
    assert [Notification.objects.get(pk=row.pk).attempts for row in rows] == [1] * 9 + [0]
