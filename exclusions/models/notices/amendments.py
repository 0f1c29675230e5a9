"""Technical amendments: a wording of an exclusion that the law changes, with the day from which it does.

Two persons agree to the words; a notice makes them law. What was amended is superseded as by a correction: the text of
any day is the one that was law for goods entered on it.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from exclusions.models.exclusion import Exclusion, ExclusionText
from exclusions.models.guards import AppendOnly

PEOPLE = settings.AUTH_USER_MODEL


class Amendment(models.Model):
    """One amendment of a wording; of it only its notice, or that it was dropped before that, is added."""

    exclusion = models.ForeignKey(Exclusion, on_delete=models.PROTECT, related_name="+")
    amends = models.ForeignKey(
        ExclusionText, on_delete=models.PROTECT, related_name="+", verbose_name="wording amended"
    )
    text = models.TextField("wording as it is to stand")
    applies_from = models.DateField(null=True, blank=True, help_text="none: from the first day of the wording")
    reason = models.CharField(max_length=1000)
    proposed_by = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField()
    citation = models.CharField("Federal Register citation", max_length=100, blank=True)
    published_on = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField("entered as published", null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    guards = (AppendOnly(but=("citation", "published_on", "published_at", "dropped_at")),)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="amendment_has_text"),
            models.CheckConstraint(condition=~Q(proposed_by=models.F("confirmed_by")), name="amendment_by_two_persons"),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, citation="", published_on__isnull=True)
                | (
                    Q(published_at__isnull=False, published_on__isnull=False, dropped_at__isnull=True) & ~Q(citation="")
                ),
                name="amendment_published_by_notice",
            ),
        ]

    def __str__(self) -> str:
        return f"Amendment of {self.exclusion}"

    @property
    def waits(self) -> bool:
        """Whether its notice is to come."""
        return self.published_at is None and self.dropped_at is None
