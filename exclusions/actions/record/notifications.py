"""Sending what lies in the outbox."""

import time
from dataclasses import dataclass
from datetime import datetime
from smtplib import SMTPConnectError, SMTPException, SMTPServerDisconnected

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.template import Context
from django.template.loader import select_template
from structlog.contextvars import bound_contextvars

from exclusions.gateways.calendar_file import CONTENT_TYPE, FILE_NAME, as_calendar
from exclusions.gateways.mail_headers import of_request
from exclusions.models import Notification
from exclusions.queries.record.mail_due import BATCH, MOST_ATTEMPTS, unsent, unsent_keys

logger = structlog.get_logger(__name__)
MOST_AWAY = 3  # messages in a row; each may wait as long as EMAIL_TIMEOUT
A_RUN = 60.0  # seconds


@dataclass(frozen=True)
class Delivery:
    """How many messages went out and how many have to wait for another attempt; `more` where others are due."""

    sent: int
    failed: int
    more: bool = False


def deliver(*, at: datetime, seconds: float = A_RUN) -> Delivery:
    """Send the messages that are due, oldest first and at most 200, and return how many went.

    After so many seconds no other is begun: a run that a slow mail server holds for long could not be ended whole.

    Each message is locked, sent and marked in one transaction: at least once, since a crash between sending and
    marking sends it again. A failure is counted on the message, and later runs try again. After three messages in a
    row that no mail server took part in, the run ends: whatever else the worker has to do waits for it.
    """
    sent = failed = away = 0
    until = time.monotonic() + seconds
    if settings.MAIL_GOES_NOWHERE and unsent_keys(at):
        logger.warning("EMAIL_URL is not set: messages are written to files here, and reach nobody.")
    for key in unsent_keys(at):
        if time.monotonic() > until:
            return Delivery(sent, failed, more=True)
        outcome = _deliver_one(key, at)
        sent += outcome == "sent"
        failed += outcome in {"failed", "away"}
        away = away + 1 if outcome == "away" else 0
        if away == MOST_AWAY:
            break
    return Delivery(sent, failed, more=sent == BATCH)


def resend() -> int:
    """Let the messages that were given up be tried again, from the first attempt on; return how many there were."""
    return Notification.objects.filter(sent_at__isnull=True, attempts__gte=MOST_ATTEMPTS).update(attempts=0)


def _deliver_one(key: int, at: datetime) -> str:
    with transaction.atomic():
        message = _lock_unsent(key, at)
        if message is None:
            return "gone"
        with bound_contextvars(request_id=message.request_id):  # one run sends what several requests caused
            outcome = _send(message, at)
        message.save(update_fields=["attempts", "sent_at", "last_error"])
    return outcome


def _lock_unsent(key: int, at: datetime) -> Notification | None:
    """Return a message that is due, locked; None where it is due no more, or another worker is at it."""
    # Another worker's message is skipped where the database can; SQLite lets one writer in at a time anyway.
    skips = connection.features.has_select_for_update_skip_locked
    return unsent(at).select_for_update(skip_locked=skips).filter(pk=key).first()


def _send(message: Notification, at: datetime) -> str:
    message.attempts += 1
    try:
        as_email(message).send()
    except (SMTPException, OSError, ValueError) as error:
        # The text of an error may repeat the message; its kind is enough to act on.
        message.last_error = type(error).__name__
        logger.warning("message was not sent", message_id=message.pk, cause=message.last_error)
        return "away" if _is_away(error) else "failed"
    message.sent_at, message.last_error = at, ""
    logger.info("message sent", message_id=message.pk)
    return "sent"


def _is_away(error: Exception) -> bool:
    """Say whether there was no talk with a mail server at all, rather than a message that it did not take."""
    talked = isinstance(error, SMTPException) and not isinstance(error, SMTPConnectError | SMTPServerDisconnected)
    return isinstance(error, OSError) and not talked


def as_email(message: Notification) -> EmailMessage:
    """Return a message of the outbox as plain-text e-mail; a kind without a text of its own gets the general one.

    Deadlines in its context go along as a calendar file, which is made of them here: it holds what the message says.
    """
    template = select_template([f"email/{message.template}.txt", "email/general.txt"])
    facts = {**message.context, "subject": message.subject, "site": settings.BASE_URL}
    # Plain text: nothing to escape, and an ampersand has to stay one.
    body = template.template.render(Context(facts, autoescape=False))
    subject = " ".join(message.subject.split())
    mail = EmailMessage(subject=subject, body=body, to=[message.to], headers=of_request(message.request_id))
    if stop := message.context.get("stop"):  # RFC 8058: one click in the mail program
        mail.extra_headers |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    if deadlines := message.context.get("calendar"):
        mail.attach(FILE_NAME, as_calendar(deadlines, made_at=message.created_at).decode(), CONTENT_TYPE)
    return mail
