"""What people of the agency keep for themselves: views, tags, targets, mail and letters' words."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

TABLES = [
    migrations.CreateModel(
        name="BlindShare",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("slug", models.SlugField(verbose_name="round")),
            ("percent", models.PositiveSmallIntegerField()),
            ("secret", models.CharField(max_length=64)),
            ("set_at", models.DateTimeField()),
            ("set_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
        ],
        options={
            "constraints": [models.CheckConstraint(condition=Q(("percent__lte", 100)), name="blind_share_of_a_hundred")]
        },
    ),
    migrations.CreateModel(
        name="SavedView",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("role", models.CharField(help_text="the team that reads it where it is shared", max_length=20)),
            ("name", models.CharField(max_length=60)),
            (
                "query",
                models.CharField(blank=True, help_text="the filters, as they stand in the address", max_length=500),
            ),
            ("shared", models.BooleanField(default=False)),
            ("made_at", models.DateTimeField()),
            ("user", models.ForeignKey(on_delete=models.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(fields=("user", "name"), name="saved_view_name_once"),
                models.CheckConstraint(condition=Q(("name", ""), _negated=True), name="saved_view_has_name"),
            ]
        },
    ),
    migrations.CreateModel(
        name="StageTarget",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("of_status", models.CharField(max_length=20)),
            ("days", models.PositiveSmallIntegerField()),
            ("set_at", models.DateTimeField()),
            ("set_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=Q(("days__gte", 1), ("days__lte", 999)), name="stage_target_of_1_to_999_days"
                )
            ]
        },
    ),
    migrations.CreateModel(
        name="MailChoice",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("digest", models.BooleanField(default=True, verbose_name="a digest each morning")),
            ("at_once", models.BooleanField(default=True, verbose_name="at once what falls due today, and mentions")),
            ("changed_at", models.DateTimeField()),
            ("user", models.OneToOneField(on_delete=models.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
        ],
    ),
    migrations.CreateModel(
        name="Digest",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("day", models.DateField()),
            ("mailed", models.BooleanField(help_text="there was something, and the person wants it")),
            ("made_at", models.DateTimeField()),
            ("user", models.ForeignKey(on_delete=models.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
        ],
        options={"constraints": [models.UniqueConstraint(fields=("user", "day"), name="digest_once_a_day")]},
    ),
    migrations.CreateModel(
        name="Tag",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("role", models.CharField(help_text="the team whose word it is", max_length=20)),
            ("name", models.CharField(max_length=30)),
            ("made_at", models.DateTimeField()),
            ("retired_at", models.DateTimeField(blank=True, null=True)),
            ("made_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(
                    condition=Q(("retired_at__isnull", True)), fields=("role", "name"), name="tag_once_a_team"
                ),
                models.CheckConstraint(condition=Q(("name", ""), _negated=True), name="tag_has_name"),
            ]
        },
    ),
    migrations.CreateModel(
        name="LetterTemplate",
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
            ("number", models.PositiveIntegerField()),
            ("text", models.TextField(help_text="in the language of `exclusions.wording.letters`")),
            ("why", models.CharField(max_length=1000, verbose_name="why it differs")),
            ("written_at", models.DateTimeField()),
            ("in_force_at", models.DateTimeField(blank=True, null=True, verbose_name="in force from")),
            ("written_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(fields=("kind", "number"), name="letter_template_once"),
                models.CheckConstraint(
                    condition=Q(Q(("text", ""), _negated=True), Q(("why", ""), _negated=True)),
                    name="letter_template_says_something",
                ),
            ]
        },
    ),
]
