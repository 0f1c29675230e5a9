"""The schedule, the actions and what they cover."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

TABLES = [
    migrations.CreateModel(
        name="HtsEdition",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("name", models.CharField(max_length=100, unique=True)),
            ("valid_from", models.DateField(unique=True)),
            ("source", models.CharField(max_length=200)),
            ("sha256", models.CharField(max_length=64)),
            ("row_count", models.PositiveIntegerField()),
            ("loaded_at", models.DateTimeField()),
            ("first_number", models.CharField(blank=True, help_text="empty: a whole edition", max_length=10)),
            ("last_number", models.CharField(blank=True, help_text="empty: a whole edition", max_length=10)),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=Q(
                        Q(("first_number", ""), ("last_number", "")),
                        Q(("last_number__gte", models.F("first_number")), Q(("first_number", ""), _negated=True)),
                        _connector="OR",
                    ),
                    name="hts_edition_reach",
                )
            ],
            "verbose_name": "edition of the tariff schedule",
            "verbose_name_plural": "editions of the tariff schedule",
        },
    ),
    migrations.CreateModel(
        name="TariffAction",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("code", models.CharField(max_length=10, unique=True)),
            ("name", models.CharField(max_length=120)),
            ("citation", models.CharField(max_length=200)),
            ("effective_on", models.DateField(blank=True, null=True)),
            ("suspended", models.BooleanField(default=False)),
            ("note", models.CharField(blank=True, max_length=60, verbose_name="U.S. note")),
            ("position", models.PositiveSmallIntegerField(default=0)),
            (
                "reach",
                models.CharField(
                    choices=[
                        ("lines", "The lines on its list"),
                        ("all_goods", "All goods but named ones"),
                        ("on_top", "Lines of its own, on top of the lists"),
                    ],
                    db_default="lines",
                    default="lines",
                    max_length=10,
                    verbose_name="what it covers",
                ),
            ),
            (
                "unless",
                models.CharField(
                    blank=True,
                    db_default="",
                    default="",
                    help_text="of an action on all goods: those that are named out, with their headings; asked as a question",
                    max_length=500,
                    verbose_name="goods it does not reach",
                ),
            ),
        ],
        options={"verbose_name": "tariff list", "verbose_name_plural": "tariff lists and their rates"},
    ),
    migrations.CreateModel(
        name="LineSuccession",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("old_number", models.CharField(db_index=True, max_length=10)),
            ("new_number", models.CharField(blank=True, db_index=True, max_length=10)),
            ("change_type", models.CharField(max_length=30)),
            ("revision_from", models.CharField(max_length=60)),
            ("revision_to", models.CharField(max_length=60)),
            ("effective_on", models.DateField(blank=True, null=True)),
            (
                "confidence",
                models.CharField(
                    choices=[("high", "Sure"), ("medium", "Likely"), ("low", "Possible")],
                    db_default="medium",
                    default="medium",
                    max_length=10,
                ),
            ),
            ("evidence", models.CharField(blank=True, db_default="", default="", max_length=300)),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(
                    fields=("old_number", "new_number", "revision_from", "revision_to", "change_type"),
                    name="line_succession_once",
                )
            ],
            "verbose_name": "number that replaced another",
            "verbose_name_plural": "numbers that replaced others",
        },
    ),
    migrations.CreateModel(
        name="CoveredLine",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("number", models.CharField(max_length=10)),
            ("heading", models.CharField(max_length=8)),
            (
                "included",
                models.BooleanField(
                    default=True,
                    help_text="Untick it where the number is carved out of a covered subheading.",
                    verbose_name="covered",
                ),
            ),
            ("valid_from", models.DateField()),
            ("valid_to", models.DateField(blank=True, null=True)),
            ("source", models.CharField(blank=True, max_length=300)),
            (
                "action",
                models.ForeignKey(on_delete=models.PROTECT, related_name="covered_lines", to="exclusions.tariffaction"),
            ),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(
                    fields=("number", "action", "heading", "valid_from"), name="covered_line_once_a_day"
                ),
                models.CheckConstraint(
                    condition=Q(("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"),
                    name="covered_line_dates",
                ),
            ],
            "indexes": [
                models.Index(
                    models.Func(
                        models.F("number"), output_field=models.CharField(), template="substr(%(expressions)s, 1, 8)"
                    ),
                    name="covered_line_subheading",
                )
            ],
            "verbose_name": "line of a list",
            "verbose_name_plural": "lines of the lists",
        },
    ),
    migrations.CreateModel(
        name="ActionRate",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("heading", models.CharField(max_length=8)),
            ("pct", models.DecimalField(decimal_places=2, max_digits=6)),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("whole", "Whole subheadings"),
                        ("partial", "Partly covered subheadings"),
                        ("in_transit", "Goods in transit"),
                        ("suspended", "Suspended before effect"),
                    ],
                    default="whole",
                    max_length=12,
                ),
            ),
            ("valid_from", models.DateField()),
            ("valid_to", models.DateField(blank=True, null=True)),
            ("source", models.CharField(blank=True, max_length=300)),
            ("action", models.ForeignKey(on_delete=models.PROTECT, related_name="rates", to="exclusions.tariffaction")),
            (
                "goods",
                models.CharField(
                    blank=True,
                    db_default="",
                    default="",
                    help_text="the goods of the lines that the heading is limited to; empty: all of them",
                    max_length=500,
                    verbose_name="some goods only",
                ),
            ),
            (
                "other_goods",
                models.CharField(
                    blank=True,
                    db_default="",
                    default="",
                    help_text="the heading of the lines' other goods; empty: none is printed",
                    max_length=8,
                    verbose_name="heading of the other goods",
                ),
            ),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(fields=("heading", "valid_from"), name="action_rate_once_a_day"),
                models.CheckConstraint(
                    condition=Q(("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"),
                    name="action_rate_dates",
                ),
                models.CheckConstraint(condition=Q(("pct__gte", 0)), name="action_rate_not_negative"),
            ]
        },
    ),
    migrations.CreateModel(
        name="TariffLine",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("number", models.CharField(max_length=10)),
            ("level", models.PositiveSmallIntegerField(help_text="4, 6, 8 or 10 digits")),
            ("indent", models.PositiveSmallIntegerField(default=0)),
            ("position", models.PositiveIntegerField(help_text="order in the edition")),
            ("description", models.TextField()),
            ("full_description", models.TextField(help_text="with the words of the lines above it")),
            ("units", models.JSONField(default=list)),
            ("general_rate", models.TextField(blank=True)),
            ("special_rate", models.TextField(blank=True)),
            ("other_rate", models.TextField(blank=True)),
            ("valid_from", models.DateField()),
            ("valid_to", models.DateField(blank=True, null=True)),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(fields=("number", "valid_from"), name="tariff_line_once_a_day"),
                models.CheckConstraint(
                    condition=Q(("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"),
                    name="tariff_line_dates",
                ),
            ],
            "verbose_name": "line of the tariff schedule",
            "verbose_name_plural": "lines of the tariff schedule",
        },
    ),
    migrations.CreateModel(
        name="TariffVersion",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("stamp", models.CharField(max_length=36)),
        ],
    ),
    migrations.CreateModel(
        name="NumberSettlement",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("old_number", models.CharField(max_length=10)),
            (
                "verdict",
                models.CharField(
                    choices=[
                        ("accepted", "Proposed numbers accepted"),
                        ("chosen", "Other numbers chosen"),
                        ("rejected", "No number follows"),
                    ],
                    max_length=10,
                ),
            ),
            ("successors", models.JSONField(default=list)),
            ("reason", models.TextField()),
            ("settled_at", models.DateTimeField()),
            ("edition", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="exclusions.htsedition")),
            ("settled_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
        ],
        options={
            "constraints": [
                models.CheckConstraint(condition=Q(("reason", ""), _negated=True), name="number_settlement_has_reason")
            ],
            "indexes": [models.Index(fields=["edition", "old_number"], name="settlement_of_number")],
        },
    ),
]
