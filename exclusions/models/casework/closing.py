"""Why a case ended without a decision on its merits."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from exclusions.models.guards import AppendOnly
from exclusions.models.petition import Petition

EARLIER = "Earlier petition"  # the label of the fact that names one


class Closing(models.Model):
    """What closed a case without its merits, as intake proposed and counsel confirmed it; never changed.

    `facts` are public: references, days, headings and the labels of questions. No answer is repeated there.
    """

    class Kind(models.TextChoices):
        INCOMPLETE = "incomplete", "Not considered: incomplete"
        COVERED = "covered", "Covered by an existing exclusion"
        DUPLICATE = "duplicate", "Duplicate of an earlier petition"

    petition = models.OneToOneField(Petition, on_delete=models.PROTECT, related_name="closing")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    facts = models.JSONField(help_text="[{label, value}]: what it rests on")
    reason = models.TextField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()

    guards = (AppendOnly(),)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="closing_has_reason"),
            models.CheckConstraint(condition=~Q(proposed_by=models.F("confirmed_by")), name="closing_by_two_persons"),
        ]

    def __str__(self) -> str:
        return f"{self.petition}: {self.get_kind_display()}"
