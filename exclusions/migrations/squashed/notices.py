"""Notices as they are drafted, and when exclusions that end were reminded of."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

TABLES = [
    migrations.CreateModel(
        name="NoticeDraft",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "status",
                models.CharField(
                    choices=[
                        ("drafted", "Drafted"),
                        ("sent", "Sent to the Federal Register"),
                        ("published", "Published"),
                        ("dropped", "Dropped"),
                    ],
                    default="drafted",
                    max_length=10,
                ),
            ),
            ("created_at", models.DateTimeField()),
            ("sent_at", models.DateTimeField(blank=True, null=True)),
            ("facts", models.JSONField(blank=True, help_text="what was sent: none while it is drafted", null=True)),
            ("created_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            (
                "notice",
                models.OneToOneField(
                    blank=True,
                    null=True,
                    on_delete=models.PROTECT,
                    related_name="draft",
                    to="exclusions.federalnotice",
                    verbose_name="as published",
                ),
            ),
            (
                "sent_by",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=Q(Q(("status", "published"), _negated=True), ("notice__isnull", False), _connector="OR"),
                    name="notice_draft_published_as_notice",
                ),
                models.CheckConstraint(
                    condition=Q(
                        Q(("status__in", ("sent", "published")), _negated=True),
                        ("facts__isnull", False),
                        _connector="OR",
                    ),
                    name="notice_draft_sent_with_facts",
                ),
            ]
        },
    ),
    migrations.CreateModel(
        name="NoticeItem",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("grant", "Grant"),
                        ("extension", "Extension"),
                        ("reinstatement", "Reinstatement"),
                        ("withdrawal", "Withdrawal"),
                        ("amendment", "Technical amendment"),
                    ],
                    max_length=15,
                ),
            ),
            ("heading", models.CharField(max_length=8)),
            ("note", models.CharField(max_length=20, verbose_name="U.S. note subdivision")),
            ("number", models.PositiveIntegerField(verbose_name="paragraph of the note")),
            ("starts_on", models.DateField(blank=True, null=True, verbose_name="first day")),
            ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
            ("text", models.TextField()),
            ("text_before", models.TextField(blank=True, verbose_name="text deleted")),
            ("reason", models.CharField(blank=True, max_length=1000)),
            ("draft", models.ForeignKey(on_delete=models.CASCADE, related_name="items", to="exclusions.noticedraft")),
            ("exclusion", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="exclusions.exclusion")),
            (
                "term",
                models.ForeignKey(
                    blank=True,
                    help_text="the term that it completes, follows or ends",
                    null=True,
                    on_delete=models.PROTECT,
                    related_name="+",
                    to="exclusions.exclusionterm",
                ),
            ),
            (
                "written",
                models.ForeignKey(
                    blank=True,
                    help_text="the term that its publication wrote",
                    null=True,
                    on_delete=models.PROTECT,
                    related_name="+",
                    to="exclusions.exclusionterm",
                ),
            ),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(fields=("draft", "kind", "exclusion", "heading"), name="notice_item_once"),
                models.CheckConstraint(
                    condition=Q(
                        ("starts_on__isnull", True),
                        ("ends_on__isnull", True),
                        ("ends_on__gte", models.F("starts_on")),
                        _connector="OR",
                    ),
                    name="notice_item_dates",
                ),
            ]
        },
    ),
    migrations.CreateModel(
        name="NoticeItemCase",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("item", models.ForeignKey(on_delete=models.CASCADE, related_name="cases", to="exclusions.noticeitem")),
            ("petition", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="exclusions.petition")),
        ],
        options={"constraints": [models.UniqueConstraint(fields=("item", "petition"), name="notice_item_case_once")]},
    ),
    migrations.CreateModel(
        name="ExpiryReminder",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("ends_on", models.DateField()),
            ("days", models.PositiveSmallIntegerField(help_text="how many days ahead")),
            ("made_at", models.DateTimeField()),
            ("exclusion", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="exclusions.exclusion")),
        ],
        options={
            "constraints": [models.UniqueConstraint(fields=("exclusion", "ends_on", "days"), name="expiry_told_once")]
        },
    ),
    migrations.CreateModel(
        name="LookedForNotices",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "until",
                models.DateField(help_text="the last day whose notices were searched", verbose_name="searched through"),
            ),
            ("looked_at", models.DateTimeField(verbose_name="searched at")),
        ],
        options={"verbose_name": "search for notices", "verbose_name_plural": "searches for notices"},
    ),
]
