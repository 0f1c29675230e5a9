"""What a person who is signed in watches: made and stopped without a link, their address being confirmed already."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from exclusions.actions.watching import MOST_OF_AN_ADDRESS, begin
from exclusions.errors import WrongState
from exclusions.models import Subscription
from exclusions.queries.public.watched import Watched

FULL = (
    f"Your address has {MOST_OF_AN_ADDRESS} watches, which is the most. "
    "Stop one that you no longer need; the feed of a thing can be read without a watch."
)


def keep_watch(thing: Watched, *, email: str, channel: str, at: datetime) -> tuple[Subscription, bool]:
    """Watch a thing for a confirmed address by a word of Subscription.Channel; return it, and whether it is new.

    What is watched already stays as it is; one that waited for its confirmation begins. What is public by now is not
    told afterwards. Raises WrongState where the address has 200 watches.
    """
    address = email.strip().lower()
    with transaction.atomic():
        watch, new = Subscription.objects.get_or_create(
            kind=thing.kind, key=thing.key, email=address, channel=channel, defaults={"created_at": at}
        )
        if new and Subscription.objects.filter(email=address).count() > MOST_OF_AN_ADDRESS:
            raise WrongState(FULL)
        return begin(watch, at=at), new


def drop_watch(watch_id: int, *, emails: Collection[str]) -> bool:
    """Stop one watch of the addresses of a person; return whether there was one. What is stopped is forgotten."""
    with transaction.atomic():
        found = Subscription.objects.filter(pk=watch_id, email__in=emails, confirmed_at__isnull=False)
        return found.delete()[0] > 0
