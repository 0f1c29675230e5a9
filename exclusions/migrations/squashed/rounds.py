"""Rounds, their orders, and forms that were made from questions."""

from django.db import migrations, models
from django.db.models import Q

TABLES = [
    migrations.CreateModel(
        name="Round",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            ("actions", models.ManyToManyField(related_name="rounds", to="exclusions.tariffaction")),
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
            "constraints": [
                models.CheckConstraint(condition=Q(("closes_at__gt", models.F("opens_at"))), name="round_window"),
                models.CheckConstraint(
                    condition=Q(
                        ("retroactive_rule", "publication"), ("retroactive_from__isnull", False), _connector="OR"
                    ),
                    name="round_retroactive_date",
                ),
                models.CheckConstraint(
                    condition=Q(
                        Q(("term_rule", "fixed"), _negated=True), ("term_ends_on__isnull", False), _connector="OR"
                    ),
                    name="round_term_end",
                ),
                models.UniqueConstraint(fields=("slug", "version"), name="round_version_once"),
                models.UniqueConstraint(
                    condition=Q(("superseded_at__isnull", True)), fields=("slug",), name="round_one_in_force"
                ),
                models.UniqueConstraint(
                    condition=Q(("superseded_at__isnull", True)), fields=("docket",), name="round_docket_once"
                ),
            ]
        },
    ),
    migrations.CreateModel(
        name="MadeForm",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("slug", models.SlugField(max_length=40, verbose_name="short name")),
            ("version", models.PositiveSmallIntegerField(default=1)),
            ("title", models.CharField(max_length=200)),
            ("based_on", models.CharField(max_length=60, verbose_name="made from")),
            ("made_at", models.DateTimeField()),
        ],
        options={
            "constraints": [models.UniqueConstraint(fields=("slug", "version"), name="made_form_version_once")],
            "verbose_name": "form made here",
            "verbose_name_plural": "forms made here",
        },
    ),
    migrations.CreateModel(
        name="MadeQuestion",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("key", models.CharField(max_length=60)),
            (
                "required",
                models.CharField(
                    choices=[("as_shipped", "As in the form it is from"), ("yes", "Always"), ("no", "Never")],
                    default="as_shipped",
                    max_length=10,
                ),
            ),
            ("confidential", models.BooleanField(default=False)),
            ("form", models.ForeignKey(on_delete=models.PROTECT, related_name="questions", to="exclusions.madeform")),
        ],
        options={"constraints": [models.UniqueConstraint(fields=("form", "key"), name="made_question_once")]},
    ),
    migrations.CreateModel(
        name="RoundOrder",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("slug", models.SlugField(max_length=60, verbose_name="round")),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("extend_filing", "Filing window extended"),
                        ("extend_responses", "Response periods extended"),
                        ("pause", "Paused"),
                        ("resume", "Resumed"),
                        ("reopen", "Demonstration window reopened"),
                        ("extend_pending", "All pending deadlines extended"),
                    ],
                    max_length=20,
                ),
            ),
            ("given_at", models.DateTimeField()),
            ("citation", models.CharField(max_length=200, verbose_name="Federal Register citation")),
            ("reason", models.CharField(max_length=1000)),
            ("opens_at", models.DateTimeField()),
            ("closes_at", models.DateTimeField()),
            ("responses_until", models.DateTimeField(blank=True, null=True)),
            ("paused_since", models.DateTimeField(blank=True, null=True)),
            ("clocks_stand", models.BooleanField(default=False)),
            (
                "days",
                models.PositiveSmallIntegerField(
                    blank=True, help_text="by which what is pending was extended", null=True
                ),
            ),
        ],
        options={"verbose_name": "order about a round", "verbose_name_plural": "orders about rounds"},
    ),
]
