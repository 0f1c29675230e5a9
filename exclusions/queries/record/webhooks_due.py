"""What is due to be posted to webhooks."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from exclusions.models import WebhookDelivery

HOOKS_AT_ONCE = 20  # the signature says when: with ten seconds each, the last one is not out of date
# Until a webhook that was not taken is tried again; after the last of them, about 31 hours in all, it is given up.
HOOK_WAITS = tuple(timedelta(minutes=n) for n in (1, 5, 30, 120, 300, 600, 840))
HOOK_ATTEMPTS = len(HOOK_WAITS) + 1


def hooks_due(at: datetime) -> QuerySet[WebhookDelivery]:
    """Return what is to be posted to webhooks by now, and was not tried often enough yet; oldest first."""
    waiting = WebhookDelivery.objects.filter(delivered_at__isnull=True, attempts__lt=HOOK_ATTEMPTS, next_at__lte=at)
    return waiting.order_by("next_at", "pk")


def first_hooks_due(at: datetime) -> list[WebhookDelivery]:
    """Return the first of them, with whose they are. Each request that may have written asks for them."""
    return list(hooks_due(at).select_related("subscription")[: HOOKS_AT_ONCE + 1])
