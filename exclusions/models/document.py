"""Files that belong to a petition or a response, what of them nobody has read, and the copies that they had before."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from exclusions.models.petition import Petition
from exclusions.models.response import Reply, Response


class DocumentQuerySet(models.QuerySet["Document"]):
    """Files by whether somebody has read all of them."""

    def not_read_whole(self) -> "DocumentQuerySet":
        """Return the public ones that are not clean: what nobody read may say anything."""
        public = self.filter(visibility=Document.Visibility.PUBLIC, removed_at__isnull=True)
        return public.exclude(text_whole=True, unread_parts="")

    def to_be_read_again(self, reader: int) -> "DocumentQuerySet":
        """Return the public ones whose text an older reader than this kept."""
        return self.filter(visibility=Document.Visibility.PUBLIC, removed_at__isnull=True, reader__lt=reader)


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
    # Equal content of one requester is stored once: other rows may name the same files (`record.files.erase_unnamed`).
    storage_key = models.CharField(max_length=200, db_index=True, blank=True, help_text="empty: erased with its draft")
    text_key = models.CharField(
        max_length=200, blank=True, db_index=True, help_text="where the text of a public file is stored"
    )
    text_whole = models.BooleanField(default=False, help_text="whether all of the text could be read")
    unread_parts = models.TextField(
        blank=True, default="", db_default="", help_text="names of the parts that nobody has read, one a line"
    )
    reader = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="version of the reader that read the text; 0: before they had numbers"
    )
    pictures = models.CharField(
        max_length=200, blank=True, default="", db_default="", help_text="what of a public file only people can look at"
    )
    thumbnail_key = models.CharField(
        max_length=200,
        blank=True,
        default="",
        db_default="",
        db_index=True,
        help_text="where the small picture of it is stored",
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

    objects = DocumentQuerySet.as_manager()

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

    @property
    def unread(self) -> list[str]:
        """The names of the parts that nobody has read. A name may hold a value: it is for who may read the file."""
        return self.unread_parts.splitlines()

    @property
    def is_read_whole(self) -> bool:
        """Whether a program or a person has read all of it. What nobody read is not clean."""
        return self.text_whole and not self.unread_parts


class PartRead(models.Model):
    """A part of a public file that no program can judge, and the person who read it: nothing in it is confidential."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="parts_read")
    part = models.TextField(help_text="its name in the file")
    sha256 = models.CharField(max_length=64, help_text="of the file that was read")
    read_at = models.DateTimeField()
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = "part read by a person", "parts read by a person"

    def __str__(self) -> str:
        return f"A part of {self.document_id}"


class EarlierCopy(models.Model):
    """The copy of a public file that another took the place of: it stays stored, for the record, and is not served."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="earlier_copies")
    storage_key = models.CharField(max_length=200, db_index=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(help_text="bytes")
    replaced_by_sha256 = models.CharField(max_length=64, help_text="of the copy that took its place")
    reason = models.TextField(help_text="for those who read the case; never published")
    replaced_at = models.DateTimeField()
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text="none: the site itself, after an upgrade",
    )  # fmt: skip

    class Meta:
        verbose_name, verbose_name_plural = "earlier copy", "earlier copies"
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="earlier_copy_has_reason")]

    def __str__(self) -> str:
        return f"An earlier copy of {self.document_id}"
