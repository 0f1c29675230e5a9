"""What a person who is signed in watches: made and stopped without a link, their address being confirmed already."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from exclusions.actions.watching import MOST_OF_AN_ADDRESS, begin, mail_so_often
from exclusions.actions.webhooks import queue_event, secret_of_webhook
from exclusions.errors import Incomplete, WrongState
from exclusions.gateways.hook_addresses import NotAHook, read_hook
from exclusions.gateways.outbox import wake
from exclusions.models import Subscription, WebhookDelivery
from exclusions.queries.public.watches.watched import Watched
from exclusions.queries.record.webhooks_due import HOOK_ATTEMPTS

FULL = (
    f"Your address has {MOST_OF_AN_ADDRESS} watches, the most allowed. Stop one that you no longer need. To follow "
    "many petitions, watch their organization: one watch tells of them all. You can read a feed without a watch."
)

MOST_HOOKS = 20  # of an address
FULL_OF_HOOKS = (
    f"Your address has {MOST_HOOKS} webhooks, the most allowed. Stop one that you no longer need. "
    "To follow many petitions, watch their organization: one webhook tells of them all."
)
AT_ONCE_ALONE = "A feed and a webhook tell at once. Choose “At once”, or be told by e-mail."
NO_HOOK = "This watch is told by e-mail or feed. Only a webhook has an address and a secret."
WAITS = "This event still waits to be posted. See “next_at”, or mend the address: it is tried again by itself."
ELSEWHERE = "You already have a webhook for this, at another address. Stop it first, or also watch by e-mail or feed."


class Kept(NamedTuple):
    """A watch of a person, whether it begins now, and the secret of a new webhook; "" otherwise."""

    watch: Subscription
    new: bool
    secret: str


def keep_own(
    thing: Watched,
    *,
    email: str,
    channel: str,
    url: str,
    at: datetime,
    rate: str = Subscription.Rate.AT_ONCE,
) -> Kept:
    """Watch a thing for a confirmed address by a word of Subscription.Channel, a webhook at an https address.

    `rate`: a word of Subscription.Rate; by mail alone another one than at once. Raises Incomplete by `rate`, and what
    `keep_watch` and `keep_webhook` raise.
    """
    if channel != Subscription.Channel.EMAIL and rate != Subscription.Rate.AT_ONCE:
        raise Incomplete(fields={"rate": [AT_ONCE_ALONE]})
    if channel == Subscription.Channel.WEBHOOK:
        watch, secret = keep_webhook(thing, email=email, url=url, at=at)
        return Kept(watch, bool(secret), secret)
    watch, new = keep_watch(thing, email=email, channel=channel, at=at, rate=rate)
    return Kept(watch, new, "")


def keep_watch(
    thing: Watched, *, email: str, channel: str, at: datetime, rate: str = Subscription.Rate.AT_ONCE
) -> tuple[Subscription, bool]:
    """Watch a thing for a confirmed address by words of Subscription.Channel and Subscription.Rate; return it, and
    whether it begins now.

    What is watched already stays as it is; one that waited for its confirmation begins, told as often as is said now.
    What is public by now is not told afterwards. Raises WrongState where the address has 200 watches.
    """
    address = email.strip().lower()
    with transaction.atomic():
        watch, _ = Subscription.objects.get_or_create(
            kind=thing.kind,
            key=thing.key,
            email=address,
            channel=channel,
            defaults={"created_at": at, "rate": rate},
        )
        begins = watch.confirmed_at is None
        if begins:
            _refuse_too_many(address)
            mail_so_often(watch, rate)
        return begin(watch, at=at), begins


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


def move_webhook(watch_id: int, *, emails: Collection[str], url: str) -> Subscription | None:
    """Post a webhook of the addresses of a person elsewhere from now on, also what waits; return it, None: none is.

    Raises Incomplete by `url` for an address that no webhook goes to, and WrongState for a watch of another channel.
    """
    try:
        read_hook(url)
    except NotAHook as error:
        raise Incomplete(fields={"url": [str(error)]}) from error
    with transaction.atomic():
        watch = _webhook(watch_id, emails)
        if watch is not None:
            watch.url = url
            watch.save(update_fields=["url"])
    return watch


def change_own_rate(watch_id: int, *, emails: Collection[str], rate: str) -> Subscription | None:
    """Mail a watch of the addresses of a person as often as a word of Subscription.Rate says; return it, None: none is.

    Raises Incomplete by `rate` for a watch that is told by feed or webhook, which tell at once.
    """
    with transaction.atomic():
        own = Subscription.objects.filter(pk=watch_id, email__in=emails, confirmed_at__isnull=False)
        watch = own.select_for_update().order_by("pk").first()
        if watch is None:
            return None
        if watch.channel != Subscription.Channel.EMAIL and rate != Subscription.Rate.AT_ONCE:
            raise Incomplete(fields={"rate": [AT_ONCE_ALONE]})
        return mail_so_often(watch, rate)


def exchange_secret(
    watch_id: int, *, emails: Collection[str], keep_hours: int, at: datetime
) -> tuple[Subscription, str] | None:
    """Give a webhook of the addresses of a person a new secret, and return both; None: there is no such watch.

    The one before signs too for so many hours; one that was before that ends at once. Raises WrongState for a watch of
    another channel.
    """
    secret, kept = secret_of_webhook()
    with transaction.atomic():
        watch = _webhook(watch_id, emails)
        if watch is None:
            return None
        watch.old_secret, watch.old_secret_until = "", None
        if keep_hours:
            watch.old_secret, watch.old_secret_until = watch.secret, at + timedelta(hours=keep_hours)
        watch.secret = kept
        watch.save(update_fields=["secret", "old_secret", "old_secret_until"])
    return watch, secret


def replay(watch_id: int, event: UUID, *, emails: Collection[str], at: datetime) -> WebhookDelivery | None:
    """Post an event of a person's webhook once more, under its name, and try as often as at first; return it.

    None: there is no such event of theirs. Raises WrongState while it still waits to be posted.
    """
    with transaction.atomic():
        watch = _webhook(watch_id, emails)
        found = (
            WebhookDelivery.objects.select_for_update().filter(subscription=watch, event=event).order_by("pk").first()
        )
        if watch is None or found is None:
            return None
        if found.delivered_at is None and found.attempts < HOOK_ATTEMPTS:
            raise WrongState(WAITS)
        found.attempts, found.next_at, found.delivered_at, found.http_code, found.error = 0, at, None, None, ""
        found.save(update_fields=["attempts", "next_at", "delivered_at", "http_code", "error"])
        transaction.on_commit(wake)
    return found


def _webhook(watch_id: int, emails: Collection[str]) -> Subscription | None:
    own = Subscription.objects.filter(pk=watch_id, email__in=emails, confirmed_at__isnull=False)
    watch = own.select_for_update().order_by("pk").first()
    if watch is not None and watch.channel != Subscription.Channel.WEBHOOK:
        raise WrongState(NO_HOOK)
    return watch


def _refuse_too_many(address: str) -> None:
    """Raise WrongState where the address has no room; what somebody else asked for with it, unconfirmed, takes none."""
    if Subscription.objects.filter(email=address, confirmed_at__isnull=False).count() >= MOST_OF_AN_ADDRESS:
        raise WrongState(FULL)


def drop_watch(watch_id: int, *, emails: Collection[str]) -> bool:
    """Stop one watch of the addresses of a person; return whether there was one. What is stopped is forgotten."""
    with transaction.atomic():
        found = Subscription.objects.filter(pk=watch_id, email__in=emails, confirmed_at__isnull=False)
        return found.delete()[0] > 0
