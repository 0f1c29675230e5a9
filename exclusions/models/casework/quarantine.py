"""What was taken down from the public side, by whom and why, until it is put back."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from exclusions.models.casework.decision import Letter
from exclusions.models.document import Document
from exclusions.models.petition import Petition
from exclusions.models.response import Response
from exclusions.workflow.public_things import Ground, Kind

PEOPLE = settings.AUTH_USER_MODEL


class Quarantine(models.Model):
    """One taking down of one public thing; `petition` is the case it belongs to, `thing` names it within that case.

    `response`, `document` and `letter` say what the thing belongs to or is. A corrected file or text may stand in the
    place of what was taken down, which then stays down for good.
    """

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="quarantines")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    thing = models.CharField(max_length=140, help_text="its key: kind, reference, question")
    label = models.CharField(max_length=300, blank=True, help_text="the question or criterion, in words")
    response = models.ForeignKey(Response, on_delete=models.CASCADE, null=True, blank=True, related_name="quarantines")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, null=True, blank=True, related_name="quarantines")
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, null=True, blank=True, related_name="quarantines")
    ground = models.CharField(
        max_length=20, choices=Ground.choices, blank=True, help_text="published with the tombstone"
    )
    reason = models.TextField(help_text="for those who read the case; never published")
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(
        PEOPLE, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="none: a responder"
    )
    restored_at = models.DateTimeField(null=True, blank=True)
    restored_by = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    replacement = models.ForeignKey(
        Document, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="the corrected file"
    )
    correction = models.TextField(blank=True, default="", help_text="the text that is published in its place")
    corrected_at = models.DateTimeField(null=True, blank=True)
    corrected_by = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = "thing taken down", "things taken down"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="quarantine_has_reason"),
            models.CheckConstraint(
                condition=Q(kind="document", document__isnull=False) | (~Q(kind="document") & Q(document__isnull=True)),
                name="quarantine_of_a_file_names_it",
            ),
            models.CheckConstraint(
                condition=Q(restored_at__isnull=True, restored_by__isnull=True)
                | Q(restored_at__isnull=False, restored_by__isnull=False),
                name="quarantine_restored_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(corrected_at__isnull=True, corrected_by__isnull=True, correction="")
                | (Q(corrected_at__isnull=False, corrected_by__isnull=False) & ~Q(correction="")),
                name="quarantine_corrected_by_and_at",
            ),
            models.UniqueConstraint(
                fields=["petition", "thing"], condition=Q(restored_at__isnull=True), name="quarantine_thing_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what_openly} of {self.petition}"

    @property
    def what(self) -> str:
        """What was taken down, in words."""
        if self.document:
            return f"Document {self.document.file_name}"
        return self.what_openly

    @property
    def what_openly(self) -> str:
        """The same in words that anybody may read: the name of a file may be what was wrong with it."""
        reference = self.response.reference if self.response else self.letter.code if self.letter else ""
        return " ".join(part for part in (self.get_kind_display(), reference) if part) + (
            f": {self.label}" if self.label else ""
        )
