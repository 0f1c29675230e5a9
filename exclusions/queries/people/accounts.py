"""Accounts as administrators see them, and what happened outside cases as the auditor does."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from exclusions.models import Event, Organization, User
from exclusions.workflow.roles import Role
from exclusions.workflow.two_persons import ACTS


def accounts(words: str = "", role: str = "") -> QuerySet[User]:
    """Return accounts with these words in name or address, by address; of one role where it is given."""
    found = User.objects.order_by("email")
    if words:
        found = found.filter(Q(email__icontains=words) | Q(full_name__icontains=words))
    return found.filter(role=role) if role else found


def account(user_id: int) -> User | None:
    """Return one account, or None."""
    return User.objects.filter(pk=user_id).first()


def history(user: User) -> QuerySet[Event]:
    """Return what happened to an account, oldest first."""
    return Event.objects.filter(subject=f"user:{user.pk}").select_related("by").order_by("sequence")


def outside_cases(words: str = "") -> QuerySet[Event]:
    """Return every event of accounts, organizations and what administrators write, newest first; not those of cases."""
    found = Event.objects.exclude(subject__startswith="petition:").select_related("by")
    if words:
        found = found.filter(Q(by__email__icontains=words) | Q(by__full_name__icontains=words))
    return found.order_by("-at", "-pk")


@dataclass(frozen=True)
class Happened:
    """One event in words: whom or what it is about, what was done, by whom, in which role, why, when."""

    about: str
    what: str
    who: str
    role: str
    reason: str
    at: datetime


def happened(events: Iterable[Event]) -> list[Happened]:
    """Return events in words. Two statements more, however many there are."""
    rows = list(events)
    keys = [row.subject.partition(":") for row in rows]
    people = User.objects.in_bulk([int(key) for kind, _, key in keys if kind == "user" and key.isdigit()])
    firms = Organization.objects.in_bulk(_uuids(key for kind, _, key in keys if kind == "organization"))
    names = {f"user:{key}": str(user) for key, user in people.items()}
    names |= {f"organization:{key}": str(firm) for key, firm in firms.items()}
    return [
        Happened(
            names.get(row.subject, row.subject),
            _what(row),
            str(row.by) if row.by else "the server’s shell",
            str(Role(row.role).label) if row.role in Role.values else row.role,
            row.reason,
            row.at,
        )
        for row in rows
    ]


def _what(event: Event) -> str:
    """Say what was done: an act of two persons by its label, at the first person's word and at the second's."""
    if event.kind == "propose" and event.data.get("act") in ACTS:
        return f"Proposed: {ACTS[event.data['act']].label}"
    if event.kind in ACTS and "proposal" in event.data:
        return f"Confirmed: {ACTS[event.kind].label}"
    return event.description


def _uuids(texts: Iterable[str]) -> list[UUID]:
    found = []
    for text in texts:
        with suppress(ValueError):
            found.append(UUID(text))
    return found
