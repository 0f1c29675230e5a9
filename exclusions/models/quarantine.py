"""What was taken down from the public side, by whom and why, until it is put back."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from exclusions.models.document import Document
from exclusions.models.petition import Petition
from exclusions.models.response import Response

PEOPLE = settings.AUTH_USER_MODEL


class Quarantine(models.Model):
    """One taking down: of a petition, a response to it, or one public file; `petition` is the case it belongs to."""

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="quarantines")
    response = models.ForeignKey(Response, on_delete=models.CASCADE, null=True, blank=True, related_name="quarantines")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, null=True, blank=True, related_name="quarantines")
    reason = models.TextField(help_text="for those who read the case; never published")
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, related_name="+")
    restored_at = models.DateTimeField(null=True, blank=True)
    restored_by = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    replacement = models.ForeignKey(
        Document, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="the corrected file"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="quarantine_has_reason"),
            models.CheckConstraint(
                condition=Q(response__isnull=True) | Q(document__isnull=True), name="quarantine_of_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(restored_at__isnull=True, restored_by__isnull=True)
                | Q(restored_at__isnull=False, restored_by__isnull=False),
                name="quarantine_restored_by_and_at",
            ),
            models.UniqueConstraint(
                fields=["petition"],
                condition=Q(response__isnull=True, document__isnull=True, restored_at__isnull=True),
                name="quarantine_petition_once",
            ),
            models.UniqueConstraint(
                fields=["response"], condition=Q(restored_at__isnull=True), name="quarantine_response_once"
            ),
            models.UniqueConstraint(
                fields=["document"], condition=Q(restored_at__isnull=True), name="quarantine_document_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} of {self.petition}"

    @property
    def what(self) -> str:
        """What was taken down, in words."""
        if self.document:
            return f"Document {self.document.file_name}"
        return f"Response {self.response}" if self.response else "The whole petition"
