"""How many days a case should take in a status, as the lead of a team set it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from exclusions.models.guards import AppendOnly
from exclusions.workflow.states import Status


class StageTarget(models.Model):
    """One target from its moment on; the latest of a status holds, the earlier ones stay. None: the shipped one."""

    of_status = models.CharField(max_length=20)
    days = models.PositiveSmallIntegerField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    guards = (AppendOnly(),)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(days__gte=1, days__lte=999), name="stage_target_of_1_to_999_days")
        ]

    def __str__(self) -> str:
        return f"{Status(self.of_status).label}: {self.days} days"
