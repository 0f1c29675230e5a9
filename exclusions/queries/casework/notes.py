"""Notes on cases, whom they name, and the tags of a team."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from exclusions.models import CaseNote, CaseTag, Petition, Tag, User
from exclusions.permissions import Standing, may_read_confidential
from exclusions.workflow.roles import READS_CONFIDENTIAL, Role

# An @ that begins a word: not the one of an e-mail address.
AT = re.compile(r"(?<![\w.@+-])@(?=\w)")
NOTES_A_PAGE = 40


def reads_notes(user: User, petition: Petition, at: datetime, standing: Standing | None = None) -> bool:
    """Say whether a member of staff reads the notes on a case: those do who read the whole case."""
    return user.role in READS_CONFIDENTIAL and may_read_confidential(user, petition, at, standing)


def writes_notes(user: User, petition: Petition, at: datetime, standing: Standing | None = None) -> bool:
    """Say whether a member of staff writes notes on a case: whoever reads them, but for the auditor."""
    return user.role != Role.AUDITOR and reads_notes(user, petition, at, standing)


def notes_on(petition: Petition) -> QuerySet[CaseNote]:
    """Return the notes on a case, newest first, with those whom they name."""
    rows = CaseNote.objects.filter(petition=petition).select_related("made_by")
    return rows.prefetch_related("mentions__user").order_by("-made_at", "-pk")


def notes_naming(user: User) -> QuerySet[CaseNote]:
    """Return the notes that name a person on cases that are open to them, newest first."""
    if user.role not in READS_CONFIDENTIAL:
        return CaseNote.objects.none()
    cases = Petition.objects.all().open_to(user)
    rows = CaseNote.objects.filter(mentions__user=user, petition__in=cases)
    return rows.select_related("made_by", "petition").order_by("-made_at", "-pk")


def named(text: str, staff: Iterable[User]) -> tuple[list[User], list[str]]:
    """Return the people whom a text names behind an @, and the names behind one that are nobody's.

    A name is the full one, or what stands before the @ of the address; the longest that fits is meant.
    """
    known: list[tuple[str, User]] = []
    for one in staff:
        known += [(one.full_name.casefold(), one), (one.email.partition("@")[0].casefold(), one)]
    names = sorted((pair for pair in known if pair[0]), key=lambda pair: -len(pair[0]))
    found: dict[int, User] = {}
    unknown: list[str] = []
    for begin in AT.finditer(text):
        rest = text[begin.end() :]
        person = next((one for name, one in names if _begins(rest, name)), None)
        if person is None:
            unknown.append("@" + " ".join(rest.split()[:2])[:60])
        else:
            found[person.pk] = person
    return list(found.values()), list(dict.fromkeys(unknown))


def _begins(text: str, name: str) -> bool:
    behind = text[len(name) : len(name) + 1]
    return text[: len(name)].casefold() == name and not (behind.isalnum() or behind == "_")


def staff() -> QuerySet[User]:
    """Return the staff whose accounts are open."""
    return User.objects.filter(is_active=True).exclude(role="").order_by("full_name", "pk")


def team_tags(role: str) -> QuerySet[Tag]:
    """Return the tags of a team that are in use, by name."""
    return Tag.objects.filter(role=role, retired_at__isnull=True).order_by("name")


def tags_on(keys: Sequence[UUID], user: User) -> dict[UUID, list[CaseTag]]:
    """Return the tags of the person's team on cases, by the case's key; the auditor is shown every team's.

    One statement.
    """
    rows = CaseTag.objects.filter(petition__in=keys, taken_at__isnull=True).select_related("tag")
    if user.role != Role.AUDITOR:
        rows = rows.filter(tag__role=user.role)
    found: dict[UUID, list[CaseTag]] = {}
    for row in rows.order_by("tag__name", "pk"):
        found.setdefault(row.petition_id, []).append(row)
    return found


def tagged(rows: QuerySet[Petition], user: User, tag: int) -> QuerySet[Petition]:
    """Return the cases that bear a tag of the person's team; of any team for the auditor."""
    marks = CaseTag.objects.filter(tag=tag, taken_at__isnull=True)
    if user.role != Role.AUDITOR:
        marks = marks.filter(tag__role=user.role)
    return rows.filter(pk__in=marks.values("petition"))
