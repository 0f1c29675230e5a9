"""Comments on the exclusions that a round lists, as they were sent; and what was recommended and signed of each."""

import hashlib
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from exclusions.models.decision import FederalNotice
from exclusions.models.exclusion import Exclusion, ExclusionTerm
from exclusions.models.guards import AppendOnly
from exclusions.models.register.listed import ListedExclusion
from exclusions.models.round import Round
from exclusions.workflow.term_choices import Choice


class Comment(models.Model):
    """Support or opposition to exclusions of a round; needs no account, but a confirmed address and the posting."""

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
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.UNCONFIRMED)
    position = models.CharField(max_length=10, choices=Position.choices)
    organization_name = models.CharField(max_length=300)
    email = models.EmailField()
    answers = models.JSONField(default=dict)
    stated = models.JSONField(default=list, help_text="values of the author's own, stated to be public")
    confirmation_digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    posted_at = models.DateTimeField(null=True, blank=True)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    refusal_reason = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["confirmed_at"], condition=Q(status="submitted"), name="comment_to_post")]
        constraints = [
            models.CheckConstraint(
                condition=Q(posted_at__isnull=True, posted_by__isnull=True)
                | Q(posted_at__isnull=False, posted_by__isnull=False),
                name="comment_posted_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(status="unconfirmed") | Q(confirmed_at__isnull=False), name="comment_confirmed"
            ),
            models.CheckConstraint(
                condition=Q(status="withdrawn", withdrawn_at__isnull=False)
                | (~Q(status="withdrawn") & Q(withdrawn_at__isnull=True)),
                name="comment_withdrawn_at",
            ),
        ]

    def __str__(self) -> str:
        return self.reference or "Comment"

    @property
    def receipt(self) -> str:
        """The number that its author gets at sending; it counts nothing."""
        return f"{self.round.docket}-{self.pk.hex[:8].upper()}"

    @classmethod
    def of_token(cls, token: str) -> "Comment | None":
        """Return the comment that a secret link belongs to, or None; only a digest of the link's token is kept."""
        digest = hashlib.sha256(token.encode()).hexdigest()
        return cls.objects.select_related("round").filter(confirmation_digest=digest).first()


class CommentLine(models.Model):
    """One listed exclusion that a comment is about."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="lines")
    listed = models.ForeignKey(ListedExclusion, on_delete=models.PROTECT, related_name="+")

    guards = (AppendOnly(),)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "listed"], name="private_comment_line_once")]

    def __str__(self) -> str:
        return f"{self.comment} on {self.listed.printed}"


class TermRecommendation(models.Model):
    """What a reviewer recommends for a listed exclusion, with findings; a later one takes the place of an earlier."""

    listed = models.ForeignKey(ListedExclusion, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=10, choices=Choice.choices)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True, help_text="last day, inclusive")
    reasons = models.TextField()
    findings = models.JSONField(default=list, help_text="factor, title, result, reasons")
    recommended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recommended_at = models.DateTimeField()

    guards = (AppendOnly(),)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reasons=""), name="term_recommendation_has_reasons"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="term_recommendation_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listed}: {self.get_choice_display()}"


class TermDecision(models.Model):
    """A recommendation as the signatory signed it, and the pending term that it wrote; none for one that lapses."""

    listed = models.OneToOneField(ListedExclusion, on_delete=models.PROTECT, related_name="+")
    recommendation = models.OneToOneField(TermRecommendation, on_delete=models.PROTECT, related_name="decision")
    term = models.OneToOneField(ExclusionTerm, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recommended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    guards = (AppendOnly(),)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(signed_by=F("recommended_by")), name="term_decision_by_two_persons")
        ]

    def __str__(self) -> str:
        return f"{self.listed}, signed"


class NoticeTerm(models.Model):
    """A decision on a listed exclusion that a notice published, and the term that it completed.

    One decision is in several notices only where all but the last were taken back.
    """

    notice = models.ForeignKey(FederalNotice, on_delete=models.PROTECT, related_name="terms")
    decision = models.ForeignKey(TermDecision, on_delete=models.PROTECT, related_name="publications")
    term = models.OneToOneField(ExclusionTerm, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    guards = (AppendOnly(),)

    def __str__(self) -> str:
        return f"{self.decision} in {self.notice}"


class ExpiryReminder(models.Model):
    """That the end of an exclusion was told of ahead, so many days before; each once."""

    exclusion = models.ForeignKey(Exclusion, on_delete=models.PROTECT, related_name="+")
    ends_on = models.DateField()
    days = models.PositiveSmallIntegerField(help_text="how many days ahead")
    made_at = models.DateTimeField()

    guards = (AppendOnly(),)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exclusion", "ends_on", "days"], name="expiry_told_once")]

    def __str__(self) -> str:
        return f"{self.exclusion} ends {self.ends_on}, {self.days} days ahead"
