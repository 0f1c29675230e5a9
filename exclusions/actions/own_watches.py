"""What a person who is signed in watches: made and stopped without a link, their address being confirmed already."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from exclusions.actions.watching import MOST_OF_AN_ADDRESS, begin
from exclusions.actions.webhooks import queue_event, secret_of_webhook
from exclusions.errors import Incomplete, WrongState
from exclusions.gateways.hook_addresses import NotAHook, read_hook
from exclusions.models import Subscription
from exclusions.queries.public.watched import Watched

FULL = (
    f"Your address has {MOST_OF_AN_ADDRESS} watches, the most allowed. Stop one that you no longer need. To follow "
    "many petitions, watch their organization: one watch tells of them all. You can read a feed without a watch."
)

MOST_HOOKS = 20  # of an address
FULL_OF_HOOKS = (
    f"Your address has {MOST_HOOKS} webhooks, the most allowed. Stop one that you no longer need. "
    "To follow many petitions, watch their organization: one webhook tells of them all."
)
ELSEWHERE = "You already have a webhook for this, at another address. Stop it first, or also watch by e-mail or feed."


class Kept(NamedTuple):
    """A watch of a person, whether it is new, and the secret of a new webhook; "" otherwise."""

    watch: Subscription
    new: bool
    secret: str


def keep_own(thing: Watched, *, email: str, channel: str, url: str, at: datetime) -> Kept:
    """Watch a thing for a confirmed address by a word of Subscription.Channel, a webhook at an https address.

    Raises what `keep_watch` and `keep_webhook` raise.
    """
    if channel == Subscription.Channel.WEBHOOK:
        watch, secret = keep_webhook(thing, email=email, url=url, at=at)
        return Kept(watch, bool(secret), secret)
    watch, new = keep_watch(thing, email=email, channel=channel, at=at)
    return Kept(watch, new, "")


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
        if new:
            _refuse_too_many(address)
        return begin(watch, at=at), new


def keep_webhook(thing: Watched, *, email: str, url: str, at: datetime) -> tuple[Subscription, str]:
    """Watch a thing for a confirmed address by posting to an https address; return it, and its secret where it is new.

    The secret is told this once, and "" of a webhook that there is already. A new one is posted `watch.begun` at once.
    Raises Incomplete by `url` for an address that no webhook goes to, and WrongState where the thing is watched at
    another address, or the owner has 20 webhooks or 200 watches.
    """
    try:
        read_hook(url)
    except NotAHook as error:
        raise Incomplete(fields={"url": [str(error)]}) from error
    address = email.strip().lower()
    secret, kept = secret_of_webhook()
    hook = Subscription.Channel.WEBHOOK
    with transaction.atomic():
        watch, new = Subscription.objects.get_or_create(
            kind=thing.kind,
            key=thing.key,
            email=address,
            channel=hook,
            defaults={"created_at": at, "url": url, "secret": kept},
        )
        if watch.url != url:
            raise WrongState(ELSEWHERE)
        if not new:
            return watch, ""
        if Subscription.objects.filter(email=address, channel=hook).count() > MOST_HOOKS:
            raise WrongState(FULL_OF_HOOKS)
        _refuse_too_many(address)
        watch = begin(watch, at=at)
        queue_event(watch, "watch.begun", {"title": thing.title}, at=at)
    return watch, secret


def _refuse_too_many(address: str) -> None:
    if Subscription.objects.filter(email=address).count() > MOST_OF_AN_ADDRESS:
        raise WrongState(FULL)


def drop_watch(watch_id: int, *, emails: Collection[str]) -> bool:
    """Stop one watch of the addresses of a person; return whether there was one. What is stopped is forgotten."""
    with transaction.atomic():
        found = Subscription.objects.filter(pk=watch_id, email__in=emails, confirmed_at__isnull=False)
        return found.delete()[0] > 0
