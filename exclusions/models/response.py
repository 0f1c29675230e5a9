"""Responses of the public to a posted petition, and the requester's replies, as filed."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from exclusions.models.api_token import digest_of
from exclusions.models.guards import AppendOnly
from exclusions.models.petition import Petition
from exclusions.models.round import Round
from exclusions.models.submission import CONFIRM_WITHIN, Submission, SubmissionQuerySet

if TYPE_CHECKING:
    from exclusions.models.user import User


class ResponseQuerySet(SubmissionQuerySet["Response"]):
    """Look-ups of responses."""

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
        # Both of one taking down: an answer of it may be down while the whole is back.
        down = Response.objects.filter(
            pk=OuterRef("pk"), quarantines__kind="response", quarantines__restored_at__isnull=True
        )
        return self.filter(~replied, ~Exists(down), status=Response.Status.POSTED, reply_closes_at__gte=at)


class JointStatementQuerySet(models.QuerySet["JointStatement"]):
    """Look-ups of joint statements."""

    def of_token(self, token: str) -> "JointStatement | None":
        """Return the statement that a secret link belongs to, or None; only a digest of the token is in the table."""
        return self.select_related("round").filter(confirmation_digest=digest_of(token)).order_by("pk").first()


class JointStatement(models.Model):
    """One statement on many petitions of a round, as it was typed: each response that it became names it.

    `cases` are the petitions it was sent to, with what differs for each; `left_out` those it was not. The list never
    changes: what becomes of a response is its own. Where it was read for intake: how many responses wait to be posted.
    """

    waiting: int
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    position = models.CharField(max_length=10, choices=Submission.Position.choices)
    organization_name = models.CharField(max_length=300)
    email = models.EmailField()
    answers = models.JSONField(default=dict, help_text="with the named fields as they were typed")
    cases = models.JSONField(default=list, help_text="[[reference, {column: value}]] in the order of the references")
    left_out = models.JSONField(default=dict, help_text="{reference: why it was not sent there}")
    sha256 = models.CharField("digest of all that was typed", max_length=64)
    confirmation_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()

    objects = JointStatementQuerySet.as_manager()
    guards = (AppendOnly(),)

    def __str__(self) -> str:
        return f"Statement on {len(self.cases)} petitions"

    @property
    def receipt(self) -> str:
        """The number that its author gets at sending."""
        return f"{self.round.docket}-{self.pk.hex[:8].upper()}"

    @property
    def own_values(self) -> dict[str, dict[str, Any]]:
        """What differs for each petition: its values by column, by reference."""
        return {str(reference): dict(values) for reference, values in self.cases}


class Response(Submission):
    """Support of a posted petition, or opposition to it."""

    NOUN, ABOUT = "response", "petition__round"

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="responses")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="responses"
    )
    reply_closes_at = models.DateTimeField(null=True, blank=True)
    replaces = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="the one it takes over from",
    )
    joint = models.ForeignKey(
        JointStatement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="responses",
        help_text="the statement on many petitions that it is part of",
    )

    objects = ResponseQuerySet.as_manager()

    class Meta(Submission.Meta):
        indexes = [models.Index(fields=["petition"], condition=Q(status="submitted"), name="response_to_post")]

    @property
    def docket_reference(self) -> str:
        """The reference of the petition."""
        return str(self.petition.reference)

    @property
    def about(self) -> dict[str, str]:
        """The petition, as an address names it."""
        return {"reference": self.docket_reference}


HELD_BACK = ("waits", "withheld")  # outcomes of a screening
Words = TypeVar("Words", bound=models.Model)


class ScreenedQuerySet(models.QuerySet[Words]):
    """Words by what intake made of them; those without a screening were written before there were any."""

    author = ""  # the relation to who wrote them

    def let_through(self) -> Self:
        """Return those that intake holds back from nobody."""
        return self.exclude(screening__outcome__in=HELD_BACK)

    def shown_to(self, user: "User") -> Self:
        """Return those that intake does not hold back from the person: who wrote them reads them."""
        return self.exclude(Q(screening__outcome__in=HELD_BACK) & ~Q(**{self.author: user}))


class ReplyQuerySet(ScreenedQuerySet["Reply"]):
    """Replies by what intake made of them; everybody may read those that were let through."""

    author = "submitted_by"

    def that_stand(self) -> "ReplyQuerySet":
        """Those that wait or were let through: at most one a response."""
        return self.exclude(screening__outcome="withheld")


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
