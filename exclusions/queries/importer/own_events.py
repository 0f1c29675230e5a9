"""What happened to the petitions of a person or a firm, for their programs: facts, and no word of what is in them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Max, Q, QuerySet
from django.urls import reverse

from exclusions.models import Event, Organization, Petition, User
from exclusions.queries.importer.petitions import SHOWN_EVENTS
from exclusions.queries.public.watches.watched import NotWatchable, Watched

MINE: Final = "mine"
OWN: Final = "own"
TOLD: Final = frozenset(SHOWN_EVENTS) - {"start", "hand_over", "attach", "remove"}  # those are of drafts
# An event may be committed after one that was numbered later. So many are looked at once more: each is told once.
AGAIN: Final = 2_000
_CHAIN: Final = "petition:"
NOBODY = "Send “mine” as “key” to hear of all petitions that you work on, or the key of an organization of yours."


class OwnEvent(NamedTuple):
    """An event of a petition that its people may know of."""

    petition: UUID
    sequence: int
    kind: str
    at: datetime

    @property
    def fact(self) -> str:
        """Its name, which never changes."""
        return f"{self.petition}:{self.sequence}"


def petition_of(fact: str) -> UUID:
    """Return the petition that a fact is about."""
    return UUID(fact.partition(":")[0])


def own_thing(user: User, key: str) -> Watched:
    """Return all petitions of a person, or of one of their organizations, as a thing to watch. Raises NotWatchable."""
    if key == MINE:
        return Watched(OWN, MINE, "your petitions", reverse("petitions"))
    try:
        organization = Organization.objects.filter(pk=UUID(key), memberships__user=user).first()
    except ValueError:
        organization = None
    if organization is None:
        raise NotWatchable(NOBODY)
    return Watched(OWN, str(organization.pk), "the petitions of your organization", reverse("petitions"))


def person_at(address: str) -> User | None:
    """Return whose confirmed address this is; None where the account is closed, or there is none."""
    own = EmailAddress.objects.filter(email__iexact=address, verified=True, user__is_active=True)
    found = own.select_related("user").order_by("pk").first()
    return found.user if found and isinstance(found.user, User) else None


def own_petitions(user: User, key: str, at: datetime) -> QuerySet[Petition]:
    """Return the filed petitions that a watch of a person covers, as far as they may work on them at the moment."""
    filed = Petition.objects.owned_by(user, at).filter(reference__isnull=False)
    if key == MINE:
        return filed
    mine = Organization.objects.filter(pk=key, memberships__user=user)
    return filed.filter(Q(organization__in=mine) | Q(filer_organization__in=mine))


def last_event() -> int:
    """Return the number of the last event on record."""
    return int(Event.objects.aggregate(last=Max("pk"))["last"] or 0)


def events_after(seen: int, at: datetime) -> tuple[list[OwnEvent], int]:
    """Return what happened to petitions up to a moment, after the event that was seen last, some events before it
    too; and the number of the last event that was looked at. One statement.
    """
    rows = Event.objects.filter(pk__gt=max(seen - AGAIN, 0), at__lte=at, kind__in=TOLD, subject__startswith=_CHAIN)
    found, last = [], seen
    for pk, subject, number, kind, moment in rows.order_by("pk").values_list("pk", "subject", "sequence", "kind", "at"):
        found.append(OwnEvent(UUID(subject.removeprefix(_CHAIN)), number, kind, moment))
        last = max(last, pk)
    return found, last


def references_of(
    user: User | None, key: str, petitions: Collection[UUID], at: datetime, *, at_once: int = 500
) -> dict[UUID, str]:
    """Return the references of those of the petitions that a watch of a person covers at the moment."""
    asked, found = list(dict.fromkeys(petitions)), dict[UUID, str]()
    for first in range(0, len(asked) if user else 0, at_once):
        assert user is not None
        some = own_petitions(user, key, at).filter(pk__in=asked[first : first + at_once])
        found.update((pk, str(reference)) for pk, reference in some.values_list("pk", "reference"))
    return found


def covered(events: Iterable[OwnEvent], since: datetime | None) -> Sequence[OwnEvent]:
    """Return the events from the moment on at which a watch began."""
    return [one for one in events if since is not None and one.at >= since]
