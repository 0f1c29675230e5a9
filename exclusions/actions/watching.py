"""Watching: asking for mail, confirming it, stopping it, and telling what has become public since.

The asker is answered the same whether or not an address watches already: all else stands in the mail. What is told is
public; of a reader nothing is kept but the address and what it watches, and that goes when it is stopped.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.events import notify
from exclusions.actions.webhooks import queue_event
from exclusions.gateways.mail_stop import read_watch_token, watch_token
from exclusions.models import Subscription, ToldNews
from exclusions.queries.public.news import News, news
from exclusions.queries.public.watched import NotWatchable, Watched, watched
from exclusions.workflow.deadlines import EASTERN, eastern_date, in_words

CONFIRM_WITHIN: Final = timedelta(hours=72)
MOST_OF_AN_ADDRESS = 200  # watches; who wants more reads the feeds
AT_ONCE = 500
LISTED = 50  # facts that one message names
TOLD = (Subscription.Channel.EMAIL, Subscription.Channel.WEBHOOK)  # the others come to read by themselves


def subscribe(thing: Watched, *, email: str, at: datetime) -> Subscription | None:
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
            defaults={"created_at": at},
        )
        if new and Subscription.objects.filter(email=address).count() > MOST_OF_AN_ADDRESS:
            made.delete()
            return None
        if made.confirmed_at is None and not new:
            made.created_at = at
            made.save(update_fields=["created_at"])
        token = watch_token(made.link)
        notify(
            to=address,
            template="confirm_watch",
            subject=f"Confirm: mail about {thing.title}",
            context={
                "reference": thing.title,
                "page": settings.BASE_URL + thing.url,
                "confirmed": made.confirmed_at is not None,
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
    if watch.channel in TOLD:
        known = news(watch.kind, [watch.key], since=eastern_date(at) - timedelta(days=1), at=at)[watch.key]
        _keep(watch, known, at)
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


def tell_watchers(*, at: datetime) -> list[str]:
    """Tell the watchers, by mail or webhook, what has become public since; return what was told, a line a message.

    Each fact once for each watch, however often this runs and however many run it. Watches that were never confirmed
    are dropped after 72 hours. Without a watch it asks the database once or twice.
    """
    Subscription.objects.filter(confirmed_at=None, created_at__lt=at - CONFIRM_WITHIN).delete()
    confirmed = Subscription.objects.filter(confirmed_at__isnull=False, channel__in=TOLD).order_by("kind", "pk")
    confirmed = confirmed.exclude(~Q(email__in=_of_open_accounts()), channel=Subscription.Channel.WEBHOOK)
    told: list[str] = []
    for kind in dict.fromkeys(confirmed.values_list("kind", flat=True)):
        watches = list(confirmed.filter(kind=kind))
        for first in range(0, len(watches), AT_ONCE):
            told += _tell(kind, watches[first : first + AT_ONCE], at)
    return told


def _tell(kind: str, watches: list[Subscription], at: datetime) -> list[str]:
    since = min(watch.looked_on or eastern_date(at) for watch in watches) - timedelta(days=1)
    found = news(kind, {watch.key for watch in watches}, since=since, at=at)
    named = {one.fact for rows in found.values() for one in rows}
    known = set(
        ToldNews.objects.filter(subscription__in=watches, fact__in=named).values_list("subscription_id", "fact")
    )
    told = []
    for watch in watches:
        fresh = [one for one in found[watch.key] if (watch.pk, one.fact) not in known]
        if fresh and _write(watch, fresh, at):
            told.append(f"{watch}: {len(fresh)}")
    late = [watch.pk for watch in watches if watch.looked_on != eastern_date(at)]
    if late:
        Subscription.objects.filter(pk__in=late).update(looked_on=eastern_date(at))
    return told


def _write(watch: Subscription, fresh: list[News], at: datetime) -> bool:
    with transaction.atomic():
        # Another clock may have told it meanwhile, or the reader has stopped it.
        if not Subscription.objects.select_for_update().filter(pk=watch.pk).exists():
            return False
        facts = [one.fact for one in fresh]
        known = set(ToldNews.objects.filter(subscription=watch, fact__in=facts).values_list("fact", flat=True))
        fresh = [one for one in fresh if one.fact not in known]
        if not fresh:
            return False
        _keep(watch, fresh, at)
        if watch.channel == Subscription.Channel.WEBHOOK:
            _queue(watch, fresh, at)
        else:
            _mail(watch, fresh, at)
    return True


def _mail(watch: Subscription, fresh: list[News], at: datetime) -> None:
    token = watch_token(watch.link)
    title = _title(watch)
    notify(
        to=watch.email,
        template="watched_news",
        subject=fresh[0].title if len(fresh) == 1 else f"{title}: {len(fresh)} things are new",
        context={
            "reference": title,
            "news": [
                {"title": one.title, "text": one.text, "url": settings.BASE_URL + one.url} for one in fresh[:LISTED]
            ],
            "more": max(0, len(fresh) - LISTED),
            "stop": page_address("watch-stop", token),
        },
        at=at,
    )


def _queue(watch: Subscription, fresh: list[News], at: datetime) -> None:
    """Queue all of it for the watch's program, fifty facts an event."""
    for first in range(0, len(fresh), LISTED):
        facts = [
            {
                "fact": one.fact,
                "at": one.at.astimezone(EASTERN).isoformat(),
                "title": one.title,
                "text": one.text,
                "url": settings.BASE_URL + one.url,
            }
            for one in fresh[first : first + LISTED]
        ]
        queue_event(watch, "watch.news", {"title": _title(watch), "news": facts}, at=at)


def _of_open_accounts() -> "QuerySet[Any, str]":
    """Return the confirmed addresses of accounts that are open: nothing is posted for anybody else."""
    own = EmailAddress.objects.filter(verified=True, user__is_active=True)
    addresses: QuerySet[Any, str] = own.annotate(small=Lower("email")).values_list("small", flat=True)
    return addresses


def _title(watch: Subscription) -> str:
    try:
        return watched(watch.kind, watch.key).title
    except NotWatchable:  # it was taken down
        return str(watch)


def _keep(watch: Subscription, facts: Iterable[News], at: datetime) -> None:
    rows = [ToldNews(subscription=watch, fact=one.fact, told_at=at) for one in facts]
    ToldNews.objects.bulk_create(rows, ignore_conflicts=True)
