"""What tables of the tariff said before: one row a change."""

import simple_history.models
from django.conf import settings
from django.db import migrations, models

TABLES = [
    migrations.CreateModel(
        name="HistoricalTariffAction",
        fields=[
            ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
            ("code", models.CharField(db_index=True, max_length=10)),
            ("name", models.CharField(max_length=120)),
            ("citation", models.CharField(max_length=200)),
            ("effective_on", models.DateField(blank=True, null=True)),
            ("suspended", models.BooleanField(default=False)),
            ("note", models.CharField(blank=True, max_length=60, verbose_name="U.S. note")),
            ("position", models.PositiveSmallIntegerField(default=0)),
            ("history_id", models.AutoField(primary_key=True, serialize=False)),
            ("history_date", models.DateTimeField(db_index=True)),
            ("history_change_reason", models.CharField(max_length=100, null=True)),
            (
                "history_type",
                models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
            ),
            (
                "history_user",
                models.ForeignKey(null=True, on_delete=models.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL),
            ),
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
        options={
            "get_latest_by": ("history_date", "history_id"),
            "ordering": ("-history_date", "-history_id"),
            "verbose_name": "historical tariff list",
            "verbose_name_plural": "historical tariff lists and their rates",
        },
        bases=(simple_history.models.HistoricalChanges, models.Model),
    ),
    migrations.CreateModel(
        name="HistoricalExclusion",
        fields=[
            ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
            ("reference", models.CharField(db_index=True, max_length=40)),
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
            ("history_id", models.AutoField(primary_key=True, serialize=False)),
            ("history_date", models.DateTimeField(db_index=True)),
            ("history_change_reason", models.CharField(max_length=100, null=True)),
            (
                "history_type",
                models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
            ),
            (
                "history_user",
                models.ForeignKey(null=True, on_delete=models.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL),
            ),
            (
                "action",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=models.DO_NOTHING,
                    related_name="+",
                    to="exclusions.tariffaction",
                ),
            ),
        ],
        options={
            "get_latest_by": ("history_date", "history_id"),
            "ordering": ("-history_date", "-history_id"),
            "verbose_name": "historical exclusion",
            "verbose_name_plural": "historical exclusions",
        },
        bases=(simple_history.models.HistoricalChanges, models.Model),
    ),
    migrations.CreateModel(
        name="HistoricalCoveredLine",
        fields=[
            ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
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
            ("history_id", models.AutoField(primary_key=True, serialize=False)),
            ("history_date", models.DateTimeField(db_index=True)),
            ("history_change_reason", models.CharField(max_length=100, null=True)),
            (
                "history_type",
                models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
            ),
            (
                "history_user",
                models.ForeignKey(null=True, on_delete=models.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL),
            ),
            (
                "action",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=models.DO_NOTHING,
                    related_name="+",
                    to="exclusions.tariffaction",
                ),
            ),
        ],
        options={
            "get_latest_by": ("history_date", "history_id"),
            "ordering": ("-history_date", "-history_id"),
            "verbose_name": "historical line of a list",
            "verbose_name_plural": "historical lines of the lists",
        },
        bases=(simple_history.models.HistoricalChanges, models.Model),
    ),
    migrations.CreateModel(
        name="HistoricalActionRate",
        fields=[
            ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
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
            ("history_id", models.AutoField(primary_key=True, serialize=False)),
            ("history_date", models.DateTimeField(db_index=True)),
            ("history_change_reason", models.CharField(max_length=100, null=True)),
            (
                "history_type",
                models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
            ),
            (
                "history_user",
                models.ForeignKey(null=True, on_delete=models.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL),
            ),
            (
                "action",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=models.DO_NOTHING,
                    related_name="+",
                    to="exclusions.tariffaction",
                ),
            ),
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
            "get_latest_by": ("history_date", "history_id"),
            "ordering": ("-history_date", "-history_id"),
            "verbose_name": "historical action rate",
            "verbose_name_plural": "historical action rates",
        },
        bases=(simple_history.models.HistoricalChanges, models.Model),
    ),
]
