"""Questions that the agency puts to the filer of a case, and the answers."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from exclusions.models.guards import AppendOnly
from exclusions.models.petition import Petition

PEOPLE = settings.AUTH_USER_MODEL


class Inquiry(models.Model):
    """One question, with the last day to answer it, which an order about the round alone moves. Only its end is added:
    taken back, or not answered in time.
    """

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="inquiries")
    number = models.PositiveSmallIntegerField(help_text="1 for the first question of the case, and so on")
    question = models.TextField()
    asked_by = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    closes_at = models.DateTimeField(help_text="the last moment at which an answer is in time")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lapsed_at = models.DateTimeField(null=True, blank=True)

    guards = (AppendOnly(but=("closes_at", "withdrawn_at", "withdrawn_by_id", "lapsed_at")),)

    class Meta:
        verbose_name_plural = "inquiries"
        constraints = [
            models.UniqueConstraint(fields=["petition", "number"], name="inquiry_number_once"),
            models.CheckConstraint(condition=~Q(question=""), name="inquiry_has_question"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(lapsed_at__isnull=True), name="inquiry_one_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.petition}, question {self.number}"


class InquiryAnswer(models.Model):
    """What the filer answered; never changed."""

    inquiry = models.OneToOneField(Inquiry, on_delete=models.PROTECT, related_name="answer")
    text = models.TextField()
    answered_by = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    guards = (AppendOnly(),)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="inquiry_answer_has_text")]

    def __str__(self) -> str:
        return f"Answer to {self.inquiry}"
