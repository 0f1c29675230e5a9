"""What was said about confidential treatment: leaks that a filer settled, and treatment that the agency refused."""

from django.conf import settings
from django.db import models

from exclusions.models.document import Document
from exclusions.models.guards import AppendOnly
from exclusions.models.petition import Petition


class LeakSettlement(models.Model):
    """A filer's statement that words in a public place are not confidential, though they repeat a confidential answer.

    `leak` names the value and the place (`checks.leaks.hit_id`) and tells nothing of the value itself.
    """

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="leak_settlements")
    leak = models.CharField(max_length=40)
    place = models.CharField(max_length=80, help_text="key of the public question")
    statement = models.TextField()
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    stated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["petition", "leak"], name="leak_settled_once")]

    def __str__(self) -> str:
        return f"{self.petition}: {self.place}"


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
