"""Decisions and the letters that tell of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q, Value

from exclusions.models.exclusion import Exclusion
from exclusions.models.guards import AppendOnly
from exclusions.models.petition import Petition
from exclusions.models.review import Outcome


class Decision(models.Model):
    """The signed determination on one petition; there is one, and it is never changed."""

    petition = models.OneToOneField(Petition, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    rationale = models.TextField()
    denial_codes = models.JSONField(default=list)
    findings = models.JSONField(default=list, help_text="the findings as they stood: criterion, title, result, reasons")
    explanations = models.JSONField(
        default=list,
        db_default=Value([], models.JSONField()),
        help_text="departures, facts behind codes, grants against adverse findings: key, title, words, reasons",
    )
    exclusion = models.ForeignKey(Exclusion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions")
    signed_at = models.DateTimeField()

    guards = (AppendOnly(),)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(rationale=""), name="decision_has_rationale"),
            models.CheckConstraint(
                condition=Q(outcome="grant", exclusion__isnull=False) | Q(outcome="deny", exclusion__isnull=True),
                name="decision_grant_has_exclusion",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.petition}: {self.get_outcome_display()}"


class Letter(models.Model):
    """A letter as issued, never changed: the PDF's hash and the code by which anyone may verify it."""

    class Kind(models.TextChoices):
        RECEIPT = "receipt", "Receipt"
        RETURNED = "returned", "Returned for correction"
        LAPSED = "lapsed", "Lapsed, not corrected in time"
        WITHDRAWAL = "withdrawal", "Withdrawal confirmed"
        DENIAL = "denial", "Denial"
        GRANT = "grant", "Grant"

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    code = models.CharField("verification code", max_length=20, unique=True)
    sha256 = models.CharField(max_length=64)
    storage_key = models.CharField(max_length=200)
    issued_at = models.DateTimeField()

    guards = (AppendOnly(),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.code}"
