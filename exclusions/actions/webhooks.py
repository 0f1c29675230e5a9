"""Webhooks: what a program is told is queued in the transaction that tells it, and posted afterwards, signed.

At least once, as mail: a crash between posting and noting posts it again, by the same id. What is posted is public, or
says of a person's own petitions which one something happened to, when and what.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import F

from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.events import notify
from exclusions.days import EASTERN
from exclusions.gateways.hook_posting import Answer, post
from exclusions.gateways.hook_signing import new_secret, signed
from exclusions.gateways.outbox import wake
from exclusions.gateways.secret_text import Unreadable, decrypt, encrypt
from exclusions.models import Subscription, WebhookDelivery
from exclusions.queries.importer.own_events import person_at, petition_of, references_of
from exclusions.queries.record.webhooks_due import HOOK_ATTEMPTS, HOOK_WAITS, HOOKS_AT_ONCE, first_hooks_due, hooks_due

PURPOSE: Final = "webhook"
KEPT: Final = timedelta(days=30)
NOT_YOURS: Final = "You may no longer work on these petitions, so nothing was posted."
QUIET: Final = timedelta(days=7)  # between two messages that a watch was given up


@dataclass(frozen=True)
class Posted:
    """How many were taken and how many have to wait or were given up; `more` where others are due."""

    taken: int
    failed: int
    more: bool = False


def secret_of_webhook() -> tuple[str, str]:
    """Return a new secret, as its owner is told it this once, and as it is kept."""
    secret = new_secret()
    return secret, encrypt(secret, purpose=PURPOSE)


def queue_event(watch: Subscription, kind: str, data: Mapping[str, Any], *, at: datetime) -> WebhookDelivery:
    """Queue an event of the watch's program, and wake who posts it when the transaction has ended well.

    `kind` is `watch.begun` or `watch.news`; `data` holds public facts only.
    """
    made = event_of(watch, kind, data, at=at)
    made.save(force_insert=True)
    transaction.on_commit(wake)
    return made


def event_of(watch: Subscription, kind: str, data: Mapping[str, Any], *, at: datetime) -> WebhookDelivery:
    """Return an event that is not queued yet, as `queue_event` queues it."""
    what = {"subscription": watch.pk, "kind": watch.kind, "key": watch.key, **data}
    return WebhookDelivery(
        subscription=watch,
        body={"type": kind, "timestamp": at.astimezone(EASTERN).isoformat(), "data": what},
        created_at=at,
        next_at=at,
    )


def queue_all(events: Iterable[WebhookDelivery]) -> None:
    """Queue events in their order, and wake who posts them when the transaction has ended well."""
    WebhookDelivery.objects.bulk_create(events, batch_size=500)
    transaction.on_commit(wake)


def hooks_wait(*, at: datetime) -> bool:
    """Say whether anything is to be posted to webhooks now."""
    return hooks_due(at).exists()


def post_webhooks(*, at: datetime, most: int = HOOKS_AT_ONCE) -> Posted:
    """Post what is due, oldest first and at most so many, and return what came of it.

    Each is taken by one update, so that two workers never post one twice at a time, and nothing is locked while the
    other side answers. What was not taken is tried again after 1, 5, 30 … minutes, eight times in all; meanwhile the
    rest of the same watch waits with it.
    """
    taken = failed = 0
    due = first_hooks_due(at)[: most + 1]
    waiting: set[int] = set()
    for one in due[:most]:
        if one.subscription_id in waiting or not _claimed(one, at):
            continue
        body = body_now(one, at)
        if body is None:
            WebhookDelivery.objects.filter(pk=one.pk).update(attempts=HOOK_ATTEMPTS, error=NOT_YOURS)
            continue
        answer = _post(one, body, at)
        if answer.error:
            failed += 1
            waiting.add(one.subscription_id)
        taken += not answer.error
        _note(one, answer, at)
    return Posted(taken, failed, len(due) > most)


def forget_deliveries(*, at: datetime) -> None:
    """Forget what was queued a month ago, whatever came of it, and secrets whose exchange is over."""
    Subscription.objects.filter(old_secret_until__lte=at).update(old_secret="", old_secret_until=None)
    WebhookDelivery.objects.filter(created_at__lt=at - KEPT).delete()


def _claimed(one: WebhookDelivery, at: datetime) -> bool:
    """Count the attempt before it is made; a worker that dies at it has failed at it."""
    one.attempts += 1
    one.next_at = at + HOOK_WAITS[min(one.attempts, len(HOOK_WAITS)) - 1]
    mine = hooks_due(at).filter(pk=one.pk, attempts=one.attempts - 1)
    return mine.order_by().update(attempts=F("attempts") + 1, next_at=one.next_at) == 1


def body_now(one: WebhookDelivery, at: datetime) -> dict[str, Any] | None:
    """Return what of an event may be posted at a moment: of own petitions those alone that its person may still work
    on; None where nothing is left of it.
    """
    body: dict[str, Any] = one.body
    if one.subscription.kind != Subscription.Kind.OWN:
        return body
    person, events = person_at(one.subscription.email), body["data"].get("events", [])
    asked = {petition_of(event["fact"]) for event in events}
    own = references_of(person, one.subscription.key, asked, at)
    left = [event for event in events if petition_of(event["fact"]) in own]
    if person is None or (events and not left):
        return None
    return {**body, "data": {**body["data"], "events": left}} if events else body


def _post(one: WebhookDelivery, said: Mapping[str, Any], at: datetime) -> Answer:
    watch = one.subscription
    exchanged = watch.old_secret_until is not None and watch.old_secret_until > at
    try:
        secrets = [decrypt(kept, purpose=PURPOSE) for kept in (watch.secret, *([watch.old_secret] * exchanged))]
    except Unreadable:
        return Answer(error="Its secret cannot be read any more. Stop the watch and begin again.")
    body = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    return post(watch.url, body, signed(*secrets, event=str(one.event), body=body, at=at))


def _note(one: WebhookDelivery, answer: Answer, at: datetime) -> None:
    """Note what came of it. The watch may have been stopped meanwhile: then there is nothing to note."""
    with transaction.atomic():
        noted = WebhookDelivery.objects.filter(pk=one.pk).update(
            http_code=answer.status, error=answer.error[:200], delivered_at=None if answer.error else at
        )
        if not (noted and answer.error):
            return
        if one.attempts >= HOOK_ATTEMPTS:
            _tell_given_up(one, at)
        else:
            waiting = hooks_due(at).filter(subscription=one.subscription_id).order_by()
            waiting.update(next_at=one.next_at)


def _tell_given_up(one: WebhookDelivery, at: datetime) -> None:
    """Mail the owner, once in a week for each watch."""
    watch = one.subscription
    lately = watch.deliveries.filter(attempts__gte=HOOK_ATTEMPTS, delivered_at=None, created_at__gt=at - QUIET)
    if lately.exclude(pk=one.pk).exists():
        return
    notify(
        to=watch.email,
        template="webhook_given_up",
        subject=f"Your webhook was not delivered after {HOOK_ATTEMPTS} attempts: {watch}",
        context={"url": page_address("help-page", "researchers")},
        at=at,
    )
