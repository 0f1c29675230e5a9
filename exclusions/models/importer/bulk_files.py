"""Documents of a bulk sheet: the ZIPs that were sent, the files in them, what rows name, and what was read of each.

All of it is confidential, as the sheet is. A file that no row names is never unpacked further than to know it again.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from exclusions.models.document import Document
from exclusions.models.importer.bulk_sheet import BulkRow, BulkSheet


class BulkZip(models.Model):
    """One ZIP as it was sent. Its files count once all were read (`taken_at`); one that is `refused` has none."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sheet = models.ForeignKey(BulkSheet, on_delete=models.CASCADE, related_name="zips")
    file_name = models.CharField(max_length=150)
    size = models.PositiveBigIntegerField(help_text="bytes")
    storage_key = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    refused = models.JSONField(default=list, blank=True, help_text="sentences")

    class Meta:
        verbose_name, verbose_name_plural = "ZIP of documents", "ZIPs of documents"
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True) | ~Q(storage_key=""), name="bulk_zip_taken_is_stored"
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class BulkFile(models.Model):
    """One file in a ZIP: its name there, what that is compared by, and the SHA-256 of its content once it was read."""

    zip = models.ForeignKey(BulkZip, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    key = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "file in a ZIP", "files in ZIPs"
        constraints = [models.UniqueConstraint(fields=["zip", "key"], name="bulk_file_name_once")]
        indexes = [models.Index(fields=["key"], name="bulk_file_by_key")]

    def __str__(self) -> str:
        return self.name


class BulkWanted(models.Model):
    """A file that a row names under a question."""

    sheet = models.ForeignKey(BulkSheet, on_delete=models.CASCADE, related_name="wanted_files")
    row = models.ForeignKey(BulkRow, on_delete=models.CASCADE, related_name="wanted_files")
    question_key = models.CharField(max_length=60)
    name = models.CharField(max_length=255)
    key = models.CharField(max_length=255)

    class Meta:
        verbose_name, verbose_name_plural = "file that a row names", "files that rows name"
        constraints = [
            models.UniqueConstraint(fields=["row", "question_key", "key"], name="bulk_wanted_once_a_question")
        ]
        indexes = [models.Index(fields=["sheet", "key"], name="bulk_wanted_by_key")]

    def __str__(self) -> str:
        return self.name


class BulkContent(models.Model):
    """A content that rows name, parsed, scanned and stored once for all of them, as a document of a petition is.

    `refused` says why it is none. Documents of the drafts name the same stored files, which go with the last of them.
    """

    sheet = models.ForeignKey(BulkSheet, on_delete=models.CASCADE, related_name="contents")
    sha256 = models.CharField(max_length=64, help_text="as it came")
    is_public = models.BooleanField()
    named_type = models.CharField(max_length=100, help_text="media type that its name says")
    refused = models.TextField(blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0, help_text="bytes, as it is stored")
    stored_sha256 = models.CharField(max_length=64, blank=True)
    storage_key = models.CharField(max_length=200, blank=True)
    text_key = models.CharField(max_length=200, blank=True)
    text_whole = models.BooleanField(default=False)
    unread_parts = models.TextField(blank=True)
    reader = models.PositiveSmallIntegerField(default=0, help_text="version of the reader that read the text")
    pictures = models.CharField(max_length=200, blank=True)
    thumbnail_key = models.CharField(max_length=200, blank=True)
    thumbnail_width = models.PositiveSmallIntegerField(null=True, blank=True)
    thumbnail_height = models.PositiveSmallIntegerField(null=True, blank=True)
    scan = models.CharField(max_length=20, choices=Document.Scan.choices, default=Document.Scan.NOT_SCANNED)
    read_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = "content of documents", "contents of documents"
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "sha256", "is_public", "named_type"], name="bulk_content_once_a_sheet"
            ),
            models.CheckConstraint(condition=~Q(refused="") | ~Q(storage_key=""), name="bulk_content_is_stored"),
        ]
        indexes = [
            models.Index(fields=["storage_key"], name="bulk_content_by_stored"),
            models.Index(fields=["text_key"], name="bulk_content_by_text"),
            models.Index(fields=["thumbnail_key"], name="bulk_content_by_thumbnail"),
        ]

    def __str__(self) -> str:
        return f"Content {self.pk}"
