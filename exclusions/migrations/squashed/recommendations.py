"""Findings, recommendations and what is said of them."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

TABLES = [
    migrations.CreateModel(
        name="LegalReview",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "outcome",
                models.CharField(
                    choices=[("grant", "Grant"), ("in_part", "Grant in part"), ("deny", "Deny")], max_length=10
                ),
            ),
            ("reasons", models.TextField()),
            ("departs", models.BooleanField(default=False, verbose_name="departs from the recommendation")),
            ("denial_codes", models.JSONField(default=list)),
            ("made_at", models.DateTimeField()),
            (
                "made_by",
                models.ForeignKey(on_delete=models.PROTECT, related_name="legal_reviews", to=settings.AUTH_USER_MODEL),
            ),
            (
                "petition",
                models.ForeignKey(on_delete=models.CASCADE, related_name="legal_reviews", to="exclusions.petition"),
            ),
            (
                "departure",
                models.TextField(
                    blank=True, db_default="", default="", verbose_name="why it departs from the desk before"
                ),
            ),
            (
                "adopts",
                models.CharField(
                    blank=True,
                    db_default="",
                    default="",
                    max_length=20,
                    verbose_name="the desk whose codes and reasons it adopts",
                ),
            ),
            (
                "joint",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="exclusions.jointact"
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(condition=Q(("reasons", ""), _negated=True), name="legal_review_has_reasons")
            ]
        },
    ),
    migrations.CreateModel(
        name="Finding",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("criterion", models.CharField(max_length=40)),
            (
                "result",
                models.CharField(
                    choices=[
                        ("supports", "Supports exclusion"),
                        ("against", "Against exclusion"),
                        ("neutral", "Neutral"),
                        ("not_shown", "Not shown"),
                    ],
                    max_length=20,
                ),
            ),
            ("reasons", models.TextField(verbose_name="reasons (public)")),
            ("confidential_note", models.TextField(blank=True, verbose_name="note on confidential evidence")),
            ("citations", models.JSONField(default=list, help_text="answer keys, response references, document ids")),
            ("level", models.PositiveSmallIntegerField(default=1)),
            ("made_at", models.DateTimeField()),
            (
                "made_by",
                models.ForeignKey(on_delete=models.PROTECT, related_name="findings", to=settings.AUTH_USER_MODEL),
            ),
            (
                "petition",
                models.ForeignKey(on_delete=models.CASCADE, related_name="findings", to="exclusions.petition"),
            ),
            (
                "joint",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="exclusions.jointact"
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(condition=Q(("reasons", ""), _negated=True), name="finding_has_reasons")
            ]
        },
    ),
    migrations.CreateModel(
        name="ConsistencyReview",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "compared_with",
                models.JSONField(default=list, help_text="references of the cases that were chosen to compare"),
            ),
            ("reasons", models.TextField()),
            ("made_at", models.DateTimeField()),
            (
                "made_by",
                models.ForeignKey(
                    on_delete=models.PROTECT, related_name="consistency_reviews", to=settings.AUTH_USER_MODEL
                ),
            ),
            (
                "petition",
                models.ForeignKey(
                    on_delete=models.CASCADE, related_name="consistency_reviews", to="exclusions.petition"
                ),
            ),
            (
                "joint",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="exclusions.jointact"
                ),
            ),
            (
                "likes",
                models.JSONField(
                    db_default=models.Value([], models.JSONField()),
                    default=list,
                    help_text="the like cases as they stood, by outcome and docket: key, label, references, distinction",
                ),
            ),
        ],
    ),
    migrations.CreateModel(
        name="CommitteeAssessment",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "outcome",
                models.CharField(
                    choices=[("grant", "Grant"), ("in_part", "Grant in part"), ("deny", "Deny")], max_length=10
                ),
            ),
            ("reasons", models.TextField()),
            ("made_at", models.DateTimeField()),
            (
                "made_by",
                models.ForeignKey(on_delete=models.PROTECT, related_name="assessments", to=settings.AUTH_USER_MODEL),
            ),
            (
                "petition",
                models.ForeignKey(on_delete=models.CASCADE, related_name="assessments", to="exclusions.petition"),
            ),
            (
                "departure",
                models.TextField(
                    blank=True, db_default="", default="", verbose_name="why it departs from the desk before"
                ),
            ),
            (
                "adopts",
                models.CharField(
                    blank=True,
                    db_default="",
                    default="",
                    max_length=20,
                    verbose_name="the desk whose codes and reasons it adopts",
                ),
            ),
            (
                "joint",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="exclusions.jointact"
                ),
            ),
            (
                "views",
                models.JSONField(
                    db_default=models.Value([], models.JSONField()),
                    default=list,
                    help_text="what each agency said, never published: agency, view, words",
                ),
            ),
        ],
    ),
    migrations.CreateModel(
        name="Recommendation",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("level", models.PositiveSmallIntegerField()),
            (
                "outcome",
                models.CharField(
                    choices=[("grant", "Grant"), ("in_part", "Grant in part"), ("deny", "Deny")], max_length=10
                ),
            ),
            ("reasons", models.TextField()),
            ("denial_codes", models.JSONField(default=list)),
            ("made_at", models.DateTimeField()),
            (
                "made_by",
                models.ForeignKey(
                    on_delete=models.PROTECT, related_name="recommendations", to=settings.AUTH_USER_MODEL
                ),
            ),
            (
                "petition",
                models.ForeignKey(on_delete=models.CASCADE, related_name="recommendations", to="exclusions.petition"),
            ),
            (
                "departure",
                models.TextField(
                    blank=True, db_default="", default="", verbose_name="why it departs from the desk before"
                ),
            ),
            (
                "adopts",
                models.CharField(
                    blank=True,
                    db_default="",
                    default="",
                    max_length=20,
                    verbose_name="the desk whose codes and reasons it adopts",
                ),
            ),
            (
                "joint",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="exclusions.jointact"
                ),
            ),
        ],
    ),
]
