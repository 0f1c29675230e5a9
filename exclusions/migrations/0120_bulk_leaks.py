"""Confidential values in public answers of bulk sheets, and what was stated of them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    serving = "must stop: the version before could not delete rows of a sheet that have what the new table holds."
    dependencies = [
        ("exclusions", "0119_watches_by_words_and_rate"),
    ]

    operations = [
        migrations.CreateModel(
            name="BulkLeak",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("leak", models.CharField(max_length=40)),
                ("place", models.CharField(help_text="key of the public question", max_length=80)),
                ("message", models.TextField(help_text="what the check says")),
                ("excerpt", models.TextField(help_text="the words around the value")),
                ("statement", models.TextField(blank=True, default="", help_text="why everyone may read it")),
                ("stated_at", models.DateTimeField(blank=True, null=True)),
                (
                    "row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="leaks", to="exclusions.bulkrow"
                    ),
                ),
                (
                    "stated_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["leak", "row"], name="bulk_leak_by_value")],
                "constraints": [
                    models.UniqueConstraint(fields=("row", "leak"), name="bulk_leak_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stated_at__isnull", True), ("stated_by__isnull", True), ("statement", "")),
                            models.Q(
                                models.Q(("statement", ""), _negated=True),
                                ("stated_at__isnull", False),
                                ("stated_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="bulk_leak_stated_by_and_at",
                    ),
                ],
            },
        ),
    ]
