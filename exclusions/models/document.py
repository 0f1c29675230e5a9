"""Files that belong to a petition or a response."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from exclusions.models.petition import Petition
from exclusions.models.response import Reply, Response


class Document(models.Model):
    """A stored file: where it came from, what it really is, and who may see it."""

    class Visibility(models.TextChoices):
        PUBLIC = "public", "Public"
        CONFIDENTIAL = "confidential", "Business confidential"

    class Scan(models.TextChoices):
        NOT_SCANNED = "not_scanned", "Not virus-scanned"
        CLEAN = "clean", "Clean"
        INFECTED = "infected", "Infected"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, null=True, blank=True, related_name="documents")
    response = models.ForeignKey(Response, on_delete=models.CASCADE, null=True, blank=True, related_name="documents")
    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, null=True, blank=True, related_name="documents")
    question_key = models.CharField(max_length=60)
    visibility = models.CharField(max_length=20, choices=Visibility.choices)
    ground = models.TextField("ground for confidential treatment", blank=True)
    public_summary = models.TextField(blank=True)
    file_name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64)
    uploaded_sha256 = models.CharField(max_length=64, blank=True, help_text="before metadata was taken out")
    storage_key = models.CharField(max_length=200, unique=True)
    text_key = models.CharField(max_length=200, blank=True, help_text="where the text of a public file is stored")
    text_whole = models.BooleanField(default=False, help_text="whether all of the text could be read")
    pictures = models.CharField(
        max_length=200, blank=True, default="", db_default="", help_text="what of a public file only people can look at"
    )
    thumbnail_key = models.CharField(
        max_length=200, blank=True, default="", db_default="", help_text="where the small picture of it is stored"
    )
    thumbnail_width = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="pixels; 0: none can be made; empty: not tried yet"
    )
    thumbnail_height = models.PositiveSmallIntegerField(null=True, blank=True, help_text="pixels")
    scan = models.CharField(max_length=20, choices=Scan.choices, default=Scan.NOT_SCANNED)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    uploaded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(petition__isnull=False, response__isnull=True, reply__isnull=True)
                | Q(petition__isnull=True, response__isnull=False, reply__isnull=True)
                | Q(petition__isnull=True, response__isnull=True, reply__isnull=False),
                name="document_has_one_home",
            )
        ]

    def __str__(self) -> str:
        return self.file_name
