"""Bulk sheets: many petitions of one requester, prepared as rows until they become drafts."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    serving = "may go on: two new tables, which the version before neither reads nor writes."
    dependencies = [
        ("exclusions", "0111_supplements"),
    ]

    operations = [
        migrations.CreateModel(
            name="BulkSheet",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField()),
                (
                    "company",
                    models.JSONField(
                        blank=True, default=dict, help_text="the answers that are given once for all rows"
                    ),
                ),
                ("headings", models.JSONField(blank=True, default=list, help_text="in the filer's own order")),
                (
                    "remarks",
                    models.JSONField(blank=True, default=list, help_text="sentences about the table as a whole"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "No rows yet"),
                            ("checking", "Being checked"),
                            ("checked", "Checked"),
                            ("drafting", "Drafts being made"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                (
                    "revision",
                    models.PositiveIntegerField(default=0, help_text="grows with each table and each company's part"),
                ),
                (
                    "wanted",
                    models.CharField(
                        blank=True,
                        choices=[("valid", "Rows without errors"), ("all", "All rows")],
                        help_text="which rows become drafts",
                        max_length=10,
                    ),
                ),
                ("stopped", models.JSONField(blank=True, default=list, help_text="why no more drafts could be made")),
                (
                    "leased_until",
                    models.DateTimeField(blank=True, help_text="until then someone is at work on its rows", null=True),
                ),
                ("last_draft_at", models.DateTimeField(blank=True, null=True)),
                (
                    "filer_organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="exclusions.organization",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="exclusions.organization"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="exclusions.round"
                    ),
                ),
                (
                    "wanted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BulkRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(help_text="its line in the table, counted from 1")),
                ("cells", models.JSONField(default=list, help_text="texts, in the order of the sheet's headings")),
                (
                    "tables",
                    models.JSONField(
                        blank=True, default=dict, help_text="answers of many rows, {key: [{column: text}]}"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waits to be checked"), ("valid", "No errors"), ("wrong", "Has errors")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("faults", models.JSONField(blank=True, default=list)),
                (
                    "drafted_at",
                    models.DateTimeField(blank=True, help_text="stays when the draft is deleted", null=True),
                ),
                (
                    "petition",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="exclusions.petition",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="exclusions.bulksheet"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="bulksheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "drafting"), _negated=True),
                    models.Q(("wanted_by__isnull", False), models.Q(("wanted", ""), _negated=True)),
                    _connector="OR",
                ),
                name="bulk_sheet_drafting_is_wanted",
            ),
        ),
        migrations.AddIndex(
            model_name="bulkrow",
            index=models.Index(fields=["sheet", "state", "number"], name="bulk_row_by_state"),
        ),
        migrations.AddConstraint(
            model_name="bulkrow",
            constraint=models.UniqueConstraint(fields=("sheet", "number"), name="bulk_row_number_once"),
        ),
        migrations.AddConstraint(
            model_name="bulkrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("petition__isnull", True), ("drafted_at__isnull", False), _connector="OR"),
                name="bulk_row_draft_has_moment",
            ),
        ),
    ]
