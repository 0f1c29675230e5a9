"""Which deadlines of petitions have passed, or soon pass. The gates of the transition table judge each case again under
its lock.
"""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from exclusions.models import Petition, Reminder, Response
from exclusions.workflow.states import COMMENTING, Status

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
