"""Writing the record: chained events, accesses to confidential matter, and messages in the outbox."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from exclusions.gateways.observed.request_ids import current
from exclusions.gateways.outbox import wake
from exclusions.models import AccessLog, Event, Notification, Petition, User


def petition_subject(petition: Petition) -> str:
    """Return the name of a petition's event chain."""
    return f"petition:{petition.pk}"


def record_event(
    subject: str,
    kind: str,
    *,
    by: User | None,
    at: datetime,
    role: str = "",
    from_status: str = "",
    to_status: str = "",
    reason: str = "",
    data: Mapping[str, Any] | None = None,
) -> Event:
    """Append an event to a subject's chain and return it.

    Call it in the transaction of the change, with the subject's row locked: the lock is what orders the chain.
    `data` holds keys and references only, never confidential values.
    """
    chain = Event.objects.filter(subject=subject).values_list("sequence", "hash")
    sequence, previous = chain.order_by("-sequence").first() or (0, "")
    event = Event(
        subject=subject,
        sequence=sequence + 1,
        kind=kind,
        at=at,
        by=by,
        role=role or (by.role if by else ""),
        from_status=from_status,
        to_status=to_status,
        reason=reason,
        data=dict(data or {}),
        previous_hash=previous,
    )
    event.hash = event.digest()
    event.save(force_insert=True)
    return event


def record_for_each(
    subjects: Sequence[str], kind: str, *, by: User | None, at: datetime, data: Mapping[str, Any] | None = None
) -> list[Event]:
    """Append one event of the same kind to the chain of each subject, as `record_event` does; two statements.

    Call it in the transaction of the change, with the rows of all subjects locked.
    """
    heads: dict[str, tuple[int, str]] = {}
    chains = Event.objects.filter(subject__in=subjects).order_by("subject", "sequence")
    for subject, sequence, digest in chains.values_list("subject", "sequence", "hash"):
        heads[subject] = (sequence, digest)
    events = []
    for subject in subjects:
        sequence, previous = heads.get(subject, (0, ""))
        event = Event(
            subject=subject,
            sequence=sequence + 1,
            kind=kind,
            at=at,
            by=by,
            role=by.role if by else "",
            data=dict(data or {}),
            previous_hash=previous,
        )
        event.hash = event.digest()
        events.append(event)
    return Event.objects.bulk_create(events, batch_size=500)


def record_access(petition: Petition, what: str, *, by: User, role: str, at: datetime) -> AccessLog:
    """Note that a person read confidential matter of a petition; `what` names the kind of matter, not its content."""
    return AccessLog.objects.create(subject=petition_subject(petition), what=what, by=by, role=role, at=at)


def notify(*, to: str, template: str, subject: str, context: Mapping[str, Any], at: datetime) -> Notification:
    """Put a message into the outbox and wake the deliverer when the transaction has ended well.

    `context` holds public facts only (reference, product name, deadlines): a mailbox is not a confidential place.
    """
    return send(message(to=to, template=template, subject=subject, context=context, at=at))


def message(*, to: str, template: str, subject: str, context: Mapping[str, Any], at: datetime) -> Notification:
    """Return a message that is not in the outbox yet; a longer subject is cut to what its column holds."""
    return Notification(
        to=to,
        template=template,
        subject=subject[:200],
        context=dict(context),
        created_at=at,
        request_id=current(),
    )


def send(telling: Notification) -> Notification:
    """Put a message into the outbox, and wake the deliverer when the transaction has ended well."""
    telling.save(force_insert=True)
    transaction.on_commit(wake)
    return telling


def send_all(messages: Iterable[Notification]) -> None:
    """Put messages into the outbox, some hundred a statement, and wake the deliverer once."""
    Notification.objects.bulk_create(messages, batch_size=500)
    transaction.on_commit(wake)


def notify_all(*, to: Iterable[str], template: str, subject: str, context: Mapping[str, Any], at: datetime) -> None:
    """Put one message for each of several people into the outbox, as `notify` does; one statement for all of them."""
    Notification.objects.bulk_create(
        message(to=address, template=template, subject=subject, context=context, at=at) for address in dict.fromkeys(to)
    )
    transaction.on_commit(wake)
