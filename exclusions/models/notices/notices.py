"""Notices before they are in the Federal Register: what is to go into one, item by item.

A draft is a working paper until it is sent; from then on `facts` are what was sent, from which every output is made.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from exclusions.models.casework.decision import FederalNotice
from exclusions.models.exclusion import Exclusion, ExclusionTerm
from exclusions.models.petition import Petition


class NoticeDraft(models.Model):
    """A notice that is being written: drafted, sent to the Federal Register, published, or dropped before that."""

    class Status(models.TextChoices):
        DRAFTED = "drafted", "Drafted"
        SENT = "sent", "Sent to the Federal Register"
        PUBLISHED = "published", "Published"
        DROPPED = "dropped", "Dropped"

    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFTED)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    facts = models.JSONField(null=True, blank=True, help_text="what was sent: none while it is drafted")
    notice = models.OneToOneField(
        FederalNotice,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="draft",
        verbose_name="as published",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="published") | Q(notice__isnull=False), name="notice_draft_published_as_notice"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=("sent", "published")) | Q(facts__isnull=False),
                name="notice_draft_sent_with_facts",
            ),
        ]

    def __str__(self) -> str:
        return f"notice draft {self.pk}"


class NoticeItem(models.Model):
    """One row of a notice's annex: what it does to one exclusion under one heading.

    `heading` is plain, `note` the letters of the subdivision, `number` the paragraph in it. `starts_on` and `ends_on`
    are inclusive; None: by the rule of the round, from the day of publication. `text` are the words of the product as
    they go out; of an amendment `text_before` are those deleted. `reason` is public.
    """

    class Kind(models.TextChoices):
        GRANT = "grant", "Grant"
        EXTENSION = "extension", "Extension"
        REINSTATEMENT = "reinstatement", "Reinstatement"
        WITHDRAWAL = "withdrawal", "Withdrawal"
        AMENDMENT = "amendment", "Technical amendment"

    draft = models.ForeignKey(NoticeDraft, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=15, choices=Kind.choices)
    exclusion = models.ForeignKey(Exclusion, on_delete=models.PROTECT, related_name="+")
    term = models.ForeignKey(
        ExclusionTerm, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text="the term that it completes, follows or ends",
    )  # fmt: skip
    heading = models.CharField(max_length=8)
    note = models.CharField("U.S. note subdivision", max_length=20)
    number = models.PositiveIntegerField("paragraph of the note")
    starts_on = models.DateField("first day", null=True, blank=True)
    ends_on = models.DateField("last day", null=True, blank=True)
    text = models.TextField()
    text_before = models.TextField("text deleted", blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    written = models.ForeignKey(
        ExclusionTerm, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text="the term that its publication wrote",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "kind", "exclusion", "heading"], name="notice_item_once"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="notice_item_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.exclusion}"


class NoticeItemCase(models.Model):
    """A granted case that an item of a notice answers."""

    item = models.ForeignKey(NoticeItem, on_delete=models.CASCADE, related_name="cases")
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "petition"], name="notice_item_case_once")]

    def __str__(self) -> str:
        return f"{self.petition} in {self.item}"
