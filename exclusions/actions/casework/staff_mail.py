"""Mail to the staff: a digest each morning, and at once what falls due today or mentions them.

Counts and references alone: a mailbox is no confidential place. Each can be stopped with one click, or in the settings.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction

from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.events import notify
from exclusions.days import EASTERN
from exclusions.errors import NotPermitted
from exclusions.gateways.mail_stop import read_stop_token, stop_token
from exclusions.models import Digest, DueAlert, MailChoice, Petition, User
from exclusions.permissions import standing_of
from exclusions.queries.casework.due_work import Work, newly_due, undigested, work_of
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.roles import Role
from exclusions.workflow.watch_rates import MORNING

_SATURDAY = 5
LISTED = 20  # references of a kind; the list itself has the rest
KINDS: Final = ("digest", "at_once")


def send_staff_mail(*, at: datetime) -> int:
    """Look what is due for each member of staff, and mail it; return how many messages were written.

    From seven in the morning in New York on, Monday to Friday; once a day for each person, whoever else runs it at the
    same time. A person for whom there is nothing gets no message.
    """
    there = at.astimezone(EASTERN)
    if there.hour < MORNING or there.weekday() >= _SATURDAY:
        return 0
    sent = sum(_digest(user, at) for user in undigested(there.date()))
    for row in newly_due(there.date()):
        sent += _due_at_once(row.user, row.petition, at)
    return sent


def tell_of_mention(petition: Petition, users: Iterable[User], *, by: User, at: datetime) -> None:
    """Write to the people whom a note on a case names, and who want it. No word of the note is in the message."""
    address = page_address("case-notes", petition.reference)
    told = {"reference": petition.reference or "", "by": str(by), "url": address}
    for user in users:
        if user != by and choice_of(user).at_once:
            _write(user, "case_note", f"{petition.reference}: {by} named you in a note", told, "at_once", at)


def choose(user: User, *, digest: bool, at_once: bool, by: User, at: datetime) -> MailChoice:
    """Keep which mail a member of staff wants; return it. Raises NotPermitted for another person's, or no staff."""
    if by.pk != user.pk or not user.role:
        raise NotPermitted("Each person chooses their own mail.")
    made, _ = MailChoice.objects.update_or_create(
        user=user, defaults={"digest": digest, "at_once": at_once, "changed_at": at}
    )
    return made


def stop(token: str, *, at: datetime) -> str:
    """Stop the mail that a link names; return its kind, "" for a link that was not made here. A second time changes
    nothing.
    """
    found = read_stop_token(token)
    user = User.objects.filter(pk=found[0], is_active=True).first() if found else None
    if found is None or user is None or found[1] not in KINDS:
        return ""
    MailChoice.objects.update_or_create(user=user, defaults={found[1]: False, "changed_at": at})
    return found[1]


def choice_of(user: User) -> MailChoice:
    """Return what a person wants: everything, as long as nothing was chosen."""
    return MailChoice.objects.filter(user=user).first() or MailChoice(user=user, digest=True, at_once=True)


def _digest(user: User, at: datetime) -> bool:
    day, wanted = eastern_date(at), choice_of(user).digest
    work = work_of(user, at) if wanted else Work([], [], 0, 0)
    try:
        with transaction.atomic():
            Digest.objects.create(user=user, day=day, mailed=not work.is_nothing, made_at=at)
            if work.is_nothing:
                return False
            DueAlert.objects.bulk_create(
                [DueAlert(user=user, petition=case, day=day, made_at=at) for case in work.due], ignore_conflicts=True
            )
            _write(user, "staff_digest", _subject(work), _mail_context(work), "digest", at)
    except IntegrityError:  # another run looked at the same time
        return False
    return True


def _subject(work: Work) -> str:
    parts = [f"{len(work.due)} due today", f"{len(work.over)} over target", f"{work.new} new"]
    return f"Your cases: {', '.join(parts)}"


def _mail_context(work: Work) -> dict[str, object]:
    return {
        "due": _lines(work.due),
        "over": _lines(work.over),
        "more_due": max(0, len(work.due) - LISTED),
        "more_over": max(0, len(work.over) - LISTED),
        "new": work.new,
        "to_confirm": work.to_confirm,
        "proposals": page_address("proposals"),
    }


def _lines(cases: list[Petition]) -> list[dict[str, str]]:
    return [{"reference": str(case.reference), "url": page_address("case", case.reference)} for case in cases[:LISTED]]


def _due_at_once(user: User, petition: Petition, at: datetime) -> bool:
    wanted = choice_of(user).at_once and _may_see(user, petition, at)
    try:
        with transaction.atomic():
            DueAlert.objects.create(user=user, petition=petition, day=eastern_date(at), made_at=at)
            if wanted:
                _at_once(user, petition, "It falls due today.", at)
    except IntegrityError:
        return False
    return wanted


def _at_once(user: User, petition: Petition, why: str, at: datetime) -> None:
    reference = str(petition.reference)
    told = {"reference": reference, "why": why, "case": page_address("case", reference)}
    _write(user, "staff_at_once", f"{reference}: needs your attention", told, "at_once", at)


def _write(user: User, template: str, subject: str, told: Mapping[str, object], kind: str, at: datetime) -> None:
    """Put a message into the outbox, with the link that stops its kind and the page of the settings. It leads to the
    list of the person's cases, or to the `url` among what is told.
    """
    links = {
        "url": page_address("review") if user.role not in (Role.CUSTOMS, Role.ADMIN) else page_address("home"),
        "stop": page_address("mail-stop", stop_token(user.pk, kind)),
        "settings": page_address("mail-settings"),
    }
    notify(to=user.email, template=template, subject=subject, context={**links, **told}, at=at)


def _may_see(user: User, petition: Petition, at: datetime) -> bool:
    standing = standing_of(user, petition, at)
    return bool(standing.roles) and not standing.barred
