"""Comments on the exclusions that a round lists, as they were sent; and what was recommended and signed of each."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from exclusions.models.casework.decision import FederalNotice
from exclusions.models.exclusion import Exclusion, ExclusionTerm
from exclusions.models.guards import AppendOnly
from exclusions.models.notices.listed import ListedExclusion, NotReopened
from exclusions.models.round import Round
from exclusions.models.submission import Submission, SubmissionQuerySet
from exclusions.workflow.term_choices import Choice


class Comment(Submission):
    """Support of exclusions that a round lists, or opposition to them."""

    NOUN, ABOUT = "comment", "round"

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    stated = models.JSONField(default=list, help_text="values of the author's own, stated to be public")

    objects = SubmissionQuerySet["Comment"].as_manager()

    class Meta(Submission.Meta):
        indexes = [models.Index(fields=["confirmed_at"], condition=Q(status="submitted"), name="comment_to_post")]

    @property
    def docket_reference(self) -> str:
        """The docket of the round."""
        return self.round.docket

    @property
    def about(self) -> dict[str, str]:
        """The round, as an address names it."""
        return {"slug": self.round.slug}


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
    """A recommendation as the signatory signed it, and the pending term that it wrote; none for one that lapses.

    What one press signed shares signatory and moment. `objects` are the decisions that stand, `versions` all of them.
    """

    listed = models.ForeignKey(ListedExclusion, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(default=1, db_default=1)
    recommendation = models.OneToOneField(TermRecommendation, on_delete=models.PROTECT, related_name="decision")
    term = models.OneToOneField(ExclusionTerm, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recommended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    objects = NotReopened()
    versions = models.Manager()

    guards = (AppendOnly(),)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(signed_by=F("recommended_by")), name="term_decision_by_two_persons"),
            models.UniqueConstraint(fields=["listed", "version"], name="term_decision_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.listed}, signed"


class TermReopening(models.Model):
    """Why a signed decision on a listed exclusion was reopened: counsel and the signatory agreed to it."""

    decision = models.OneToOneField(TermDecision, on_delete=models.PROTECT, related_name="reopening")
    reason = models.CharField(max_length=1000)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField()

    guards = (AppendOnly(),)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="term_reopening_has_reason"),
            models.CheckConstraint(condition=~Q(proposed_by=F("confirmed_by")), name="term_reopening_by_two_persons"),
        ]

    def __str__(self) -> str:
        return f"{self.decision}, reopened"


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
