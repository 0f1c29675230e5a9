"""The public side: copies filled by an allow-list. No column here can hold confidential matter.

These tables have no foreign key into the private ones: what the public reads is joined to a case by its reference
alone, so that a public page cannot reach further by following a relation.
"""

from django.db import models
from django.db.models import Q

from exclusions.models.exclusion import Exclusion
from exclusions.models.round import Round
from exclusions.workflow.states import Stage


class PublicPetition(models.Model):
    """A posted petition as the docket shows it; also the historical petitions loaded from docket spreadsheets."""

    reference = models.CharField(max_length=40, unique=True)
    docket = models.CharField(max_length=20, db_index=True)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, blank=True, related_name="public_petitions")
    organization_name = models.CharField(max_length=300)
    filer_name = models.CharField(max_length=300, blank=True)
    hts10 = models.CharField(max_length=10)
    product_name = models.CharField(max_length=300)
    stage = models.CharField(max_length=10, choices=Stage.choices)
    move = models.CharField("whose move it is", max_length=80, blank=True)
    posted_on = models.DateField(null=True, blank=True)
    response_closes_at = models.DateTimeField(null=True, blank=True)
    reply_closes_at = models.DateTimeField(null=True, blank=True)
    answers = models.JSONField(default=list, help_text="the public version: step, key, label, value")
    search_text = models.TextField(blank=True)
    support_count = models.PositiveIntegerField(default=0)
    oppose_count = models.PositiveIntegerField(default=0)
    decided_on = models.DateField(null=True, blank=True)
    rationale = models.TextField(blank=True)
    denial_codes = models.JSONField(default=list)
    findings = models.JSONField(default=list, help_text="criterion, title, result, reasons")
    exclusion = models.ForeignKey(
        Exclusion, on_delete=models.PROTECT, null=True, blank=True, related_name="public_petitions"
    )
    historical = models.BooleanField(default=False, help_text="loaded from a docket spreadsheet")
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ("-posted_on", "-reference")
        indexes = [
            models.Index(fields=["-posted_on", "-reference"], name="public_petition_newest"),
            models.Index(fields=["hts10", "-posted_on", "-reference"], name="public_petition_hts"),
            models.Index(fields=["stage", "-posted_on", "-reference"], name="public_petition_stage"),
            models.Index(fields=["-decided_on", "-reference"], name="public_petition_decided"),
        ]

    def __str__(self) -> str:
        return self.reference


class PublicResponse(models.Model):
    """A posted response with the requester's reply, where there is one."""

    reference = models.CharField(max_length=50, unique=True)
    petition = models.ForeignKey(PublicPetition, on_delete=models.CASCADE, related_name="responses")
    organization_name = models.CharField(max_length=300)
    position = models.CharField(max_length=10, choices=[("support", "Support"), ("oppose", "Oppose")])
    answers = models.JSONField(default=list)
    posted_at = models.DateTimeField()
    reply_closes_at = models.DateTimeField(null=True, blank=True)
    reply_answers = models.JSONField(default=list)
    replied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("posted_at", "reference")
        constraints = [
            models.CheckConstraint(
                condition=Q(replied_at__isnull=False) | Q(reply_answers=[]), name="public_reply_has_moment"
            )
        ]

    def __str__(self) -> str:
        return self.reference


class PublicDocument(models.Model):
    """A public file of a posted petition or response."""

    petition = models.ForeignKey(PublicPetition, on_delete=models.CASCADE, related_name="documents")
    response = models.ForeignKey(
        PublicResponse, on_delete=models.CASCADE, null=True, blank=True, related_name="documents"
    )
    key = models.UUIDField(unique=True)
    file_name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    storage_key = models.CharField(max_length=200)
    scan = models.CharField(max_length=20)

    class Meta:
        ordering = ("file_name",)

    def __str__(self) -> str:
        return self.file_name
