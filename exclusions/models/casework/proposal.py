"""Acts that wait for a second member of staff."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from exclusions.models.guards import AppendOnly
from exclusions.workflow.roles import Role
from exclusions.workflow.two_persons import ACTS, acts_of

if TYPE_CHECKING:
    from exclusions.models.user import User


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Look-ups of proposals."""

    def waiting(self, at: datetime) -> "ProposalQuerySet":
        """Return those that may still be confirmed."""
        return self.filter(settled_at__isnull=True, expires_at__gt=at)

    def seen_by(self, user: "User") -> "ProposalQuerySet":
        """Return those of the acts that are the person's to propose and confirm; the auditor sees all."""
        if user.role == Role.AUDITOR:
            return self
        return self.filter(act__in=[act.name for act in acts_of(user.role)])


class Proposal(models.Model):
    """What one member of staff proposes, and another confirms or refuses. Nothing of it is changed but its end."""

    class Outcome(models.TextChoices):
        WITHDRAWN = "withdrawn", "Withdrawn"
        REFUSED = "refused", "Refused"
        CONFIRMED = "confirmed", "Confirmed"

    act = models.CharField(max_length=40, help_text="a name of exclusions/workflow/two_persons.py")
    subject = models.CharField(max_length=60, db_index=True, help_text="the event chain of what it is done to")
    facts = models.JSONField(default=dict, help_text="what is to be done, by keys and values")
    basis = models.JSONField(default=dict, help_text="what it rests on, as it stood when it was proposed")
    summary = models.CharField(max_length=900, help_text="what is to be done, in words")
    reason = models.TextField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True, help_text="why it was refused")

    objects = ProposalQuerySet.as_manager()
    guards = (AppendOnly(but=("outcome", "settled_by_id", "settled_at", "answer")),)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", settled_by__isnull=True, settled_at__isnull=True)
                | (~Q(outcome="") & Q(settled_by__isnull=False, settled_at__isnull=False)),
                name="proposal_settled_by_and_at",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="confirmed", settled_by=models.F("proposed_by")), name="proposal_two_persons"
            ),
        ]

    def __str__(self) -> str:
        return self.summary

    @property
    def label(self) -> str:
        """What kind of act it is, in words."""
        return ACTS[self.act].label
