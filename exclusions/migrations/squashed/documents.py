"""Files, and what is confidential in them and in words."""

import uuid

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

TABLES = [
    migrations.CreateModel(
        name="Document",
        fields=[
            ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ("question_key", models.CharField(max_length=60)),
            (
                "visibility",
                models.CharField(
                    choices=[("public", "Public"), ("confidential", "Business confidential")], max_length=20
                ),
            ),
            ("ground", models.TextField(blank=True, verbose_name="ground for confidential treatment")),
            ("public_summary", models.TextField(blank=True)),
            ("file_name", models.CharField(max_length=150)),
            ("content_type", models.CharField(max_length=100)),
            ("size", models.PositiveBigIntegerField(help_text="bytes")),
            ("sha256", models.CharField(max_length=64)),
            ("storage_key", models.CharField(max_length=200, unique=True)),
            (
                "scan",
                models.CharField(
                    choices=[("not_scanned", "Not virus-scanned"), ("clean", "Clean"), ("infected", "Infected")],
                    default="not_scanned",
                    max_length=20,
                ),
            ),
            ("uploaded_at", models.DateTimeField()),
            ("removed_at", models.DateTimeField(blank=True, null=True)),
            (
                "uploaded_by",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            (
                "petition",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.CASCADE, related_name="documents", to="exclusions.petition"
                ),
            ),
            (
                "response",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.CASCADE, related_name="documents", to="exclusions.response"
                ),
            ),
            (
                "reply",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.CASCADE, related_name="documents", to="exclusions.reply"
                ),
            ),
            (
                "text_key",
                models.CharField(blank=True, help_text="where the text of a public file is stored", max_length=200),
            ),
            ("text_whole", models.BooleanField(default=False, help_text="whether all of the text could be read")),
            ("uploaded_sha256", models.CharField(blank=True, help_text="before metadata was taken out", max_length=64)),
            (
                "pictures",
                models.CharField(
                    blank=True,
                    db_default="",
                    default="",
                    help_text="what of a public file only people can look at",
                    max_length=200,
                ),
            ),
            (
                "thumbnail_key",
                models.CharField(
                    blank=True,
                    db_default="",
                    default="",
                    help_text="where the small picture of it is stored",
                    max_length=200,
                ),
            ),
            (
                "thumbnail_width",
                models.PositiveSmallIntegerField(
                    blank=True, help_text="pixels; 0: none can be made; empty: not tried yet", null=True
                ),
            ),
            ("thumbnail_height", models.PositiveSmallIntegerField(blank=True, help_text="pixels", null=True)),
            (
                "reader",
                models.PositiveSmallIntegerField(
                    db_default=0,
                    default=0,
                    help_text="version of the reader that read the text; 0: before they had numbers",
                ),
            ),
            (
                "unread_parts",
                models.TextField(
                    blank=True,
                    db_default="",
                    default="",
                    help_text="names of the parts that nobody has read, one a line",
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=Q(
                        Q(("petition__isnull", False), ("reply__isnull", True), ("response__isnull", True)),
                        Q(("petition__isnull", True), ("reply__isnull", True), ("response__isnull", False)),
                        Q(("petition__isnull", True), ("reply__isnull", False), ("response__isnull", True)),
                        _connector="OR",
                    ),
                    name="document_has_one_home",
                )
            ]
        },
    ),
    migrations.CreateModel(
        name="ConfidentialityRefusal",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("question_key", models.CharField(max_length=60)),
            ("reason", models.TextField()),
            ("refused_at", models.DateTimeField()),
            (
                "answer_digest",
                models.CharField(help_text="of the answer that was refused: another one is a cure", max_length=64),
            ),
            (
                "document",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.CASCADE, related_name="+", to="exclusions.document"
                ),
            ),
            (
                "petition",
                models.ForeignKey(
                    on_delete=models.CASCADE, related_name="confidentiality_refusals", to="exclusions.petition"
                ),
            ),
            ("refused_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
        ],
    ),
    migrations.CreateModel(
        name="LeakSettlement",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("leak", models.CharField(max_length=40)),
            ("place", models.CharField(help_text="key of the public question", max_length=80)),
            ("statement", models.TextField()),
            ("stated_at", models.DateTimeField()),
            (
                "petition",
                models.ForeignKey(on_delete=models.CASCADE, related_name="leak_settlements", to="exclusions.petition"),
            ),
            (
                "stated_by",
                models.ForeignKey(
                    blank=True,
                    help_text="empty: a responder without an account",
                    null=True,
                    on_delete=models.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "is_coincidence",
                models.BooleanField(db_default=False, default=False, verbose_name="said to be a coincidence, by staff"),
            ),
            ("seconded_at", models.DateTimeField(blank=True, null=True)),
            (
                "seconded_by",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            ("words", models.TextField(blank=True, db_default="", default="")),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(fields=("petition", "leak"), name="leak_settled_once"),
                models.CheckConstraint(
                    condition=Q(
                        Q(("seconded_at__isnull", True), ("seconded_by__isnull", True)),
                        Q(("is_coincidence", True), ("seconded_at__isnull", False), ("seconded_by__isnull", False)),
                        _connector="OR",
                    ),
                    name="leak_seconded_by_and_at",
                ),
                models.CheckConstraint(
                    condition=Q(("is_coincidence", False), ("stated_by__isnull", False), _connector="OR"),
                    name="leak_coincidence_by_staff",
                ),
                models.CheckConstraint(
                    condition=Q(
                        ("seconded_by__isnull", True),
                        Q(("seconded_by", models.F("stated_by")), _negated=True),
                        _connector="OR",
                    ),
                    name="leak_seconded_by_another",
                ),
            ]
        },
    ),
    migrations.CreateModel(
        name="PartRead",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("part", models.TextField(help_text="its name in the file")),
            ("sha256", models.CharField(help_text="of the file that was read", max_length=64)),
            ("read_at", models.DateTimeField()),
            (
                "document",
                models.ForeignKey(on_delete=models.CASCADE, related_name="parts_read", to="exclusions.document"),
            ),
            ("read_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
        ],
        options={"verbose_name": "part read by a person", "verbose_name_plural": "parts read by a person"},
    ),
    migrations.CreateModel(
        name="EarlierCopy",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("storage_key", models.CharField(max_length=200, unique=True)),
            ("sha256", models.CharField(max_length=64)),
            ("size", models.PositiveBigIntegerField(help_text="bytes")),
            ("replaced_by_sha256", models.CharField(help_text="of the copy that took its place", max_length=64)),
            ("reason", models.TextField(help_text="for those who read the case; never published")),
            ("replaced_at", models.DateTimeField()),
            (
                "document",
                models.ForeignKey(on_delete=models.CASCADE, related_name="earlier_copies", to="exclusions.document"),
            ),
            (
                "replaced_by",
                models.ForeignKey(
                    blank=True,
                    help_text="none: the site itself, after an upgrade",
                    null=True,
                    on_delete=models.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(condition=Q(("reason", ""), _negated=True), name="earlier_copy_has_reason")
            ],
            "verbose_name": "earlier copy",
            "verbose_name_plural": "earlier copies",
        },
    ),
]
