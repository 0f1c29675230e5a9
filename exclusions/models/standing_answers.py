"""Answers of the office to arguments that come again and again: written once, public, cited in decisions."""

from django.db import models
from django.db.models import Q

from exclusions.models.guards import AppendOnly


class StandingAnswer(models.Model):
    """One answer as it was published, never changed; it may be withdrawn, with a reason. Its events say by whom."""

    title = models.CharField(max_length=120, help_text="the argument that it answers, in a few words")
    words = models.TextField()
    criterion = models.CharField(max_length=40, blank=True, help_text="the factor that it is about; empty: none")
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.TextField("why it was withdrawn", blank=True, default="")

    guards = (AppendOnly(but=("withdrawn_at", "withdrawn_why")),)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(words=""), name="standing_answer_says_something"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why="")),
                name="standing_answer_withdrawn_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Standing answer {self.pk}: {self.title}"
