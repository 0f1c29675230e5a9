"""Watching: asking for mail, confirming it, changing how often it comes, and stopping it.

The asker is answered the same whether or not an address watches already: all else stands in the mail. What is told is
public; of a reader nothing is kept but the address and what it watches, and that goes when it is stopped.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction

from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.events import notify
from exclusions.gateways.mail_stop import read_watch_token, watch_token
from exclusions.models import Subscription, ToldNews
from exclusions.queries.importer.own_events import last_event
from exclusions.queries.public.watches.news import News, news
from exclusions.queries.public.watches.watched import Watched
from exclusions.workflow.deadlines import eastern_date, in_words

CONFIRM_WITHIN: Final = timedelta(hours=72)
MOST_OF_AN_ADDRESS = 200  # watches; who wants more reads the feeds
TOLD = (Subscription.Channel.EMAIL, Subscription.Channel.WEBHOOK)  # the others come to read by themselves


def subscribe(
    thing: Watched, *, email: str, at: datetime, rate: str = Subscription.Rate.AT_ONCE
) -> Subscription | None:
    """Keep the wish of an address to be mailed of a thing, and mail it the link that confirms; return it unconfirmed.

    For an address that watches the thing already nothing changes, and its mail says so. None where the address has
    200 watches.
    """
    address = email.strip().lower()
    with transaction.atomic():
        made, new = Subscription.objects.get_or_create(
            kind=thing.kind,
            key=thing.key,
            email=address,
            channel=Subscription.Channel.EMAIL,
            defaults={"created_at": at, "rate": rate},
        )
        if new and Subscription.objects.filter(email=address).count() > MOST_OF_AN_ADDRESS:
            made.delete()
            return None
        if made.confirmed_at is None and not new:
            made.created_at, made.rate = at, Subscription.Rate(rate)
            made.save(update_fields=["created_at", "rate"])
        token = watch_token(made.link)
        notify(
            to=address,
            template="confirm_watch",
            subject=f"Confirm: mail about {thing.title}",
            context={
                "reference": thing.title,
                "page": settings.BASE_URL + thing.url,
                "confirmed": made.confirmed_at is not None,
                "rate": made.how_often,
                "until": in_words(made.created_at + CONFIRM_WITHIN),
                "url": page_address("watch-confirm", token),
                "stop": page_address("watch-stop", token),
            },
            at=at,
        )
    return made


def find_watch(token: str, *, at: datetime) -> Subscription | None:
    """Return the watch of a link; None once it is stopped, and for one that was not confirmed within 72 hours."""
    link = read_watch_token(token)
    found = Subscription.objects.filter(link=link).first() if link else None
    if found and found.confirmed_at is None and at > found.created_at + CONFIRM_WITHIN:
        return None
    return found


def confirm_watch(token: str, *, at: datetime) -> Subscription | None:
    """Confirm the watch of a link; return it, None where there is none. What is public by now is not told afterwards.

    A second time changes nothing.
    """
    with transaction.atomic():
        found = find_watch(token, at=at)
        return begin(found, at=at) if found else None


def begin(watch: Subscription, *, at: datetime) -> Subscription:
    """Begin a watch whose address is confirmed; what is public by now is not told afterwards. Once begun it stays so.

    The caller holds the transaction.
    """
    if watch.confirmed_at:
        return watch
    watch = Subscription.objects.select_for_update().get(pk=watch.pk)
    watch.confirmed_at, watch.looked_on = at, eastern_date(at)
    watch.save(update_fields=["confirmed_at", "looked_on"])
    if watch.kind == Subscription.Kind.OWN:
        watch.seen_event = last_event()
        watch.save(update_fields=["seen_event"])
    elif watch.channel in TOLD:
        known = news(watch.kind, [watch.key], since=eastern_date(at) - timedelta(days=1), at=at)[watch.key]
        keep_as_told([(watch.pk, one) for one in known], at)
    return watch


def stop_watch(token: str, *, everything: bool = False) -> int:
    """Stop the watch of a link, or all mail to its address; return how many. What is stopped is forgotten."""
    link = read_watch_token(token)
    rows = Subscription.objects.filter(link=link) if link else Subscription.objects.none()
    if everything:
        addresses = list(rows.values_list("email", flat=True))
        rows = Subscription.objects.filter(email__in=addresses, channel=Subscription.Channel.EMAIL)
    with transaction.atomic():
        keys = list(rows.values_list("pk", flat=True))
        Subscription.objects.filter(pk__in=keys).delete()
    return len(keys)


def change_rate(token: str, *, rate: str, at: datetime) -> Subscription | None:
    """Mail the watch of a link as often as a word of Subscription.Rate says, from now on; return it, None: none is.

    Nothing is told twice by that, and nothing is lost: what the next mail tells begins where the last look ended.
    """
    with transaction.atomic():
        found = find_watch(token, at=at)
        return mail_so_often(found, rate) if found and found.channel == Subscription.Channel.EMAIL else None


def mail_so_often(watch: Subscription, rate: str) -> Subscription:
    """Keep how often a watch by mail is told; return it. The caller holds the transaction."""
    watch.rate = Subscription.Rate(rate)
    watch.save(update_fields=["rate"])
    return watch


def keep_as_told(facts: Iterable[tuple[int, News]], at: datetime) -> None:
    """Keep that facts were told, or are known, each with the key of its watch. The caller holds the transaction."""
    rows = (ToldNews(subscription_id=key, fact=one.fact, told_at=at) for key, one in facts)
    ToldNews.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
