"""Decisions, and the notices that tell them."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

TABLES = [
    migrations.CreateModel(
        name="Letter",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("receipt", "Receipt"),
                        ("returned", "Returned for correction"),
                        ("lapsed", "Lapsed, not corrected in time"),
                        ("withdrawal", "Withdrawal confirmed"),
                        ("incomplete", "Not considered: incomplete"),
                        ("covered", "Covered by an existing exclusion"),
                        ("duplicate", "Duplicate of an earlier petition"),
                        ("denial", "Denial"),
                        ("grant", "Grant"),
                        ("in_part", "Grant in part"),
                        ("posted", "Posted to the docket"),
                        ("response", "Response received"),
                        ("publication", "Exclusion published"),
                        ("correction", "Correction of what was published"),
                        ("expiry", "Exclusion about to expire"),
                    ],
                    max_length=20,
                ),
            ),
            ("code", models.CharField(max_length=20, unique=True, verbose_name="verification code")),
            (
                "sha256",
                models.CharField(blank=True, help_text="none: the page is still to be set", max_length=64, null=True),
            ),
            ("storage_key", models.CharField(blank=True, max_length=200)),
            ("issued_at", models.DateTimeField()),
            ("petition", models.ForeignKey(on_delete=models.PROTECT, related_name="letters", to="exclusions.petition")),
            (
                "reason",
                models.CharField(
                    blank=True, db_default="", default="", max_length=1000, verbose_name="why it supersedes it"
                ),
            ),
            (
                "supersedes",
                models.OneToOneField(
                    blank=True,
                    null=True,
                    on_delete=models.PROTECT,
                    related_name="superseded_by",
                    to="exclusions.letter",
                ),
            ),
            (
                "about",
                models.CharField(
                    blank=True,
                    db_default="",
                    default="",
                    help_text="which one of several: a response, a term",
                    max_length=60,
                ),
            ),
            (
                "template",
                models.CharField(
                    blank=True,
                    db_default="",
                    default="",
                    help_text="by which version of its template it was set",
                    max_length=40,
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=Q(
                        Q(("reason", ""), ("supersedes__isnull", True)),
                        Q(("supersedes__isnull", False), Q(("reason", ""), _negated=True)),
                        _connector="OR",
                    ),
                    name="letter_supersedes_with_reason",
                ),
                models.UniqueConstraint(
                    condition=Q(Q(("about", ""), _negated=True), ("supersedes__isnull", True)),
                    fields=("petition", "kind", "about"),
                    name="letter_once_about_one",
                ),
            ]
        },
    ),
    migrations.CreateModel(
        name="Decision",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "outcome",
                models.CharField(
                    choices=[("grant", "Grant"), ("in_part", "Grant in part"), ("deny", "Deny")], max_length=10
                ),
            ),
            ("rationale", models.TextField()),
            ("denial_codes", models.JSONField(default=list)),
            (
                "findings",
                models.JSONField(
                    default=list, help_text="the findings as they stood: criterion, title, result, reasons"
                ),
            ),
            ("signed_at", models.DateTimeField()),
            (
                "signed_by",
                models.ForeignKey(on_delete=models.PROTECT, related_name="decisions", to=settings.AUTH_USER_MODEL),
            ),
            (
                "exclusion",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="exclusions.exclusion"
                ),
            ),
            (
                "petition",
                models.ForeignKey(on_delete=models.PROTECT, related_name="decisions", to="exclusions.petition"),
            ),
            (
                "explanations",
                models.JSONField(
                    db_default=models.Value([], models.JSONField()),
                    default=list,
                    help_text="departures, facts behind codes, grants against adverse findings: key, title, words, reasons",
                ),
            ),
            (
                "supersedes",
                models.OneToOneField(
                    blank=True,
                    null=True,
                    on_delete=models.PROTECT,
                    related_name="superseded_by",
                    to="exclusions.decision",
                ),
            ),
            ("version", models.PositiveSmallIntegerField(db_default=1, default=1)),
            (
                "joint",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="exclusions.jointact"
                ),
            ),
            (
                "narrowing",
                models.JSONField(
                    db_default=models.Value({}, models.JSONField()),
                    default=dict,
                    help_text="of a grant in part: question and asked (as filed), granted, codes, proposed_by",
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(condition=Q(("rationale", ""), _negated=True), name="decision_has_rationale"),
                models.UniqueConstraint(fields=("petition", "version"), name="decision_version_once"),
                models.CheckConstraint(
                    condition=Q(
                        Q(("supersedes__isnull", True), ("version", 1)),
                        Q(("supersedes__isnull", False), ("version__gt", 1)),
                        _connector="OR",
                    ),
                    name="decision_supersedes_but_the_first",
                ),
                models.CheckConstraint(
                    condition=Q(
                        Q(("exclusion__isnull", False), ("outcome__in", ["grant", "in_part"])),
                        Q(("exclusion__isnull", True), ("outcome", "deny")),
                        _connector="OR",
                    ),
                    name="decision_grant_has_exclusion",
                ),
                models.CheckConstraint(
                    condition=Q(
                        Q(("outcome", "in_part"), Q(("narrowing", {}), _negated=True)),
                        Q(Q(("outcome", "in_part"), _negated=True), ("narrowing", {})),
                        _connector="OR",
                    ),
                    name="decision_in_part_says_why",
                ),
            ]
        },
    ),
    migrations.CreateModel(
        name="Reopening",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("reason", models.CharField(max_length=1000)),
            ("reopened_at", models.DateTimeField()),
            (
                "confirmed_by",
                models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
            ),
            (
                "decision",
                models.OneToOneField(on_delete=models.PROTECT, related_name="reopening", to="exclusions.decision"),
            ),
            ("proposed_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
        ],
        options={
            "constraints": [
                models.CheckConstraint(condition=Q(("reason", ""), _negated=True), name="reopening_has_reason"),
                models.CheckConstraint(
                    condition=Q(("proposed_by", models.F("confirmed_by")), _negated=True),
                    name="reopening_by_two_persons",
                ),
            ]
        },
    ),
    migrations.CreateModel(
        name="FederalNotice",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("citation", models.CharField(max_length=100)),
            ("published_on", models.DateField()),
            ("entered_at", models.DateTimeField()),
            ("in_ace_on", models.DateField(blank=True, null=True, verbose_name="accepted in ACE from")),
            ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
            (
                "action",
                models.ForeignKey(
                    blank=True,
                    help_text="none: of several",
                    null=True,
                    on_delete=models.PROTECT,
                    related_name="+",
                    to="exclusions.tariffaction",
                ),
            ),
            ("entered_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
        ],
    ),
    migrations.CreateModel(
        name="ListHeading",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("heading", models.CharField(max_length=8, unique=True)),
            ("note", models.CharField(max_length=20, verbose_name="U.S. note subdivision")),
            ("confirmed_at", models.DateTimeField()),
            ("action", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="exclusions.tariffaction")),
        ],
    ),
    migrations.CreateModel(
        name="NoticeCase",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "notice",
                models.ForeignKey(on_delete=models.PROTECT, related_name="cases", to="exclusions.federalnotice"),
            ),
            (
                "petition",
                models.ForeignKey(on_delete=models.PROTECT, related_name="notice_cases", to="exclusions.petition"),
            ),
            (
                "term",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="exclusions.exclusionterm"
                ),
            ),
        ],
    ),
    migrations.CreateModel(
        name="PendingLetter",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("facts", models.JSONField(default=dict)),
            ("attempts", models.PositiveSmallIntegerField(default=0)),
            ("last_error", models.CharField(blank=True, max_length=200)),
            ("letter", models.OneToOneField(on_delete=models.PROTECT, related_name="pending", to="exclusions.letter")),
        ],
    ),
]
