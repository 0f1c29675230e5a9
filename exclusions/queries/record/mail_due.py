"""Which messages of the outbox are due, and which wait for the next morning."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from exclusions.models import MailChoice, Notification
from exclusions.workflow.joined_mail import MAY_WAIT

BATCH = 200  # messages
MOST_ATTEMPTS = 10


def _waits() -> Q:
    """Return what finds the messages that wait for the next morning: of who wants them joined, without a deadline."""
    joins = MailChoice.objects.filter(joined=True, user__role="").values("user__email")
    return Q(template__in=MAY_WAIT, attempts=0, to__in=joins) & ~Q(context__has_key="calendar")


def joined_until(moment: datetime) -> QuerySet[Notification]:
    """Return those that were written before a moment, to be joined."""
    return Notification.objects.filter(_waits(), sent_at__isnull=True, created_at__lt=moment)


def in_outbox() -> QuerySet[Notification]:
    """Return the messages that are to go out and have not, but for those that wait for the next morning."""
    return Notification.objects.filter(~_waits(), sent_at__isnull=True)


def unsent(at: datetime) -> QuerySet[Notification]:
    """Return the messages of the outbox that are due: new ones at once, failed ones after 1, 3, 7, 15 … minutes.

    After ten failures (about 8.5 hours) a message is left for a person to look at; `resend_mail` begins anew.
    """
    due = Q(attempts=0)
    for attempts in range(1, MOST_ATTEMPTS):
        due |= Q(attempts=attempts, created_at__lte=at - timedelta(minutes=2**attempts - 1))
    return in_outbox().filter(due).order_by("created_at", "pk")


def unsent_keys(at: datetime) -> list[int]:
    """Return the keys of the first of them. Each request that may have written asks for them."""
    return list(unsent(at).values_list("pk", flat=True)[:BATCH])
