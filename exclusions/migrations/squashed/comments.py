"""Rounds that list exclusions: comments, recommendations and decisions."""

import uuid

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

TABLES = [
    migrations.CreateModel(
        name="Comment",
        fields=[
            ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ("reference", models.CharField(blank=True, max_length=50, null=True, unique=True)),
            (
                "status",
                models.CharField(
                    choices=[
                        ("unconfirmed", "Awaiting e-mail confirmation"),
                        ("submitted", "Submitted, not posted"),
                        ("posted", "Posted"),
                        ("refused", "Not posted"),
                        ("withdrawn", "Withdrawn by its author"),
                    ],
                    default="unconfirmed",
                    max_length=20,
                ),
            ),
            ("position", models.CharField(choices=[("support", "Support"), ("oppose", "Oppose")], max_length=10)),
            ("organization_name", models.CharField(max_length=300)),
            ("email", models.EmailField(max_length=254)),
            ("answers", models.JSONField(default=dict)),
            ("stated", models.JSONField(default=list, help_text="values of the author's own, stated to be public")),
            ("confirmation_digest", models.CharField(max_length=64, unique=True)),
            ("created_at", models.DateTimeField()),
            ("confirmed_at", models.DateTimeField(blank=True, null=True)),
            ("posted_at", models.DateTimeField(blank=True, null=True)),
            ("refusal_reason", models.TextField(blank=True)),
            ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            (
                "posted_by",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            ("round", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="exclusions.round")),
            (
                "user",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=Q(
                        Q(("posted_at__isnull", True), ("posted_by__isnull", True)),
                        Q(("posted_at__isnull", False), ("posted_by__isnull", False)),
                        _connector="OR",
                    ),
                    name="comment_posted_by_and_at",
                ),
                models.CheckConstraint(
                    condition=Q(("status", "unconfirmed"), ("confirmed_at__isnull", False), _connector="OR"),
                    name="comment_confirmed",
                ),
                models.CheckConstraint(
                    condition=Q(
                        Q(("status", "withdrawn"), ("withdrawn_at__isnull", False)),
                        Q(Q(("status", "withdrawn"), _negated=True), ("withdrawn_at__isnull", True)),
                        _connector="OR",
                    ),
                    name="comment_withdrawn_at",
                ),
            ],
            "indexes": [
                models.Index(condition=Q(("status", "submitted")), fields=["confirmed_at"], name="comment_to_post")
            ],
        },
    ),
    migrations.CreateModel(
        name="ListedExclusion",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("number", models.PositiveIntegerField(verbose_name="number in the round")),
            ("heading", models.CharField(max_length=8)),
            ("note", models.CharField(max_length=20, verbose_name="U.S. note subdivision")),
            ("item", models.CharField(max_length=20, verbose_name="paragraph as printed")),
            ("listed_at", models.DateTimeField()),
            (
                "exclusion",
                models.ForeignKey(on_delete=models.PROTECT, related_name="listings", to="exclusions.exclusion"),
            ),
            ("round", models.ForeignKey(on_delete=models.PROTECT, related_name="listed", to="exclusions.round")),
            (
                "term",
                models.ForeignKey(
                    help_text="the term at stake, as it stood at listing",
                    on_delete=models.PROTECT,
                    related_name="+",
                    to="exclusions.exclusionterm",
                ),
            ),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(fields=("round", "number"), name="listed_number_once"),
                models.UniqueConstraint(fields=("round", "exclusion"), name="listed_exclusion_once"),
            ],
            "verbose_name": "listed exclusion",
            "verbose_name_plural": "listed exclusions",
        },
    ),
    migrations.CreateModel(
        name="CommentLine",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("comment", models.ForeignKey(on_delete=models.PROTECT, related_name="lines", to="exclusions.comment")),
            ("listed", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="exclusions.listedexclusion")),
        ],
        options={
            "constraints": [models.UniqueConstraint(fields=("comment", "listed"), name="private_comment_line_once")]
        },
    ),
    migrations.CreateModel(
        name="PublicComment",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("reference", models.CharField(max_length=50, unique=True)),
            ("organization_name", models.CharField(blank=True, max_length=300)),
            ("position", models.CharField(choices=[("support", "Support"), ("oppose", "Oppose")], max_length=10)),
            ("answers", models.JSONField(default=list, help_text="the public version: step, key, label, value")),
            ("posted_at", models.DateTimeField()),
            ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            (
                "round",
                models.ForeignKey(on_delete=models.PROTECT, related_name="public_comments", to="exclusions.round"),
            ),
        ],
    ),
    migrations.CreateModel(
        name="PublicCommentLine",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "comment",
                models.ForeignKey(on_delete=models.PROTECT, related_name="lines", to="exclusions.publiccomment"),
            ),
            (
                "listed",
                models.ForeignKey(
                    on_delete=models.PROTECT, related_name="comment_lines", to="exclusions.listedexclusion"
                ),
            ),
        ],
        options={"constraints": [models.UniqueConstraint(fields=("comment", "listed"), name="comment_line_once")]},
    ),
    migrations.CreateModel(
        name="PublicTermDecision",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "choice",
                models.CharField(
                    choices=[("extend", "Extend"), ("reinstate", "Reinstate"), ("lapse", "Let lapse")], max_length=10
                ),
            ),
            ("starts_on", models.DateField(blank=True, null=True)),
            ("ends_on", models.DateField(blank=True, help_text="last day, inclusive", null=True)),
            ("reasons", models.TextField()),
            ("findings", models.JSONField(default=list, help_text="factor, title, result, reasons")),
            ("decided_on", models.DateField()),
            (
                "listed",
                models.OneToOneField(
                    on_delete=models.PROTECT, related_name="decision", to="exclusions.listedexclusion"
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=Q(
                        ("ends_on__isnull", True),
                        ("starts_on__isnull", True),
                        ("ends_on__gte", models.F("starts_on")),
                        _connector="OR",
                    ),
                    name="public_term_decision_dates",
                )
            ]
        },
    ),
    migrations.CreateModel(
        name="TermRecommendation",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "choice",
                models.CharField(
                    choices=[("extend", "Extend"), ("reinstate", "Reinstate"), ("lapse", "Let lapse")], max_length=10
                ),
            ),
            ("starts_on", models.DateField(blank=True, null=True)),
            ("ends_on", models.DateField(blank=True, help_text="last day, inclusive", null=True)),
            ("reasons", models.TextField()),
            ("findings", models.JSONField(default=list, help_text="factor, title, result, reasons")),
            ("recommended_at", models.DateTimeField()),
            ("listed", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="exclusions.listedexclusion")),
            (
                "recommended_by",
                models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=Q(("reasons", ""), _negated=True), name="term_recommendation_has_reasons"
                ),
                models.CheckConstraint(
                    condition=Q(
                        ("ends_on__isnull", True),
                        ("starts_on__isnull", True),
                        ("ends_on__gte", models.F("starts_on")),
                        _connector="OR",
                    ),
                    name="term_recommendation_dates",
                ),
            ]
        },
    ),
    migrations.CreateModel(
        name="TermDecision",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("signed_at", models.DateTimeField()),
            (
                "listed",
                models.OneToOneField(on_delete=models.PROTECT, related_name="+", to="exclusions.listedexclusion"),
            ),
            (
                "recommended_by",
                models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
            ),
            ("signed_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            (
                "term",
                models.OneToOneField(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="exclusions.exclusionterm"
                ),
            ),
            (
                "recommendation",
                models.OneToOneField(
                    on_delete=models.PROTECT, related_name="decision", to="exclusions.termrecommendation"
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=Q(("signed_by", models.F("recommended_by")), _negated=True),
                    name="term_decision_by_two_persons",
                )
            ]
        },
    ),
    migrations.CreateModel(
        name="NoticeTerm",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "notice",
                models.ForeignKey(on_delete=models.PROTECT, related_name="terms", to="exclusions.federalnotice"),
            ),
            (
                "term",
                models.OneToOneField(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="exclusions.exclusionterm"
                ),
            ),
            (
                "decision",
                models.ForeignKey(on_delete=models.PROTECT, related_name="publications", to="exclusions.termdecision"),
            ),
        ],
    ),
]
