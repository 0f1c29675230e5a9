"""Figures that are counted ahead, and words for goods."""

from django.db import migrations, models
from django.db.models import Q

TABLES = [
    migrations.CreateModel(
        name="GoodsWord",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("stem", models.CharField(max_length=40, unique=True)),
            ("word", models.CharField(max_length=40)),
            ("frequency", models.PositiveIntegerField()),
            ("letters", models.TextField()),
        ],
        options={"verbose_name": "word for goods", "verbose_name_plural": "words for goods"},
    ),
    migrations.CreateModel(
        name="Evidence",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("heading", models.CharField(max_length=4)),
            ("number", models.CharField(help_text="plain digits, four to ten: as far as it is known", max_length=10)),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("heading", "Heading of the schedule"),
                        ("line", "Line of the schedule"),
                        ("word", "Everyday word"),
                        ("name", "Product name of petitions"),
                        ("exclusion", "Text of an exclusion"),
                    ],
                    max_length=10,
                ),
            ),
            ("text", models.TextField()),
            ("terms", models.TextField()),
            ("head", models.CharField(blank=True, max_length=40)),
            ("confidence", models.FloatField(help_text="from 0 to 1")),
            (
                "edition",
                models.CharField(blank=True, help_text="of the schedule that says so; empty: none", max_length=100),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=Q(("confidence__gt", 0), ("confidence__lte", 1)), name="evidence_confidence_is_share"
                )
            ],
            "indexes": [models.Index(fields=["kind", "number"], name="evidence_kind_number")],
            "verbose_name": "evidence of a word for goods",
            "verbose_name_plural": "evidence of words for goods",
        },
    ),
    migrations.CreateModel(
        name="CountedFigures",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("slug", models.SlugField(unique=True)),
            ("counted_at", models.DateTimeField()),
            ("version", models.PositiveBigIntegerField(help_text="of the docket that was counted")),
            ("figures", models.JSONField()),
        ],
    ),
    migrations.CreateModel(
        name="DocketTally",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("docket", models.CharField(max_length=20)),
            ("stage", models.CharField(max_length=10)),
            ("chapter", models.CharField(max_length=2, verbose_name="chapter of the HTSUS")),
            ("number", models.BigIntegerField()),
        ],
        options={"indexes": [models.Index(fields=["docket", "stage", "chapter"], name="docket_tally_kind")]},
    ),
    migrations.CreateModel(
        name="DocketDay",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("day", models.DateField(db_index=True)),
            ("number", models.BigIntegerField()),
        ],
    ),
]
