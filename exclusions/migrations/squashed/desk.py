"""What staff keep of cases: notes, questions, and who is independent."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

TABLES = [
    migrations.CreateModel(
        name="Closing",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("incomplete", "Not considered: incomplete"),
                        ("covered", "Covered by an existing exclusion"),
                        ("duplicate", "Duplicate of an earlier petition"),
                    ],
                    max_length=10,
                ),
            ),
            ("facts", models.JSONField(help_text="[{label, value}]: what it rests on")),
            ("reason", models.TextField()),
            ("closed_at", models.DateTimeField()),
            (
                "confirmed_by",
                models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
            ),
            (
                "petition",
                models.OneToOneField(on_delete=models.PROTECT, related_name="closing", to="exclusions.petition"),
            ),
            ("proposed_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
        ],
        options={
            "constraints": [
                models.CheckConstraint(condition=Q(("reason", ""), _negated=True), name="closing_has_reason"),
                models.CheckConstraint(
                    condition=Q(("proposed_by", models.F("confirmed_by")), _negated=True), name="closing_by_two_persons"
                ),
            ]
        },
    ),
    migrations.CreateModel(
        name="BlindDraw",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("drawn", models.BooleanField()),
            ("percent", models.PositiveSmallIntegerField(help_text="the share that held then")),
            ("drawn_at", models.DateTimeField()),
            ("petition", models.OneToOneField(on_delete=models.PROTECT, related_name="+", to="exclusions.petition")),
        ],
    ),
    migrations.CreateModel(
        name="OwnView",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("criterion", models.CharField(blank=True, help_text="empty: the outcome", max_length=40)),
            ("view", models.CharField(help_text="a result of the criterion, or grant or deny", max_length=20)),
            ("made_at", models.DateTimeField()),
            ("made_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ("petition", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="exclusions.petition")),
        ],
        options={
            "constraints": [models.UniqueConstraint(fields=("petition", "made_by", "criterion"), name="own_view_once")]
        },
    ),
    migrations.CreateModel(
        name="CaseNote",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("text", models.TextField()),
            ("made_at", models.DateTimeField()),
            ("made_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ("petition", models.ForeignKey(on_delete=models.CASCADE, related_name="+", to="exclusions.petition")),
        ],
        options={
            "constraints": [
                models.CheckConstraint(condition=Q(("text", ""), _negated=True), name="case_note_has_text")
            ],
            "indexes": [models.Index(fields=["petition", "-made_at"], name="case_note_newest")],
        },
    ),
    migrations.CreateModel(
        name="Mention",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("note", models.ForeignKey(on_delete=models.CASCADE, related_name="mentions", to="exclusions.casenote")),
            ("user", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
        ],
        options={"constraints": [models.UniqueConstraint(fields=("note", "user"), name="mention_once_a_note")]},
    ),
    migrations.CreateModel(
        name="CaseTag",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("put_at", models.DateTimeField()),
            ("taken_at", models.DateTimeField(blank=True, null=True)),
            ("petition", models.ForeignKey(on_delete=models.CASCADE, related_name="+", to="exclusions.petition")),
            ("put_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            (
                "taken_by",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            ("tag", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="exclusions.tag")),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(
                    condition=Q(("taken_at__isnull", True)), fields=("petition", "tag"), name="case_tag_once"
                ),
                models.CheckConstraint(
                    condition=Q(
                        Q(("taken_at__isnull", True), ("taken_by__isnull", True)),
                        Q(("taken_at__isnull", False), ("taken_by__isnull", False)),
                        _connector="OR",
                    ),
                    name="case_tag_taken_by_and_at",
                ),
            ]
        },
    ),
    migrations.CreateModel(
        name="Inquiry",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("number", models.PositiveSmallIntegerField(help_text="1 for the first question of the case, and so on")),
            ("question", models.TextField()),
            ("asked_at", models.DateTimeField()),
            ("closes_at", models.DateTimeField(help_text="the last moment at which an answer is in time")),
            ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ("lapsed_at", models.DateTimeField(blank=True, null=True)),
            ("asked_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            (
                "petition",
                models.ForeignKey(on_delete=models.PROTECT, related_name="inquiries", to="exclusions.petition"),
            ),
            (
                "withdrawn_by",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(fields=("petition", "number"), name="inquiry_number_once"),
                models.CheckConstraint(condition=Q(("question", ""), _negated=True), name="inquiry_has_question"),
                models.CheckConstraint(
                    condition=Q(("withdrawn_at__isnull", True), ("lapsed_at__isnull", True), _connector="OR"),
                    name="inquiry_one_end",
                ),
            ],
            "verbose_name_plural": "inquiries",
        },
    ),
    migrations.CreateModel(
        name="InquiryAnswer",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("text", models.TextField()),
            ("answered_at", models.DateTimeField()),
            ("answered_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ("inquiry", models.OneToOneField(on_delete=models.PROTECT, related_name="answer", to="exclusions.inquiry")),
        ],
        options={
            "constraints": [
                models.CheckConstraint(condition=Q(("text", ""), _negated=True), name="inquiry_answer_has_text")
            ]
        },
    ),
]
