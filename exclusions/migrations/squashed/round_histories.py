"""What rounds and terms of exclusions said before."""

import simple_history.models
from django.conf import settings
from django.db import migrations, models

TABLES = [
    migrations.CreateModel(
        name="HistoricalExclusionTerm",
        fields=[
            ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
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
            ("history_id", models.AutoField(primary_key=True, serialize=False)),
            ("history_date", models.DateTimeField(db_index=True)),
            ("history_change_reason", models.CharField(max_length=100, null=True)),
            (
                "history_type",
                models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
            ),
            (
                "exclusion",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=models.DO_NOTHING,
                    related_name="+",
                    to="exclusions.exclusion",
                ),
            ),
            (
                "history_user",
                models.ForeignKey(null=True, on_delete=models.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL),
            ),
            (
                "reason",
                models.CharField(
                    blank=True, db_default="", default="", max_length=1000, verbose_name="reason of the change"
                ),
            ),
            ("recorded_at", models.DateTimeField(blank=True, null=True, verbose_name="on record since")),
            (
                "supersedes",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=models.DO_NOTHING,
                    related_name="+",
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
            "get_latest_by": ("history_date", "history_id"),
            "ordering": ("-history_date", "-history_id"),
            "verbose_name": "historical exclusion term",
            "verbose_name_plural": "historical exclusion terms",
        },
        bases=(simple_history.models.HistoricalChanges, models.Model),
    ),
    migrations.CreateModel(
        name="HistoricalRound",
        fields=[
            ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
            ("slug", models.SlugField(max_length=60, verbose_name="short name")),
            ("docket", models.CharField(max_length=20, verbose_name="docket number")),
            ("title", models.CharField(max_length=200)),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("petition", "Exclusion petitions"),
                        ("machinery", "Machinery petitions"),
                        ("covid", "COVID-19 comments"),
                        ("reinstatement", "Reinstatement comments"),
                        ("extension", "Extension comments"),
                    ],
                    max_length=20,
                ),
            ),
            ("citation", models.CharField(max_length=200)),
            ("channel", models.CharField(blank=True, max_length=200)),
            ("questionnaire", models.CharField(max_length=60)),
            ("response_questionnaire", models.CharField(blank=True, max_length=60)),
            ("reply_questionnaire", models.CharField(blank=True, max_length=60)),
            ("opens_at", models.DateTimeField()),
            ("closes_at", models.DateTimeField(help_text="the last moment at which a filing is in time")),
            (
                "day_unit",
                models.CharField(
                    choices=[("calendar", "Calendar days"), ("business", "Business days")],
                    default="calendar",
                    max_length=10,
                ),
            ),
            (
                "roll_rule",
                models.CharField(
                    choices=[("none", "No roll-forward"), ("next_business", "To the next business day")],
                    default="none",
                    max_length=20,
                ),
            ),
            ("response_days", models.PositiveSmallIntegerField(blank=True, help_text="empty: no responses", null=True)),
            (
                "reply_days_after_close",
                models.PositiveSmallIntegerField(blank=True, help_text="empty: no replies", null=True),
            ),
            ("reply_days_after_response", models.PositiveSmallIntegerField(blank=True, null=True)),
            (
                "retroactive_rule",
                models.CharField(
                    choices=[("fixed", "From a fixed date"), ("publication", "From publication of the notice")],
                    default="fixed",
                    max_length=20,
                ),
            ),
            ("retroactive_from", models.DateField(blank=True, null=True)),
            (
                "term_rule",
                models.CharField(
                    choices=[
                        ("one_year_after_publication", "One year after publication"),
                        ("fixed", "Until a fixed date"),
                        ("notice", "As the notice says"),
                    ],
                    max_length=40,
                ),
            ),
            ("term_ends_on", models.DateField(blank=True, help_text="last day, inclusive", null=True)),
            ("heading", models.CharField(blank=True, max_length=8, verbose_name="default chapter 99 heading")),
            ("note", models.CharField(blank=True, max_length=20, verbose_name="default U.S. note subdivision")),
            ("criteria", models.JSONField(default=list, help_text="keys, in order")),
            ("criteria_version", models.CharField(max_length=40)),
            ("procedure_version", models.CharField(max_length=40)),
            ("purchase_periods", models.JSONField(default=list, help_text="labels of the periods that are asked for")),
            ("eligible_chapters", models.JSONField(blank=True, default=list, help_text="empty: all chapters")),
            ("is_demo", models.BooleanField(default=False, verbose_name="demonstration")),
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
                "authority",
                models.CharField(
                    blank=True, db_default="", default="", max_length=200, verbose_name="citation of the change"
                ),
            ),
            (
                "clocks_stand",
                models.BooleanField(db_default=False, default=False, help_text="while paused, periods do not run"),
            ),
            ("made_at", models.DateTimeField(blank=True, null=True, verbose_name="version made")),
            ("paused_since", models.DateTimeField(blank=True, help_text="empty: not paused", null=True)),
            (
                "reason",
                models.CharField(
                    blank=True, db_default="", default="", max_length=1000, verbose_name="reason of the change"
                ),
            ),
            (
                "responses_until",
                models.DateTimeField(
                    blank=True, help_text="no response period of the round ends before this", null=True
                ),
            ),
            ("superseded_at", models.DateTimeField(blank=True, help_text="empty: the version in force", null=True)),
            ("version", models.PositiveSmallIntegerField(db_default=1, default=1)),
            (
                "eligible_subheadings",
                models.JSONField(blank=True, db_default=[], default=list, help_text="empty: all, of these"),
            ),
            (
                "list_headings",
                models.JSONField(
                    blank=True,
                    db_default=[],
                    default=list,
                    help_text="where each list has its own: list, plain heading, subdivision",
                ),
            ),
        ],
        options={
            "get_latest_by": ("history_date", "history_id"),
            "ordering": ("-history_date", "-history_id"),
            "verbose_name": "historical round",
            "verbose_name_plural": "historical rounds",
        },
        bases=(simple_history.models.HistoricalChanges, models.Model),
    ),
]
