"""What was decided about a number that an edition of the schedule retires."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from exclusions.models.guards import AppendOnly
from exclusions.models.tariff import HtsEdition


class NumberSettlement(models.Model):
    """Which numbers follow one that an edition retires, as a person decided; of several rows the last one holds.

    `successors` are plain numbers, none where it was rejected that any follows.
    """

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", "Proposed numbers accepted"
        CHOSEN = "chosen", "Other numbers chosen"
        REJECTED = "rejected", "No number follows"

    edition = models.ForeignKey(HtsEdition, on_delete=models.PROTECT, related_name="+")
    old_number = models.CharField(max_length=10)
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    successors = models.JSONField(default=list)
    reason = models.TextField()
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField()

    guards = (AppendOnly(),)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="number_settlement_has_reason")]
        indexes = [models.Index(fields=["edition", "old_number"], name="settlement_of_number")]

    def __str__(self) -> str:
        return f"{self.old_number}: {self.get_verdict_display()}"
