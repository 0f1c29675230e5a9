"""The exclusions that a round of comments lists, and what was decided of each: everybody may read these tables."""

from django.db import models
from django.db.models import F, Q

from exclusions.models.exclusion import CurrentRows, Exclusion, ExclusionTerm
from exclusions.models.guards import AppendOnly
from exclusions.models.round import Round
from exclusions.workflow.term_choices import Choice


class ListedExclusion(models.Model):
    """One exclusion that a round lists: its number in the round, and its place in the note as the list prints it."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="listed")
    number = models.PositiveIntegerField("number in the round")
    exclusion = models.ForeignKey(Exclusion, on_delete=models.PROTECT, related_name="listings")
    term = models.ForeignKey(
        ExclusionTerm, on_delete=models.PROTECT, related_name="+", help_text="the term at stake, as it stood at listing"
    )
    heading = models.CharField(max_length=8)
    note = models.CharField("U.S. note subdivision", max_length=20)
    item = models.CharField("paragraph as printed", max_length=20)
    listed_at = models.DateTimeField()

    guards = (AppendOnly(),)

    class Meta:
        verbose_name, verbose_name_plural = "listed exclusion", "listed exclusions"
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="listed_number_once"),
            models.UniqueConstraint(fields=["round", "exclusion"], name="listed_exclusion_once"),
        ]

    def __str__(self) -> str:
        return f"{self.printed} in {self.round}"

    @property
    def printed(self) -> str:
        """The place in the note as it is cited: 20(iii)(14)."""
        return f"20({self.note})({self.item})"


class PublicComment(models.Model):
    """A posted comment as everybody reads it; of one that its author withdrew, that it was there."""

    reference = models.CharField(max_length=50, unique=True)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="public_comments")
    organization_name = models.CharField(max_length=300, blank=True)
    position = models.CharField(max_length=10, choices=[("support", "Support"), ("oppose", "Oppose")])
    answers = models.JSONField(default=list, help_text="the public version: step, key, label, value")
    posted_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.reference


class PublicCommentLine(models.Model):
    """One listed exclusion that a posted comment is about."""

    comment = models.ForeignKey(PublicComment, on_delete=models.PROTECT, related_name="lines")
    listed = models.ForeignKey(ListedExclusion, on_delete=models.PROTECT, related_name="comment_lines")

    guards = (AppendOnly(),)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "listed"], name="comment_line_once")]

    def __str__(self) -> str:
        return f"{self.comment} on {self.listed.printed}"


class NotReopened(CurrentRows):
    """The decisions that stand: those that were not reopened."""

    superseded_by = "reopening"


class PublicTermDecision(models.Model):
    """What was decided of a listed exclusion: signed, with its findings and reasons. No person is named.

    `objects` are those that stand, at most one of each exclusion; `versions` all that were ever signed.
    """

    listed = models.ForeignKey(ListedExclusion, on_delete=models.PROTECT, related_name="decisions")
    version = models.PositiveSmallIntegerField(default=1, db_default=1)
    choice = models.CharField(max_length=10, choices=Choice.choices)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True, help_text="last day, inclusive")
    reasons = models.TextField()
    findings = models.JSONField(default=list, help_text="factor, title, result, reasons")
    decided_on = models.DateField()

    objects = NotReopened()
    versions = models.Manager()

    guards = (AppendOnly(),)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["listed", "version"], name="public_term_decision_version_once"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="public_term_decision_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listed}: {self.get_choice_display()}"


class PublicTermReopening(models.Model):
    """That a decision on a listed exclusion was reopened, on which day and why. No person is named."""

    decision = models.OneToOneField(PublicTermDecision, on_delete=models.PROTECT, related_name="reopening")
    reason = models.CharField(max_length=1000)
    reopened_on = models.DateField()

    guards = (AppendOnly(),)

    def __str__(self) -> str:
        return f"{self.decision}, reopened"
