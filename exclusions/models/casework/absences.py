"""When people are away: they are given no new case, and what they have is offered to others."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from exclusions.models.guards import AppendOnly

PEOPLE = settings.AUTH_USER_MODEL


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Look-ups by day."""

    def in_force(self, day: date) -> Self:
        """Return the absences that hold on a day (New York), without those withdrawn."""
        return self.filter(first_day__lte=day, last_day__gte=day, withdrawn_at__isnull=True)


class Absence(models.Model):
    """From the first day through the last one; of a row only the withdrawal is entered later."""

    user = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, related_name="absences")
    first_day = models.DateField()
    last_day = models.DateField()
    entered_by = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = AbsenceQuerySet.as_manager()

    guards = (AppendOnly(but=("withdrawn_at", "withdrawn_by_id")),)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="absence_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="absence_withdrawn_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.first_day} to {self.last_day}"
