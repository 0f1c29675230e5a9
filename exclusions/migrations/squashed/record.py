"""The record, its seals, and mail."""

import uuid

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

TABLES = [
    migrations.CreateModel(
        name="ReferenceSequence",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("docket", models.CharField(max_length=20, unique=True)),
            ("last", models.PositiveIntegerField(default=0)),
        ],
    ),
    migrations.CreateModel(
        name="AccessLog",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("subject", models.CharField(db_index=True, max_length=60)),
            ("what", models.CharField(max_length=100)),
            ("role", models.CharField(max_length=20)),
            ("at", models.DateTimeField()),
            ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="accesses", to=settings.AUTH_USER_MODEL)),
        ],
        options={
            "verbose_name": "reading of confidential matter",
            "verbose_name_plural": "readings of confidential matter",
        },
    ),
    migrations.CreateModel(
        name="Notification",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("to", models.EmailField(max_length=254)),
            (
                "template",
                models.CharField(help_text="the name of a text in templates/email/, without .txt", max_length=40),
            ),
            ("subject", models.CharField(max_length=200)),
            ("context", models.JSONField(default=dict, help_text="public facts only")),
            ("created_at", models.DateTimeField()),
            ("sent_at", models.DateTimeField(blank=True, null=True)),
            ("attempts", models.PositiveSmallIntegerField(default=0)),
            ("last_error", models.CharField(blank=True, max_length=200)),
            (
                "request_id",
                models.CharField(
                    blank=True,
                    db_default="",
                    default="",
                    help_text="the number of the request that caused it",
                    max_length=36,
                ),
            ),
        ],
        options={
            "indexes": [
                models.Index(condition=Q(("sent_at__isnull", True)), fields=["created_at"], name="notification_unsent")
            ],
            "verbose_name": "message",
            "verbose_name_plural": "messages to people",
        },
    ),
    migrations.CreateModel(
        name="Event",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "subject",
                models.CharField(
                    help_text="what the chain is about: “petition:” and its id, for example", max_length=60
                ),
            ),
            ("sequence", models.PositiveIntegerField()),
            ("kind", models.CharField(max_length=40)),
            ("at", models.DateTimeField()),
            ("role", models.CharField(blank=True, max_length=20)),
            ("from_status", models.CharField(blank=True, max_length=20)),
            ("to_status", models.CharField(blank=True, max_length=20)),
            ("reason", models.TextField(blank=True)),
            ("data", models.JSONField(default=dict, help_text="keys and references only, never confidential values")),
            ("previous_hash", models.CharField(blank=True, max_length=64)),
            ("hash", models.CharField(max_length=64)),
            (
                "by",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="events", to=settings.AUTH_USER_MODEL
                ),
            ),
        ],
        options={"constraints": [models.UniqueConstraint(fields=("subject", "sequence"), name="event_sequence_once")]},
    ),
    migrations.CreateModel(
        name="Seal",
        fields=[
            ("id", models.BigIntegerField(help_text="counts from 1 without a gap", primary_key=True, serialize=False)),
            ("of_table", models.CharField(max_length=63)),
            ("of_row", models.CharField(help_text="its key", max_length=40)),
            ("digest", models.CharField(blank=True, help_text="empty: the row is no more", max_length=64)),
            ("shape", models.CharField(help_text="stands for the columns that the digest is over", max_length=16)),
            (
                "why",
                models.CharField(
                    blank=True, help_text="“migration” where no transaction of the product wrote", max_length=20
                ),
            ),
            ("hash", models.CharField(max_length=64)),
        ],
        options={"indexes": [models.Index(fields=["of_table", "of_row", "-id"], name="seal_of_row")]},
    ),
    migrations.CreateModel(
        name="Subscription",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("number", "HTSUS number"),
                        ("case", "Petition"),
                        ("exclusion", "Exclusion"),
                        ("organization", "Organization"),
                        ("round", "Round"),
                    ],
                    max_length=15,
                ),
            ),
            ("key", models.CharField(help_text="plain number, reference, name or short name", max_length=300)),
            ("email", models.EmailField(max_length=254)),
            (
                "link",
                models.UUIDField(
                    default=uuid.uuid4, unique=True, verbose_name="secret name, for the links in its mail"
                ),
            ),
            ("created_at", models.DateTimeField()),
            ("confirmed_at", models.DateTimeField(blank=True, null=True)),
            (
                "looked_on",
                models.DateField(blank=True, help_text="in New York; what is older has been told", null=True),
            ),
            (
                "channel",
                models.CharField(
                    choices=[("email", "E-mail"), ("feed", "Feed"), ("webhook", "Webhook")],
                    db_default="email",
                    default="email",
                    max_length=10,
                ),
            ),
            (
                "secret",
                models.TextField(
                    blank=True,
                    db_default="",
                    default="",
                    help_text="encrypted; shown once",
                    verbose_name="secret of the webhook",
                ),
            ),
            (
                "url",
                models.CharField(
                    blank=True, db_default="", default="", max_length=500, verbose_name="address of the webhook"
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=Q(
                        ("confirmed_at__isnull", True), ("confirmed_at__gte", models.F("created_at")), _connector="OR"
                    ),
                    name="subscription_confirmed_after",
                ),
                models.UniqueConstraint(fields=("kind", "key", "email", "channel"), name="subscription_once"),
                models.CheckConstraint(
                    condition=Q(
                        Q(("channel", "webhook"), ("secret__gt", ""), ("url__gt", "")),
                        Q(Q(("channel", "webhook"), _negated=True), ("secret", ""), ("url", "")),
                        _connector="OR",
                    ),
                    name="subscription_webhook_has_address",
                ),
            ],
            "indexes": [models.Index(fields=["email"], name="subscription_email")],
        },
    ),
    migrations.CreateModel(
        name="ToldNews",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("fact", models.CharField(max_length=120)),
            ("told_at", models.DateTimeField()),
            (
                "subscription",
                models.ForeignKey(on_delete=models.CASCADE, related_name="told", to="exclusions.subscription"),
            ),
        ],
        options={"constraints": [models.UniqueConstraint(fields=("subscription", "fact"), name="told_news_once")]},
    ),
    migrations.CreateModel(
        name="WebhookDelivery",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "event",
                models.UUIDField(
                    default=uuid.uuid4,
                    help_text="the same at each attempt",
                    unique=True,
                    verbose_name="name of the event",
                ),
            ),
            ("body", models.JSONField(help_text="public facts only")),
            ("created_at", models.DateTimeField()),
            ("attempts", models.PositiveSmallIntegerField(default=0)),
            ("next_at", models.DateTimeField()),
            ("delivered_at", models.DateTimeField(blank=True, null=True)),
            (
                "http_code",
                models.PositiveSmallIntegerField(blank=True, help_text="answered at the last attempt", null=True),
            ),
            ("error", models.CharField(blank=True, help_text="what went wrong at the last attempt", max_length=200)),
            (
                "subscription",
                models.ForeignKey(on_delete=models.CASCADE, related_name="deliveries", to="exclusions.subscription"),
            ),
        ],
        options={
            "indexes": [
                models.Index(
                    condition=Q(("delivered_at__isnull", True)), fields=["next_at"], name="webhook_delivery_open"
                ),
                models.Index(fields=["created_at"], name="webhook_delivery_created"),
            ],
            "verbose_name_plural": "webhook deliveries",
        },
    ),
]
