"""What the clock has to do by a moment. The gates of the transition table judge each case again under its lock."""

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from exclusions.models import MailChoice, Notification, Petition, Reminder, Response, WebhookDelivery
from exclusions.workflow.joined_mail import MAY_WAIT
from exclusions.workflow.states import COMMENTING, Status

BATCH = 200  # messages
MOST_ATTEMPTS = 10
HOOKS_AT_ONCE = 20  # the signature says when: with ten seconds each, the last one is not out of date
# Until a webhook that was not taken is tried again; after the last of them, about 31 hours in all, it is given up.
HOOK_WAITS = tuple(timedelta(minutes=n) for n in (1, 5, 30, 120, 300, 600, 840))
HOOK_ATTEMPTS = len(HOOK_WAITS) + 1
REMIND = timedelta(days=3)  # before a deadline passes
DAY = timedelta(days=1)  # after a message that states a deadline nobody is reminded of it
# The round is paused, and no period of it ends meanwhile.
PAUSED = Q(round__paused_since__isnull=False)
STANDS = Q(round__paused_since__isnull=False, round__clocks_stand=True)


def cures_over(at: datetime) -> QuerySet[Petition]:
    """Return the returned petitions whose last day to be corrected has passed; oldest first."""
    over = Petition.objects.filter(status=Status.RETURNED, cure_closes_at__lt=at)
    return over.exclude(PAUSED).order_by("cure_closes_at", "reference")


def responses_over(at: datetime) -> QuerySet[Petition]:
    """Return the posted petitions whose response period has ended, or that take no responses; oldest first."""
    over = Q(response_closes_at__lt=at) | Q(response_closes_at__isnull=True)
    return (
        Petition.objects.filter(over, status=Status.POSTED).exclude(STANDS).order_by("response_closes_at", "reference")
    )


def replies_over(at: datetime) -> QuerySet[Petition]:
    """Return the petitions for which no reply is outstanding and no response sent in time awaits anything."""
    unposted = Response.objects.filter(status=Response.Status.SUBMITTED)
    unconfirmed = Response.objects.to_be_confirmed(at)
    unanswered = Response.objects.awaiting_reply(at)
    return (
        Petition.objects.filter(status=Status.REPLYING)
        .exclude(STANDS)
        .exclude(pk__in=unposted.values("petition"))
        .exclude(pk__in=unconfirmed.values("petition"))
        .exclude(pk__in=unanswered.values("petition"))
        .order_by("response_closes_at", "reference")
    )


def windows_soon(at: datetime) -> QuerySet[Petition]:
    """Return the drafts whose filing window closes within the next days and whose owners were not reminded of it."""
    soon = Petition.objects.filter(
        status=Status.DRAFT, round__opens_at__lte=at, round__closes_at__gte=at, round__closes_at__lte=at + REMIND
    ).exclude(PAUSED)
    return _unreminded(soon, Reminder.Kind.WINDOW, "round__closes_at").order_by("round__closes_at", "pk")


def cures_soon(at: datetime) -> QuerySet[Petition]:
    """Return the returned petitions that lapse within the next days and whose filers were not reminded of it."""
    soon = Petition.objects.filter(
        status=Status.RETURNED, cure_closes_at__gte=at, cure_closes_at__lte=at + REMIND, status_since__lt=at - DAY
    ).exclude(PAUSED)
    return _unreminded(soon, Reminder.Kind.CURE, "cure_closes_at").order_by("cure_closes_at", "reference")


def replies_soon(at: datetime) -> QuerySet[Response]:
    """Return the responses to which the period to reply ends within the next days, nobody reminded."""
    soon = Response.objects.to_be_replied_to(at).filter(
        reply_closes_at__lte=at + REMIND, posted_at__lt=at - DAY, petition__status__in=COMMENTING
    )
    asked = Reminder.objects.filter(
        kind=Reminder.Kind.REPLY, petition=OuterRef("petition"), due_at=OuterRef("reply_closes_at")
    )
    stands = Q(petition__round__paused_since__isnull=False, petition__round__clocks_stand=True)
    rows = soon.filter(~Exists(asked)).exclude(stands).select_related("petition__round", "petition__filed_by")
    return rows.order_by("reply_closes_at", "reference")


def _unreminded(rows: QuerySet[Petition], kind: str, due: str) -> QuerySet[Petition]:
    asked = Reminder.objects.filter(kind=kind, petition=OuterRef("pk"), due_at=OuterRef(due))
    return rows.filter(~Exists(asked)).select_related("round", "filed_by")


def next_deadline(petition: Petition) -> tuple[datetime | None, str]:
    """Return the next moment that a petition waits for, and what ends then; None and "" where it waits for none."""
    if petition.status == Status.DRAFT:
        return petition.round.closes_at, "Filing window closes"
    if petition.status == Status.RETURNED:
        return petition.cure_closes_at, "Correct and submit again by"
    if petition.status == Status.POSTED:
        return petition.response_closes_at, "Responses close"
    if petition.status == Status.REPLYING:
        return petition.reply_closes_at, "Replies close"
    return None, ""


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


def lock_unsent(key: int, at: datetime) -> Notification | None:
    """Return one of them, locked; None where it is due no more, or another worker is at it. Call in a transaction."""
    # Another worker's message is skipped where the database can; SQLite lets one writer in at a time anyway.
    skips = connection.features.has_select_for_update_skip_locked
    return unsent(at).select_for_update(skip_locked=skips).filter(pk=key).first()


def hooks_due(at: datetime) -> QuerySet[WebhookDelivery]:
    """Return what is to be posted to webhooks by now, and was not tried often enough yet; oldest first."""
    waiting = WebhookDelivery.objects.filter(delivered_at__isnull=True, attempts__lt=HOOK_ATTEMPTS, next_at__lte=at)
    return waiting.order_by("next_at", "pk")


def first_hooks_due(at: datetime) -> list[WebhookDelivery]:
    """Return the first of them, with whose they are. Each request that may have written asks for them."""
    return list(hooks_due(at).select_related("subscription")[: HOOKS_AT_ONCE + 1])
