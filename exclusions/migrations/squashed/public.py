"""What the public reads: copies filled by an allow-list."""

from django.db import migrations, models
from django.db.models import Q

TABLES = [
    migrations.CreateModel(
        name="PublicPetition",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("reference", models.CharField(max_length=40, unique=True)),
            ("docket", models.CharField(db_index=True, max_length=20)),
            ("organization_name", models.CharField(max_length=300)),
            ("filer_name", models.CharField(blank=True, max_length=300)),
            ("hts10", models.CharField(max_length=10)),
            ("product_name", models.CharField(max_length=300)),
            (
                "stage",
                models.CharField(
                    choices=[
                        ("stage1", "Stage 1: Public comment period"),
                        ("stage2", "Stage 2: Initial substantive review"),
                        ("stage3", "Stage 3: Administrability review"),
                        ("stage4", "Stage 4: Final determination"),
                        ("granted", "Granted"),
                        ("in_part", "Granted in part"),
                        ("denied", "Denied"),
                        ("withdrawn", "Withdrawn"),
                        ("incomplete", "Not considered: incomplete"),
                        ("covered", "Covered by an existing exclusion"),
                        ("duplicate", "Duplicate of an earlier petition"),
                    ],
                    max_length=10,
                ),
            ),
            ("move", models.CharField(blank=True, max_length=80, verbose_name="whose move it is")),
            ("posted_on", models.DateField(blank=True, null=True)),
            ("response_closes_at", models.DateTimeField(blank=True, null=True)),
            ("reply_closes_at", models.DateTimeField(blank=True, null=True)),
            ("answers", models.JSONField(default=list, help_text="the public version: step, key, label, value")),
            ("search_text", models.TextField(blank=True)),
            ("support_count", models.PositiveIntegerField(default=0)),
            ("oppose_count", models.PositiveIntegerField(default=0)),
            ("decided_on", models.DateField(blank=True, null=True)),
            ("rationale", models.TextField(blank=True)),
            ("denial_codes", models.JSONField(default=list)),
            ("findings", models.JSONField(default=list, help_text="criterion, title, result, reasons")),
            ("historical", models.BooleanField(default=False, help_text="loaded from a docket spreadsheet")),
            ("updated_at", models.DateTimeField()),
            (
                "exclusion",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=models.PROTECT,
                    related_name="public_petitions",
                    to="exclusions.exclusion",
                ),
            ),
            (
                "round",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=models.PROTECT,
                    related_name="public_petitions",
                    to="exclusions.round",
                ),
            ),
            (
                "taken_down",
                models.JSONField(default=list, help_text="things in quarantine: what, reference, label, on, ground"),
            ),
            (
                "explanations",
                models.JSONField(
                    db_default=models.Value([], models.JSONField()),
                    default=list,
                    help_text="key, title, words, reasons",
                ),
            ),
            (
                "layout",
                models.PositiveSmallIntegerField(
                    db_default=1,
                    default=1,
                    help_text="of the copy; one of an earlier layout is written anew by migrate",
                ),
            ),
            (
                "former_decisions",
                models.JSONField(
                    db_default=[], default=list, help_text="decisions that were reopened, newest first, with the reason"
                ),
            ),
            (
                "closing",
                models.JSONField(
                    db_default=models.Value({}, models.JSONField()),
                    default=dict,
                    help_text="closed without its merits: on, facts",
                ),
            ),
            (
                "narrowing",
                models.JSONField(
                    db_default=models.Value({}, models.JSONField()),
                    default=dict,
                    help_text="granted in part: asked, granted, reasons, proposed_by",
                ),
            ),
            (
                "exclusion_confidence",
                models.CharField(
                    blank=True,
                    db_default="",
                    default="",
                    help_text="of a link found by comparing; empty: decided here",
                    max_length=10,
                ),
            ),
            (
                "questions",
                models.JSONField(
                    db_default=models.Value([], models.JSONField()),
                    default=list,
                    help_text="of the agency to the filer: number, question, asked_on, until, state, ended_on, answer",
                ),
            ),
        ],
        options={
            "indexes": [
                models.Index(fields=["-posted_on", "-reference"], name="public_petition_newest"),
                models.Index(fields=["stage", "-posted_on", "-reference"], name="public_petition_stage"),
                models.Index(fields=["-decided_on", "-reference"], name="public_petition_decided"),
                models.Index(fields=["organization_name", "reference"], name="public_petition_organization"),
                models.Index(fields=["docket", "-posted_on", "-reference"], name="public_petition_docket"),
                models.Index(fields=["docket", "stage", "-posted_on", "-reference"], name="public_petition_kind"),
                models.Index(
                    fields=["hts10", "-posted_on", "-reference"],
                    include=("stage", "docket"),
                    name="public_petition_number",
                ),
                models.Index(fields=["-updated_at", "-reference"], name="public_petition_updated"),
            ]
        },
    ),
    migrations.CreateModel(
        name="PublicResponse",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("reference", models.CharField(max_length=50, unique=True)),
            ("organization_name", models.CharField(max_length=300)),
            ("position", models.CharField(choices=[("support", "Support"), ("oppose", "Oppose")], max_length=10)),
            ("answers", models.JSONField(default=list)),
            ("posted_at", models.DateTimeField()),
            ("reply_closes_at", models.DateTimeField(blank=True, null=True)),
            ("reply_answers", models.JSONField(default=list)),
            ("replied_at", models.DateTimeField(blank=True, null=True)),
            (
                "petition",
                models.ForeignKey(on_delete=models.CASCADE, related_name="responses", to="exclusions.publicpetition"),
            ),
            (
                "layout",
                models.PositiveSmallIntegerField(
                    db_default=1,
                    default=1,
                    help_text="of the copy; one of an earlier layout is written anew by migrate",
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=Q(("replied_at__isnull", False), ("reply_answers", []), _connector="OR"),
                    name="public_reply_has_moment",
                )
            ]
        },
    ),
    migrations.CreateModel(
        name="PublicDocument",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("key", models.UUIDField(unique=True)),
            ("file_name", models.CharField(max_length=150)),
            ("content_type", models.CharField(max_length=100)),
            ("size", models.PositiveBigIntegerField()),
            ("sha256", models.CharField(max_length=64)),
            ("storage_key", models.CharField(max_length=200)),
            ("scan", models.CharField(max_length=20)),
            (
                "petition",
                models.ForeignKey(on_delete=models.CASCADE, related_name="documents", to="exclusions.publicpetition"),
            ),
            (
                "response",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=models.CASCADE,
                    related_name="documents",
                    to="exclusions.publicresponse",
                ),
            ),
            (
                "thumbnail_key",
                models.CharField(
                    blank=True, db_default="", default="", max_length=200, verbose_name="key of the small picture"
                ),
            ),
            ("thumbnail_width", models.PositiveSmallIntegerField(blank=True, help_text="pixels", null=True)),
            ("thumbnail_height", models.PositiveSmallIntegerField(blank=True, help_text="pixels", null=True)),
        ],
    ),
    migrations.CreateModel(
        name="DocketVersion",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("number", models.PositiveBigIntegerField(default=0)),
        ],
    ),
]
