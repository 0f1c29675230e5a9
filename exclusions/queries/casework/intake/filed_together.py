"""Petitions of one requester, round and day that wait for intake: one entry of the queue for all of them.

What a sheet had certified together is filed as of one moment, so that it is one entry, too, as long as it waits.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Max, Min, Prefetch, QuerySet
from django.db.models.functions import TruncDate

from exclusions.days import EASTERN
from exclusions.models import Document, Petition, PetitionVersion, User
from exclusions.models.interest import Ties
from exclusions.workflow.states import Status

LEAST = 2  # petitions of an entry
MOST = 500  # petitions of an entry that are compared at once; the others follow as these are done


class Entry(NamedTuple):
    """The petitions of one requester, round and day: how many wait, and since when the first."""

    organization: UUID
    slug: str
    day: date
    requester: str
    round: str
    number: int
    since: datetime


def _waiting(user: User, ties: Ties | None = None) -> QuerySet[Petition]:
    return Petition.objects.filter(status=Status.SUBMITTED).open_to(user, ties)


def entries(user: User) -> QuerySet[Petition, tuple[object, ...]]:
    """Return the columns of each `Entry` that is open to a person, the oldest first."""
    day = TruncDate("submitted_at", tzinfo=EASTERN)
    grouped = _waiting(user).annotate(day=day).order_by().values("organization", "round__slug", "day")
    counted = grouped.annotate(
        requester=Max("organization__legal_name"),
        title=Max("round__title"),
        number=Count("pk"),
        since=Min("status_since"),
    ).filter(number__gte=LEAST)
    columns = ("organization", "round__slug", "day", "requester", "title", "number", "since")
    return counted.order_by("since", "day", "round__slug", "organization").values_list(*columns)


def entries_as_read(rows: Iterable[tuple[object, ...]]) -> list[Entry]:
    """Return the entries of some rows of `entries`."""
    return [Entry._make(row) for row in rows]


def filed_together(
    user: User, organization: UUID, slug: str, day: date, ties: Ties | None = None
) -> QuerySet[Petition]:
    """Return the petitions of an entry with all that they are compared by, in the order of their references."""
    begins = datetime.combine(day, time(), EASTERN)
    ends = datetime.combine(day + timedelta(days=1), time(), EASTERN)
    rows = _waiting(user, ties).filter(
        organization=organization, round__slug=slug, submitted_at__gte=begins, submitted_at__lt=ends
    )
    sealed = PetitionVersion.objects.sealed().order_by("-number")
    present = Document.objects.filter(removed_at__isnull=True).order_by("uploaded_at", "pk")
    return (
        rows.select_related("organization", "filer_organization")
        .prefetch_related(
            "round__actions",
            Prefetch("versions", sealed),
            Prefetch("documents", present),
            "confidentiality_refusals",
            "leak_settlements",
        )
        .order_by("reference")
    )
