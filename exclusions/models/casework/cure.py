"""What a petition was returned for: the questions, the remedy of each, and the last day."""

from django.conf import settings
from django.db import models

from exclusions.models.guards import AppendOnly
from exclusions.models.petition import Petition


class Cure(models.Model):
    """One return of a petition for correction, as the clerk stated it; never changed."""

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="cures")
    number = models.PositiveSmallIntegerField(help_text="1 for the first return of the petition, and so on")
    points = models.JSONField(help_text="[{question: key, label: as it was asked, remedy: what to do}]")
    closes_at = models.DateTimeField(help_text="the last moment at which a correction is in time")
    returned_at = models.DateTimeField()
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    guards = (AppendOnly(),)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["petition", "number"], name="cure_number_once")]

    def __str__(self) -> str:
        return f"{self.petition}, return {self.number}"
