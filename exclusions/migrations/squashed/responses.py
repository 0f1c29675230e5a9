"""What others said of petitions, and what was answered."""

import uuid

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

TABLES = [
    migrations.CreateModel(
        name="Response",
        fields=[
            ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ("reference", models.CharField(blank=True, max_length=50, null=True, unique=True)),
            (
                "status",
                models.CharField(
                    choices=[
                        ("unconfirmed", "Awaiting e-mail confirmation"),
                        ("submitted", "Submitted, not posted"),
                        ("posted", "Posted"),
                        ("refused", "Not posted"),
                        ("withdrawn", "Withdrawn by its author"),
                    ],
                    default="unconfirmed",
                    max_length=20,
                ),
            ),
            ("position", models.CharField(choices=[("support", "Support"), ("oppose", "Oppose")], max_length=10)),
            ("organization_name", models.CharField(max_length=300)),
            ("email", models.EmailField(max_length=254)),
            ("answers", models.JSONField(default=dict)),
            ("confirmation_digest", models.CharField(max_length=64, unique=True)),
            ("created_at", models.DateTimeField()),
            ("confirmed_at", models.DateTimeField(blank=True, null=True)),
            ("posted_at", models.DateTimeField(blank=True, null=True)),
            ("reply_closes_at", models.DateTimeField(blank=True, null=True)),
            ("refusal_reason", models.TextField(blank=True)),
            (
                "petition",
                models.ForeignKey(on_delete=models.PROTECT, related_name="responses", to="exclusions.petition"),
            ),
            (
                "posted_by",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            (
                "user",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=models.SET_NULL,
                    related_name="responses",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "replaces",
                models.ForeignKey(
                    blank=True,
                    help_text="the one it takes over from",
                    null=True,
                    on_delete=models.PROTECT,
                    related_name="+",
                    to="exclusions.response",
                ),
            ),
            ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=Q(
                        Q(("posted_at__isnull", True), ("posted_by__isnull", True)),
                        Q(("posted_at__isnull", False), ("posted_by__isnull", False)),
                        _connector="OR",
                    ),
                    name="response_posted_by_and_at",
                ),
                models.CheckConstraint(
                    condition=Q(("status", "unconfirmed"), ("confirmed_at__isnull", False), _connector="OR"),
                    name="response_confirmed",
                ),
                models.CheckConstraint(
                    condition=Q(
                        Q(("status", "withdrawn"), ("withdrawn_at__isnull", False)),
                        Q(Q(("status", "withdrawn"), _negated=True), ("withdrawn_at__isnull", True)),
                        _connector="OR",
                    ),
                    name="response_withdrawn_at",
                ),
            ],
            "indexes": [
                models.Index(condition=Q(("status", "submitted")), fields=["petition"], name="response_to_post")
            ],
        },
    ),
    migrations.CreateModel(
        name="Reply",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("answers", models.JSONField(default=dict)),
            ("submitted_at", models.DateTimeField()),
            (
                "submitted_by",
                models.ForeignKey(on_delete=models.PROTECT, related_name="replies", to=settings.AUTH_USER_MODEL),
            ),
            ("response", models.ForeignKey(on_delete=models.PROTECT, related_name="replies", to="exclusions.response")),
            (
                "attempt",
                models.PositiveSmallIntegerField(
                    db_default=1, default=1, help_text="1, and one more after each withheld"
                ),
            ),
        ],
        options={
            "constraints": [models.UniqueConstraint(fields=("response", "attempt"), name="reply_attempt_once")],
            "verbose_name_plural": "replies",
        },
    ),
    migrations.CreateModel(
        name="Reminder",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("window", "The filing window closes"),
                        ("cure", "A returned petition lapses"),
                        ("reply", "The period to reply ends"),
                    ],
                    max_length=10,
                ),
            ),
            ("due_at", models.DateTimeField()),
            ("made_at", models.DateTimeField()),
            ("petition", models.ForeignKey(on_delete=models.CASCADE, related_name="+", to="exclusions.petition")),
        ],
        options={"constraints": [models.UniqueConstraint(fields=("kind", "petition", "due_at"), name="reminder_once")]},
    ),
    migrations.CreateModel(
        name="DueAlert",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("day", models.DateField()),
            ("made_at", models.DateTimeField()),
            ("petition", models.ForeignKey(on_delete=models.CASCADE, related_name="+", to="exclusions.petition")),
            ("user", models.ForeignKey(on_delete=models.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
        ],
        options={"constraints": [models.UniqueConstraint(fields=("user", "petition", "day"), name="due_alert_once")]},
    ),
]
