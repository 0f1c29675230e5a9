"""Arguments of the texts of a case, the statements that a text is marked, and what answers each argument."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    serving = "may go on: four new tables, which the version before neither reads nor writes."
    dependencies = [
        ("exclusions", "0103_store_counted_live"),
    ]

    operations = [
        migrations.CreateModel(
            name="Argument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("citation", models.CharField(max_length=140)),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256 of the text")),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("words", models.TextField()),
                ("criterion", models.CharField(blank=True, help_text="empty: beside the criteria", max_length=40)),
                (
                    "side",
                    models.CharField(
                        choices=[("for", "For an exclusion"), ("against", "Against an exclusion")], max_length=10
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("left_out_at", models.DateTimeField(blank=True, null=True)),
                (
                    "joint",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="exclusions.jointact",
                    ),
                ),
                (
                    "left_out_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="arguments", to="exclusions.petition"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StandingAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(help_text="the argument that it answers, in a few words", max_length=120)),
                ("words", models.TextField()),
                (
                    "criterion",
                    models.CharField(blank=True, help_text="the factor that it is about; empty: none", max_length=40),
                ),
                ("published_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_why", models.TextField(blank=True, default="", verbose_name="why it was withdrawn")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), models.Q(("words", ""), _negated=True)
                        ),
                        name="standing_answer_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_why", "")),
                            models.Q(("withdrawn_at__isnull", False), models.Q(("withdrawn_why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="standing_answer_withdrawn_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ArgumentAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("finding", "The finding of its criterion"),
                            ("standing", "A standing answer"),
                            ("beside", "Beside the criteria"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True, default="", verbose_name="why it is beside the criteria")),
                ("made_at", models.DateTimeField()),
                (
                    "argument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="exclusions.argument"
                    ),
                ),
                (
                    "joint",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="exclusions.jointact",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "standing",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="exclusions.standinganswer",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TextMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("citation", models.CharField(help_text="the text, as findings cite it", max_length=140)),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256 of the text")),
                ("has_none", models.BooleanField(default=False, verbose_name="it argues nothing")),
                ("made_at", models.DateTimeField()),
                (
                    "joint",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="exclusions.jointact",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="text_marks", to="exclusions.petition"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="argument",
            constraint=models.CheckConstraint(
                condition=models.Q(("end__gt", models.F("start")), models.Q(("words", ""), _negated=True)),
                name="argument_has_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="argument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("left_out_at__isnull", True), ("left_out_by__isnull", True)),
                    models.Q(("left_out_at__isnull", False), ("left_out_by__isnull", False)),
                    _connector="OR",
                ),
                name="argument_left_out_by_and_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="argument",
            constraint=models.UniqueConstraint(
                condition=models.Q(("left_out_at__isnull", True)),
                fields=("petition", "citation", "start"),
                name="argument_once_a_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="argumentanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "finding"), ("reason", ""), ("standing__isnull", True)),
                    models.Q(("kind", "standing"), ("reason", ""), ("standing__isnull", False)),
                    models.Q(("kind", "beside"), ("standing__isnull", True), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="argument_answer_says_what",
            ),
        ),
    ]
