"""What was said about confidential treatment: leaks that a filer settled, and treatment that the agency refused."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from exclusions.models.document import Document
from exclusions.models.guards import AppendOnly
from exclusions.models.petition import Petition


class LeakSettlementQuerySet(models.QuerySet["LeakSettlement"]):
    """Look-ups of statements."""

    def that_count(self) -> Self:
        """Leave out what one member of staff alone calls a coincidence."""
        return self.exclude(is_coincidence=True, seconded_at__isnull=True)


class LeakSettlement(models.Model):
    """A statement that words in a public place are not confidential, though they repeat a confidential answer.

    Of whoever gave the answer, by an account or (a responder) without one; or, as a coincidence, of a member of staff:
    that counts once a second one has agreed. `leak` names the value and the place (`matcher.hit_id`) and tells nothing
    of the value itself; `words` are those that it is about.
    """

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="leak_settlements")
    leak = models.CharField(max_length=40)
    place = models.CharField(max_length=80, help_text="key of the public question")
    statement = models.TextField()
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="empty: a responder without an account",
    )
    stated_at = models.DateTimeField()
    is_coincidence = models.BooleanField("said to be a coincidence, by staff", default=False, db_default=False)
    words = models.TextField(blank=True, default="", db_default="")
    seconded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    seconded_at = models.DateTimeField(null=True, blank=True)

    objects = LeakSettlementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["petition", "leak"], name="leak_settled_once"),
            models.CheckConstraint(
                condition=Q(seconded_by__isnull=True, seconded_at__isnull=True)
                | Q(seconded_by__isnull=False, seconded_at__isnull=False, is_coincidence=True),
                name="leak_seconded_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(is_coincidence=False) | Q(stated_by__isnull=False), name="leak_coincidence_by_staff"
            ),
            models.CheckConstraint(
                condition=Q(seconded_by__isnull=True) | ~Q(seconded_by=models.F("stated_by")),
                name="leak_seconded_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.petition}: {self.place}"

    @property
    def counts(self) -> bool:
        """Whether it does: not what one member of staff alone calls a coincidence."""
        return not self.is_coincidence or self.seconded_at is not None


class ConfidentialityRefusal(models.Model):
    """The agency's refusal, with reasons, to treat an answer or document as confidential (15 CFR 2006.15)."""

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="confidentiality_refusals")
    question_key = models.CharField(max_length=60)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    reason = models.TextField()
    refused_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    refused_at = models.DateTimeField()
    answer_digest = models.CharField(max_length=64, help_text="of the answer that was refused: another one is a cure")

    guards = (AppendOnly(),)

    def __str__(self) -> str:
        return f"{self.petition}: {self.question_key}"
