"""What the public reads of letters, and what stands where something was taken down."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

TABLES = [
    migrations.CreateModel(
        name="PublicLetter",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("code", models.CharField(max_length=20, unique=True, verbose_name="verification code")),
            ("reference", models.CharField(blank=True, max_length=40)),
            ("kind", models.CharField(max_length=40, verbose_name="kind, in words")),
            ("issued_at", models.DateTimeField()),
            ("sha256", models.CharField(max_length=64)),
            (
                "anchor",
                models.CharField(
                    blank=True,
                    db_default="",
                    default="",
                    max_length=64,
                    verbose_name="digest of the record, as printed",
                ),
            ),
            (
                "head",
                models.CharField(
                    blank=True, db_default="", default="", max_length=80, verbose_name="head of the case, as printed"
                ),
            ),
            ("taken_down_at", models.DateTimeField(blank=True, null=True)),
            (
                "ground",
                models.CharField(
                    blank=True,
                    choices=[
                        ("confidential", "it held business confidential information"),
                        ("personal", "it held personal information"),
                        ("anothers", "it held what another party may not have published"),
                        ("mistake", "it was published by mistake"),
                        ("author", "its author asked for it"),
                        ("withdrawn", "withdrawn by its author"),
                        ("law", "a law or an order requires it"),
                    ],
                    db_default="",
                    default="",
                    max_length=20,
                ),
            ),
            (
                "reason",
                models.CharField(
                    blank=True, db_default="", default="", max_length=1000, verbose_name="why it supersedes it"
                ),
            ),
            ("superseded_at", models.DateTimeField(blank=True, null=True)),
            (
                "superseded_by",
                models.CharField(
                    blank=True, db_default="", default="", max_length=20, verbose_name="code of the next one"
                ),
            ),
            (
                "supersedes",
                models.CharField(
                    blank=True, db_default="", default="", max_length=20, verbose_name="code of the one before"
                ),
            ),
        ],
    ),
    migrations.CreateModel(
        name="PublicDownload",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("reference", models.CharField(db_index=True, max_length=40, verbose_name="reference of the petition")),
            ("key", models.UUIDField(verbose_name="key of the file")),
            ("at", models.DateTimeField()),
            (
                "by",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
        ],
    ),
    migrations.CreateModel(
        name="Tombstone",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("reference", models.CharField(db_index=True, max_length=40, verbose_name="reference of the petition")),
            (
                "key",
                models.UUIDField(
                    blank=True,
                    help_text="none: the petition itself",
                    null=True,
                    unique=True,
                    verbose_name="key of the file",
                ),
            ),
            ("taken_down_at", models.DateTimeField()),
            (
                "ground",
                models.CharField(
                    blank=True,
                    choices=[
                        ("confidential", "it held business confidential information"),
                        ("personal", "it held personal information"),
                        ("anothers", "it held what another party may not have published"),
                        ("mistake", "it was published by mistake"),
                        ("author", "its author asked for it"),
                        ("withdrawn", "withdrawn by its author"),
                        ("law", "a law or an order requires it"),
                    ],
                    db_default="",
                    default="",
                    max_length=20,
                ),
            ),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(
                    condition=Q(("key__isnull", True)), fields=("reference",), name="tombstone_one_a_petition"
                )
            ]
        },
    ),
    migrations.CreateModel(
        name="Anchor",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("day", models.DateField(help_text="in New York", unique=True)),
            ("made_at", models.DateTimeField()),
            ("seal", models.BigIntegerField(help_text="number of the last seal")),
            ("seal_hash", models.CharField(blank=True, max_length=64)),
            ("chains", models.PositiveIntegerField(help_text="how many chains of events grew since the anchor before")),
            ("previous", models.CharField(blank=True, max_length=64, verbose_name="digest of the anchor before")),
            ("digest", models.CharField(max_length=64)),
        ],
    ),
]
