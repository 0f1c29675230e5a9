"""Exclusions with their texts, numbers and terms, and amendments of them."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

TABLES = [
    migrations.CreateModel(
        name="Exclusion",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("reference", models.CharField(max_length=40, unique=True)),
            (
                "product_key",
                models.CharField(help_text="sha256 of the text in plain form: the same product", max_length=64),
            ),
            (
                "origin",
                models.CharField(
                    choices=[("note", "Printed in a U.S. note"), ("decision", "Decided here")],
                    default="note",
                    max_length=10,
                ),
            ),
            ("created_at", models.DateTimeField()),
            (
                "action",
                models.ForeignKey(on_delete=models.PROTECT, related_name="exclusions", to="exclusions.tariffaction"),
            ),
        ],
        options={
            "constraints": [models.UniqueConstraint(fields=("action", "product_key"), name="exclusion_once_a_product")]
        },
    ),
    migrations.CreateModel(
        name="ExclusionText",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("version", models.PositiveSmallIntegerField(default=1)),
            ("text", models.TextField()),
            ("whole_number", models.BooleanField(default=False)),
            ("valid_from", models.DateField(blank=True, null=True)),
            ("valid_to", models.DateField(blank=True, null=True)),
            ("source", models.CharField(blank=True, max_length=300)),
            ("exclusion", models.ForeignKey(on_delete=models.CASCADE, related_name="texts", to="exclusions.exclusion")),
            (
                "authority",
                models.CharField(
                    blank=True, db_default="", default="", max_length=200, verbose_name="Federal Register citation"
                ),
            ),
            (
                "reason",
                models.CharField(
                    blank=True, db_default="", default="", max_length=1000, verbose_name="reason of the change"
                ),
            ),
            ("recorded_at", models.DateTimeField(blank=True, null=True, verbose_name="on record since")),
            ("revision", models.PositiveSmallIntegerField(db_default=1, default=1)),
            (
                "supersedes",
                models.OneToOneField(
                    blank=True,
                    null=True,
                    on_delete=models.PROTECT,
                    related_name="superseded_by",
                    to="exclusions.exclusiontext",
                ),
            ),
            (
                "corrected_by",
                models.CharField(
                    blank=True,
                    db_default="",
                    default="",
                    help_text="who proposed the correction that this row is, by name; empty: it is none",
                    max_length=200,
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=Q(
                        ("valid_to__isnull", True),
                        ("valid_from__isnull", True),
                        ("valid_to__gte", models.F("valid_from")),
                        _connector="OR",
                    ),
                    name="exclusion_text_dates",
                ),
                models.UniqueConstraint(
                    fields=("exclusion", "version", "revision"), name="exclusion_text_version_once"
                ),
            ],
            "verbose_name": "wording of an exclusion",
            "verbose_name_plural": "wordings of exclusions",
        },
    ),
    migrations.CreateModel(
        name="ExclusionNumber",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("number", models.CharField(db_index=True, max_length=10)),
            ("valid_from", models.DateField(blank=True, null=True)),
            ("valid_to", models.DateField(blank=True, null=True)),
            (
                "text",
                models.ForeignKey(on_delete=models.CASCADE, related_name="numbers", to="exclusions.exclusiontext"),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=Q(
                        ("valid_to__isnull", True),
                        ("valid_from__isnull", True),
                        ("valid_to__gte", models.F("valid_from")),
                        _connector="OR",
                    ),
                    name="exclusion_number_dates",
                )
            ],
            "indexes": [
                models.Index(
                    models.Func(
                        models.F("number"), output_field=models.CharField(), template="substr(%(expressions)s, 1, 4)"
                    ),
                    name="exclusion_number_heading",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="ExclusionTerm",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("heading", models.CharField(db_index=True, max_length=8)),
            ("note", models.CharField(blank=True, max_length=20, verbose_name="U.S. note subdivision")),
            ("seq", models.PositiveIntegerField(default=0)),
            ("item", models.CharField(blank=True, max_length=20, verbose_name="paragraph as printed")),
            (
                "status",
                models.CharField(
                    choices=[
                        ("pending", "Granted, notice pending"),
                        ("published", "Published"),
                        ("deleted", "Deleted by a later notice"),
                    ],
                    default="published",
                    max_length=10,
                ),
            ),
            ("valid_from", models.DateField(blank=True, null=True)),
            ("valid_to", models.DateField(blank=True, help_text="last day, inclusive", null=True)),
            ("authority", models.CharField(blank=True, max_length=200, verbose_name="Federal Register citation")),
            ("published_on", models.DateField(blank=True, null=True)),
            ("dates_from", models.CharField(blank=True, max_length=200, verbose_name="where the dates come from")),
            ("exclusion", models.ForeignKey(on_delete=models.CASCADE, related_name="terms", to="exclusions.exclusion")),
            (
                "reason",
                models.CharField(
                    blank=True, db_default="", default="", max_length=1000, verbose_name="reason of the change"
                ),
            ),
            ("recorded_at", models.DateTimeField(blank=True, null=True, verbose_name="on record since")),
            (
                "supersedes",
                models.OneToOneField(
                    blank=True,
                    null=True,
                    on_delete=models.PROTECT,
                    related_name="superseded_by",
                    to="exclusions.exclusionterm",
                ),
            ),
            (
                "corrected_by",
                models.CharField(
                    blank=True,
                    db_default="",
                    default="",
                    help_text="who proposed the correction that this row is, by name; empty: it is none",
                    max_length=200,
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=Q(
                        ("valid_to__isnull", True),
                        ("valid_from__isnull", True),
                        ("valid_to__gte", models.F("valid_from")),
                        _connector="OR",
                    ),
                    name="exclusion_term_dates",
                )
            ],
            "indexes": [models.Index(fields=["valid_from", "valid_to"], name="exclusions__valid_f_88189c_idx")],
        },
    ),
    migrations.CreateModel(
        name="PublicNotice",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("number", models.PositiveIntegerField(help_text="the key of the notice as it was entered", unique=True)),
            ("citation", models.CharField(max_length=100)),
            ("published_on", models.DateField()),
            ("in_ace_on", models.DateField(blank=True, null=True, verbose_name="accepted in ACE from")),
            ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
            ("facts", models.JSONField()),
        ],
    ),
    migrations.CreateModel(
        name="PrintedWording",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("heading", models.CharField(db_index=True, max_length=8)),
            ("note", models.CharField(max_length=20)),
            ("seq", models.PositiveIntegerField()),
            ("version", models.PositiveSmallIntegerField(help_text="of the exclusion's texts")),
            ("exclusion", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="exclusions.exclusion")),
        ],
    ),
    migrations.CreateModel(
        name="Amendment",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("text", models.TextField(verbose_name="wording as it is to stand")),
            (
                "applies_from",
                models.DateField(blank=True, help_text="none: from the first day of the wording", null=True),
            ),
            ("reason", models.CharField(max_length=1000)),
            ("agreed_at", models.DateTimeField()),
            ("citation", models.CharField(blank=True, max_length=100, verbose_name="Federal Register citation")),
            ("published_on", models.DateField(blank=True, null=True)),
            ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="entered as published")),
            ("dropped_at", models.DateTimeField(blank=True, null=True)),
            (
                "amends",
                models.ForeignKey(
                    on_delete=models.PROTECT,
                    related_name="+",
                    to="exclusions.exclusiontext",
                    verbose_name="wording amended",
                ),
            ),
            (
                "confirmed_by",
                models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
            ),
            ("exclusion", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="exclusions.exclusion")),
            ("proposed_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
        ],
        options={
            "constraints": [
                models.CheckConstraint(condition=Q(("text", ""), _negated=True), name="amendment_has_text"),
                models.CheckConstraint(
                    condition=Q(("proposed_by", models.F("confirmed_by")), _negated=True),
                    name="amendment_by_two_persons",
                ),
                models.CheckConstraint(
                    condition=Q(
                        Q(("citation", ""), ("published_at__isnull", True), ("published_on__isnull", True)),
                        Q(
                            ("dropped_at__isnull", True),
                            ("published_at__isnull", False),
                            ("published_on__isnull", False),
                            Q(("citation", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="amendment_published_by_notice",
                ),
            ]
        },
    ),
]
