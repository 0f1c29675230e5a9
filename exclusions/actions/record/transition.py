"""The only writer of a petition's status."""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.disclosure_checks import look_through
from exclusions.actions.record.events import message, send
from exclusions.actions.record.many.batch import Batch, petition_event, standing_in
from exclusions.actions.record.publication import publish_petition
from exclusions.actions.store.cases import restate
from exclusions.actions.store.turns import wait_for_like
from exclusions.errors import Conflict
from exclusions.models import Notification, Petition, User
from exclusions.permissions import Standing, refusal
from exclusions.workflow.disclosure_checks import DOORS
from exclusions.workflow.states import STAGE_OF, Status
from exclusions.workflow.transitions import COMPARES, SAYS_IN_PART, TRANSITIONS, Transition

KEPT = (
    "denial_codes", "narrowing_codes", "citation", "published_on", "screened", "certified", "unchanged", "cure_until",
    "proposal", "proposed_by", "contacts", "certificate",
)  # fmt: skip


def lock(petition: Petition, batch: Batch | None = None, *, compares: bool = False) -> Petition:
    """Return the petition as it stands now, with its row locked until the transaction ends; a batch has locked its own.

    `compares`: for what is compared with like cases, so that others that conclude such are waited for first. Raises
    Conflict for a draft that somebody has deleted meanwhile.
    """
    if batch:
        return batch.petitions[petition.pk]
    if not connection.in_atomic_block:
        raise TransactionManagementError("A row is locked until its transaction ends, and none has begun.")
    if compares:
        wait_for_like(petition.pk)
    # PostgreSQL: whoever held the row may have moved it to another organization (a merge) than the one it was joined
    # to; then it is not found, and is asked for again.
    rows = Petition.objects.select_for_update(of=("self",)).select_related("round", "organization")
    found = rows.filter(pk=petition.pk).first() or rows.filter(pk=petition.pk).first()
    if found is None:
        raise Conflict("Someone has deleted this draft, so you cannot change it.")
    return found


def move(
    petition: Petition,
    name: str,
    *,
    by: User | None,
    at: datetime,
    reason: str = "",
    data: Mapping[str, Any] | None = None,
    is_locked: bool = False,
    also: Sequence[str] = (),
    standing: Standing | None = None,
    told: Mapping[str, Any] | None = None,
    batch: Batch | None = None,
    as_of: datetime | None = None,
    mails: bool = True,
) -> Petition:
    """Take one transition of the table and return the petition in its new state.

    Locks the row, asks `permissions.refusal` again under the lock, and writes status, event, messages and both copies
    in one transaction; of a `batch`, which has locked the petition, all but the status at its end. `is_locked`: the
    caller got `petition` from `lock` in this transaction; `also` names fields set since; `standing` is the person's
    under that lock, `told` what the message says besides: public facts. `as_of`: the moment that it is judged by,
    where that is not `at`; without `mails` the caller tells who filed. Raises ActionRefused with nothing written.
    """
    transition, entered = TRANSITIONS[name], {**(data or {}), "reason": reason}
    with nullcontext() if is_locked else transaction.atomic():
        locked = petition if is_locked else lock(petition, batch, compares=name in COMPARES)
        standing = standing or standing_in(batch, by, locked, at)
        if refused := refusal(name, locked, by, as_of or at, entered, standing):
            raise refused
        if by is not None and reason and name in DOORS:
            look_through(name, locked, {DOORS[name].takes[0]: reason}, by=by, at=at, standing=standing, batch=batch)
        before, locked.status = locked.status, transition.target
        locked.status_since = locked.updated_at = at
        locked.in_part = SAYS_IN_PART.get(name, locked.in_part)
        locked.save(update_fields=["status", "status_since", "updated_at", "in_part", *also])
        role = str(next(iter(standing.roles & transition.roles)))
        _record(locked, transition, before, entered, by=by, at=at, role=role, batch=batch)
        _copy(locked, before, at, batch)
        if mails:
            _tell(_telling(locked, transition, by, at, told or {}), batch)
    for field in ("status", "status_since", "updated_at", "in_part"):  # the caller's own copy follows
        setattr(petition, field, getattr(locked, field))
    return locked


def _record(petition: Petition, transition: Transition, before: str, entered: Mapping[str, Any], **who: Any) -> None:
    """Put the transition on record: `who` took it, when, in which role; of a batch, at its end."""
    petition_event(
        petition,
        transition.name,
        from_status=before,
        to_status=transition.target,
        reason=entered["reason"],
        data={key: _plain(entered[key]) for key in KEPT if key in entered},
        **who,
    )


def _copy(petition: Petition, before: str, at: datetime, batch: Batch | None) -> None:
    """Let the case store and the public copy follow; of a batch, at its end. What was a draft has neither."""
    if batch:
        batch.follow(petition)
        return
    if before != Status.DRAFT:
        restate(petition, at=at)
    if STAGE_OF[Status(petition.status)] is not None and petition.posted_at is not None:
        publish_petition(petition, at=at)


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | bool | list | None) else str(value)


def _tell(telling: Notification | None, batch: Batch | None) -> None:
    """Send a message; of a batch, at its end."""
    if telling and batch:
        batch.tell(telling)
    elif telling:
        send(telling)


def _telling(
    petition: Petition, transition: Transition, by: User | None, at: datetime, told: Mapping[str, Any]
) -> Notification | None:
    """Return the message to who filed; None where nothing is mailed."""
    if not transition.mailed:
        return None
    status = petition.get_status_display()
    filer = by if by is not None and by.pk == petition.filed_by_id else petition.filed_by
    return message(
        to=filer.email,
        template=transition.name,
        subject=f"{petition.reference}: {status}" if petition.reference else status,
        context={
            "reference": petition.reference or "",
            "round": petition.round.title,
            "status": status,
            "url": page_address("petition", petition.pk),
            **told,
        },
        at=at,
    )
