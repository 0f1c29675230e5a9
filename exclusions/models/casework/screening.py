"""Words that somebody wrote who may not read what a case holds in confidence: others read them when intake has."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from exclusions.models.casework.review import CustomsOpinion, ProductDraft
from exclusions.models.petition import Petition
from exclusions.models.response import HELD_BACK, Reply

PEOPLE = settings.AUTH_USER_MODEL


class Screening(models.Model):
    """One for each reply, product text and opinion of Customs, whether or not anything was found in it.

    A thing without one was written before there were screenings, and is let through.
    """

    class Outcome(models.TextChoices):
        WAITS = "waits", "Waits for intake"
        THROUGH = "through", "Let through"
        WITHHELD = "withheld", "Not let through"

    class ReasonCode(models.TextChoices):
        """Why a reply was not posted, for who wrote it: it repeats nothing of the reply."""

        CONFIDENTIAL = "confidential", "it may repeat confidential matter"
        PERSONAL = "personal", "it gives personal details"
        BESIDE = "beside", "it is not an answer to the response"
        OTHER = "other", "for another reason"

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="+")
    reply = models.OneToOneField(Reply, on_delete=models.CASCADE, null=True, blank=True, related_name="screening")
    draft = models.OneToOneField(
        ProductDraft, on_delete=models.CASCADE, null=True, blank=True, related_name="screening"
    )
    opinion = models.OneToOneField(
        CustomsOpinion, on_delete=models.CASCADE, null=True, blank=True, related_name="screening"
    )
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    begun_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        PEOPLE, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="empty: nothing was found"
    )
    reason = models.TextField(blank=True, help_text="why it was not let through")
    reason_code = models.CharField(  # noqa: DJ001 - null is another thing than empty, by the constraint
        max_length=12,
        choices=ReasonCode.choices,
        null=True,
        blank=True,
        default="",
        db_default="",
        help_text="why a reply was not posted; null: it was refused before there were codes",
    )

    class Meta:
        indexes = [models.Index(fields=["begun_at"], condition=Q(outcome="waits"), name="screening_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=Q(reply__isnull=False, draft__isnull=True, opinion__isnull=True)
                | Q(reply__isnull=True, draft__isnull=False, opinion__isnull=True)
                | Q(reply__isnull=True, draft__isnull=True, opinion__isnull=False),
                name="screening_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(outcome="waits", settled_at__isnull=True)
                | (~Q(outcome="waits") & Q(settled_at__isnull=False)),
                name="screening_settled_at",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="withheld") | (~Q(reason="") & Q(settled_by__isnull=False)),
                name="screening_withheld_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(reason_code__isnull=True, outcome="withheld", reply__isnull=False)
                | Q(
                    reason_code__in=["confidential", "personal", "beside", "other"],
                    outcome="withheld",
                    reply__isnull=False,
                )
                | (Q(reason_code__isnull=False, reason_code="") & ~Q(outcome="withheld", reply__isnull=False)),
                name="screening_withheld_reply_with_code",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} of {self.petition}"

    @property
    def holds_back(self) -> bool:
        """Whether intake has not let it through."""
        return self.outcome in HELD_BACK

    @property
    def what(self) -> str:
        """What waits, in words."""
        if self.reply_id:
            return "Reply"
        return "Product text" if self.draft_id else "Opinion of Customs"

    @property
    def why(self) -> str:
        """The coded reason in words; empty without one."""
        return str(self.ReasonCode(self.reason_code).label) if self.reason_code else ""
