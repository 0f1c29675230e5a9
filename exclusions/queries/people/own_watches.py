"""What a person who is signed in watches by their confirmed addresses, and what became of what was posted to them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from allauth.account.models import EmailAddress
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from exclusions.gateways.mail_stop import watch_token
from exclusions.hts import dotted
from exclusions.models import Subscription, User, WebhookDelivery
from exclusions.queries.importer.own_events import petition_of, references_of
from exclusions.queries.public.watches.watched import Watched
from exclusions.queries.public.watches.word_watches import read_line
from exclusions.queries.record.webhooks_due import HOOK_ATTEMPTS

State = Literal["delivered", "given up", "waits"]


def addresses_of(user: AbstractBaseUser | AnonymousUser) -> list[str]:
    """Return a person's confirmed addresses, in small letters, their main one first."""
    own = EmailAddress.objects.filter(user=user.pk, verified=True).order_by("-primary", "pk")
    return [address.lower() for address in own.values_list("email", flat=True)]


def watches_at(addresses: Collection[str]) -> QuerySet[Subscription]:
    """Return the confirmed watches of these addresses, the latest first."""
    return Subscription.objects.filter(email__in=addresses, confirmed_at__isnull=False).order_by("-id")


def deliveries_of(watches: QuerySet[Subscription]) -> QuerySet[WebhookDelivery]:
    """Return what was posted for these watches in the last 30 days, the latest first."""
    return WebhookDelivery.objects.filter(subscription__in=watches).order_by("-id")


def news_of(delivery: WebhookDelivery) -> list[dict[str, str]]:
    """Return the public facts that a delivery tells; none where it only says that the watch began."""
    return list(delivery.body["data"].get("news", []))


def own_events_of(delivery: WebhookDelivery) -> list[dict[str, str]]:
    """Return what a delivery tells of own petitions; none of other watches."""
    return list(delivery.body["data"].get("events", []))


def told_now(deliveries: list[WebhookDelivery], user: User, at: datetime) -> list[WebhookDelivery]:
    """Return deliveries of one watch, telling of own petitions what the person may still know. A statement or none."""
    asked = {petition_of(event["fact"]) for one in deliveries for event in own_events_of(one)}
    known = references_of(user, deliveries[0].subscription.key, asked, at) if asked else {}
    for one in deliveries if asked else ():
        left = [event for event in own_events_of(one) if petition_of(event["fact"]) in known]
        one.body["data"]["events"] = left
    return deliveries


def state_of(delivery: WebhookDelivery) -> State:
    """Return how a delivery stands."""
    if delivery.delivered_at:
        return "delivered"
    return "given up" if delivery.attempts >= HOOK_ATTEMPTS else "waits"


def next_try(delivery: WebhookDelivery) -> datetime | None:
    """Return when a delivery is tried next; None: not again."""
    return delivery.next_at if state_of(delivery) == "waits" else None


@dataclass(frozen=True)
class Posted:
    """A delivery as its person reads it."""

    delivery: WebhookDelivery
    titles: tuple[str, ...]  # of the news that it told
    state: State
    next_at: datetime | None


def posted(delivery: WebhookDelivery) -> Posted:
    """Return a delivery with the titles of its news."""
    titles = tuple(one["title"] for one in news_of(delivery))
    return Posted(delivery, titles, state_of(delivery), next_try(delivery))


@dataclass(frozen=True)
class Listed:
    """A watch as its person reads it; the thing is not looked up, since it may have been taken down."""

    watch: Subscription

    @property
    def title(self) -> str:
        """What is watched, in words."""
        if self.is_own:
            return str(self.watch.get_kind_display())
        if self.watch.kind == Subscription.Kind.WORDS:
            asked = read_line(self.watch.key)
            title = asked.title(f"round {asked.round}" if asked.round else "")
            return title[:1].upper() + title[1:]
        key = dotted(self.watch.key) if self.watch.kind == Subscription.Kind.NUMBER else self.watch.key
        return f"{self.watch.get_kind_display()} {key}"

    @property
    def query(self) -> str:
        """What names it in the address of /watch/, ready to follow a question mark."""
        return Watched(self.watch.kind, self.watch.key, "", "").query

    @property
    def is_own(self) -> bool:
        """Whether it tells of own petitions, which have no public news."""
        return self.watch.kind == Subscription.Kind.OWN

    @property
    def token(self) -> str:
        """The token of the page on which a watch by e-mail is told more or less often; "" of other watches."""
        return watch_token(self.watch.link) if self.watch.channel == Subscription.Channel.EMAIL else ""

    @property
    def is_hook(self) -> bool:
        """Whether it is told by webhook."""
        return self.watch.channel == Subscription.Channel.WEBHOOK
