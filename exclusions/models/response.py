"""Responses of the public to a posted petition, and the requester's replies, as filed."""

import hashlib
import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from exclusions.models.guards import AppendOnly
from exclusions.models.petition import Petition

CONFIRM_WITHIN = timedelta(hours=72)  # how long the mailed link confirms a response


class ResponseQuerySet(models.QuerySet["Response"]):
    """Look-ups of responses."""

    def of_token(self, token: str) -> "Response | None":
        """Return the response that a secret link belongs to, or None; only a digest of the link's token is kept."""
        digest = hashlib.sha256(token.encode()).hexdigest()
        return self.select_related("petition__round").filter(confirmation_digest=digest).first()

    def awaiting_reply(self, at: datetime) -> "ResponseQuerySet":
        """Return the posted ones whose reply period runs and that have no reply that intake let through."""
        replied = Reply.objects.let_through().values("response")
        return self.filter(status=Response.Status.POSTED, reply_closes_at__gte=at).exclude(pk__in=replied)

    def to_be_confirmed(self, at: datetime) -> "ResponseQuerySet":
        """Return those that were sent, and that their authors may still confirm."""
        return self.filter(status=Response.Status.UNCONFIRMED, created_at__gte=at - CONFIRM_WITHIN)

    def to_be_replied_to(self, at: datetime) -> "ResponseQuerySet":
        """Return the posted ones to which the requester may reply now: none waits for intake, or was let through."""
        replied = Exists(Reply.objects.that_stand().filter(response=OuterRef("pk")))
        taken = Q(quarantines__kind="response", quarantines__restored_at__isnull=True)
        return self.filter(~replied, status=Response.Status.POSTED, reply_closes_at__gte=at).exclude(taken)


class Response(models.Model):
    """Support or opposition; needs no account, but a confirmed e-mail address and the agency's posting."""

    class Status(models.TextChoices):
        UNCONFIRMED = "unconfirmed", "Awaiting e-mail confirmation"
        SUBMITTED = "submitted", "Submitted, not posted"
        POSTED = "posted", "Posted"
        REFUSED = "refused", "Not posted"
        WITHDRAWN = "withdrawn", "Withdrawn by its author"

    class Position(models.TextChoices):
        SUPPORT = "support", "Support"
        OPPOSE = "oppose", "Oppose"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=50, unique=True, null=True, blank=True)
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="responses")
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.UNCONFIRMED)
    position = models.CharField(max_length=10, choices=Position.choices)
    organization_name = models.CharField(max_length=300)
    email = models.EmailField()
    answers = models.JSONField(default=dict)
    confirmation_digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="responses"
    )
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    posted_at = models.DateTimeField(null=True, blank=True)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reply_closes_at = models.DateTimeField(null=True, blank=True)
    refusal_reason = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    replaces = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="the one it takes over from",
    )

    objects = ResponseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["petition"], condition=Q(status="submitted"), name="response_to_post")]
        constraints = [
            models.CheckConstraint(
                condition=Q(posted_at__isnull=True, posted_by__isnull=True)
                | Q(posted_at__isnull=False, posted_by__isnull=False),
                name="response_posted_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(status="unconfirmed") | Q(confirmed_at__isnull=False), name="response_confirmed"
            ),
            models.CheckConstraint(
                condition=Q(status="withdrawn", withdrawn_at__isnull=False)
                | (~Q(status="withdrawn") & Q(withdrawn_at__isnull=True)),
                name="response_withdrawn_at",
            ),
        ]

    def __str__(self) -> str:
        return self.reference or "Response"

    @property
    def receipt(self) -> str:
        """The number that its author gets at sending. It counts nothing: nobody learns how many others responded."""
        return f"{self.petition.reference}-{self.pk.hex[:8].upper()}"


class ReplyQuerySet(models.QuerySet["Reply"]):
    """Replies by what intake made of them; one without a screening was given before there were any, and was posted."""

    def that_stand(self) -> "ReplyQuerySet":
        """Those that wait or were let through: at most one a response."""
        return self.exclude(screening__outcome="withheld")

    def let_through(self) -> "ReplyQuerySet":
        """Those that everybody may read."""
        return self.exclude(screening__outcome__in=("waits", "withheld"))


class Reply(models.Model):
    """The requester's answer to one response; wholly public, and never changed.

    One is taken for each response. One that intake did not let through stays on the record and frees the place.
    """

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="replies")
    attempt = models.PositiveSmallIntegerField(default=1, db_default=1, help_text="1, and one more after each withheld")
    answers = models.JSONField(default=dict)
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="replies")

    objects = ReplyQuerySet.as_manager()

    guards = (AppendOnly(),)

    class Meta:
        verbose_name_plural = "replies"
        constraints = [models.UniqueConstraint(fields=("response", "attempt"), name="reply_attempt_once")]

    def __str__(self) -> str:
        return f"Reply to {self.response}"
