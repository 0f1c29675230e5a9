"""Certificates of bulk sheets, and what is known of each row on the way to its filing."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    serving = "must stop: it adds columns to the rows of bulk sheets."
    dependencies = [
        ("exclusions", "0113_own_webhooks"),
    ]

    operations = [
        migrations.AddField(
            model_name="bulkrow",
            name="filed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="bulkrow",
            name="left_out",
            field=models.JSONField(blank=True, default=list, help_text="sentences: why it was certified and not filed"),
        ),
        migrations.AddField(
            model_name="bulkrow",
            name="passed",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="bulkrow",
            name="problems",
            field=models.JSONField(blank=True, default=list, help_text="sentences"),
        ),
        migrations.AddField(
            model_name="bulkrow",
            name="proof_digest",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="bulkrow",
            name="proof_stamp",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name="bulkrow",
            name="proved_revision",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="bulksheet",
            name="revision",
            field=models.PositiveIntegerField(
                default=0, help_text="grows with each table, each company's part, each check of the drafts"
            ),
        ),
        migrations.AlterField(
            model_name="bulksheet",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "No rows yet"),
                    ("checking", "Being checked"),
                    ("checked", "Checked"),
                    ("drafting", "Drafts being made"),
                    ("proving", "Drafts being checked"),
                    ("filing", "Petitions being filed"),
                ],
                default="open",
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="BulkCertificate",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("sheet_key", models.UUIDField(help_text="of the sheet, which is deleted one day")),
                ("docket", models.CharField(max_length=30)),
                ("made_at", models.DateTimeField()),
                ("statements", models.JSONField(help_text="[[key, words]] as the form had them")),
                (
                    "drafts",
                    models.JSONField(
                        help_text="[[key of the draft, its revision, digest of its answers and documents]]"
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="bulkrow",
            name="certificate",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rows",
                to="exclusions.bulkcertificate",
            ),
        ),
        migrations.AddConstraint(
            model_name="bulkrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("filed_at__isnull", True), ("certificate__isnull", False), _connector="OR"),
                name="bulk_row_filed_is_certified",
            ),
        ),
    ]
