"""Telling the watchers what has become public since: at once, or by one mail a day or a week, each fact once.

What is told and that it was told are one transaction for some hundred watches, so that whoever is killed in between has
told nobody of them, and whoever comes next tells them all. How often a watch is told only says when it is looked at.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from exclusions.actions.own_events import tell_own
from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.events import message, send_all
from exclusions.actions.watching import CONFIRM_WITHIN, TOLD, keep_as_told
from exclusions.actions.webhooks import event_of, queue_all
from exclusions.days import EASTERN
from exclusions.gateways.mail_stop import watch_token
from exclusions.models import Notification, Subscription, ToldNews, WebhookDelivery
from exclusions.queries.public.watches.news import News, news
from exclusions.queries.public.watches.watched import NotWatchable, watched
from exclusions.workflow.watch_rates import due_day

AT_ONCE: Final = 500  # watches
LISTED: Final = 50  # facts that one message names
Fresh = dict[int, list[News]]


def tell_watchers(*, at: datetime) -> list[str]:
    """Tell the watchers, by mail or webhook, what has become public since; return what was told, a line a message.

    Each fact once for each watch, however often this runs and however many run it. A watch that is mailed once a day or
    week is looked at from seven in the morning in New York on, and one without news is not mailed. Watches that were
    never confirmed are dropped after 72 hours. Without a watch it asks the database once or twice.
    """
    Subscription.objects.filter(confirmed_at=None, created_at__lt=at - CONFIRM_WITHIN).delete()
    due = _due(at)
    done: list[str] = []
    for kind in dict.fromkeys(due.values_list("kind", flat=True)):
        watches = list(due.filter(kind=kind))
        for first in range(0, len(watches), AT_ONCE):
            some = watches[first : first + AT_ONCE]
            done += tell_own(some, at=at) if kind == Subscription.Kind.OWN else _tell(kind, some, at)
    return done


def _due(at: datetime) -> QuerySet[Subscription]:
    """Return the watches that are to be looked at now."""
    rate = Subscription.Rate
    waited = (Q(rate=one, looked_on__lt=due_day(one, at)) for one in (rate.DAILY, rate.WEEKLY))
    when = Q(rate=rate.AT_ONCE) | Q(looked_on=None)
    for one in waited:
        when |= one
    confirmed = Subscription.objects.filter(when, confirmed_at__isnull=False, channel__in=TOLD)
    # Nothing is posted for anybody whose account is closed.
    strangers = Q(channel=Subscription.Channel.WEBHOOK) & ~Q(email__in=_of_open_accounts())
    return confirmed.exclude(strangers).order_by("kind", "pk")


def _tell(kind: str, watches: list[Subscription], at: datetime) -> list[str]:
    since = {watch.pk: _since(watch, at) for watch in watches}
    known = news(kind, {watch.key for watch in watches}, since=min(since.values()), at=at)
    new = {watch.pk: [one for one in known[watch.key] if one.is_since(since[watch.pk])] for watch in watches}
    fresh = _untold(new)
    done = _write([watch for watch in watches if watch.pk in fresh], fresh, at) if fresh else []
    _note_look(watches, at)
    return done


def _since(watch: Subscription, at: datetime) -> date:
    """Return from which day on something may be news to a watch: of the day before its last look it knows a part."""
    return (watch.looked_on or due_day(watch.rate, at)) - timedelta(days=1)


def _note_look(watches: Sequence[Subscription], at: datetime) -> None:
    """Note by which day the watches were looked at, a statement for each rate that was due."""
    for rate in Subscription.Rate:
        day = due_day(rate, at)
        late = [watch.pk for watch in watches if watch.rate == rate and watch.looked_on != day]
        if late:
            rows = Subscription.objects.filter(Q(looked_on=None) | Q(looked_on__lt=day), pk__in=late)
            rows.update(looked_on=day)


def _untold(new: Mapping[int, Sequence[News]]) -> Fresh:
    """Return of each watch what it was not told of yet; a watch that was told of all is left out. One statement."""
    facts = {one.fact for rows in new.values() for one in rows}
    told = ToldNews.objects.filter(subscription__in=[key for key, rows in new.items() if rows], fact__in=facts)
    known = set(told.values_list("subscription_id", "fact")) if facts else set()
    left = {key: [one for one in rows if (key, one.fact) not in known] for key, rows in new.items()}
    return {key: rows for key, rows in left.items() if rows}


@transaction.atomic
def _write(watches: Sequence[Subscription], fresh: Fresh, at: datetime) -> list[str]:
    """Queue what is fresh for each of the watches, and keep that they were told; return a line a watch."""
    # Another clock may have told them meanwhile, or the reader has stopped it.
    locked = Subscription.objects.select_for_update().filter(pk__in=fresh).order_by("pk")
    there = set(locked.values_list("pk", flat=True))
    fresh = _untold({key: rows for key, rows in fresh.items() if key in there})
    named = {watch.key: watch for watch in watches if watch.pk in fresh}
    titles = {key: _title(watch) for key, watch in named.items()}
    mails: list[Notification] = []
    events: list[WebhookDelivery] = []
    done = []
    for watch in watches:
        rows = fresh.get(watch.pk)
        if not rows:
            continue
        if watch.channel == Subscription.Channel.WEBHOOK:
            events += _events(watch, titles[watch.key], rows, at)
        else:
            mails.append(_mail(watch, titles[watch.key], rows, at))
        done.append(f"{watch}: {len(rows)}")
    keep_as_told([(key, one) for key, rows in fresh.items() for one in rows], at)
    if mails:
        send_all(mails)
    if events:
        queue_all(events)
    return done


def _mail(watch: Subscription, title: str, fresh: Sequence[News], at: datetime) -> Notification:
    token = watch_token(watch.link)
    return message(
        to=watch.email,
        template="watched_news",
        subject=fresh[0].title if len(fresh) == 1 else f"{title}: {len(fresh)} things are new",
        context={
            "reference": title,
            "news": [
                {"title": one.title, "text": one.text, "url": settings.BASE_URL + one.url} for one in fresh[:LISTED]
            ],
            "more": max(0, len(fresh) - LISTED),
            "change": page_address("watch-confirm", token),
            "stop": page_address("watch-stop", token),
        },
        at=at,
    )


def _events(watch: Subscription, title: str, fresh: Sequence[News], at: datetime) -> Iterable[WebhookDelivery]:
    """Yield all of it for the watch's program, fifty facts an event."""
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
        yield event_of(watch, "watch.news", {"title": title, "news": facts}, at=at)


def _of_open_accounts() -> "QuerySet[Any, str]":
    """Return the confirmed addresses of accounts that are open."""
    own = EmailAddress.objects.filter(verified=True, user__is_active=True)
    addresses: QuerySet[Any, str] = own.annotate(small=Lower("email")).values_list("small", flat=True)
    return addresses


def _title(watch: Subscription) -> str:
    try:
        return watched(watch.kind, watch.key).title
    except NotWatchable:  # it was taken down
        return str(watch)
