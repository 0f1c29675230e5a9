"""Counsel and the signatory reopen what one press signed of listed exclusions; a later decision is a version."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    serving = "must stop: it adds a column to decisions on terms."

    dependencies = [
        ("exclusions", "0105_stored_numbers"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublicTermReopening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=1000)),
                ("reopened_on", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="TermReopening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=1000)),
                ("reopened_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="publictermdecision",
            name="version",
            field=models.PositiveSmallIntegerField(db_default=1, default=1),
        ),
        migrations.AddField(
            model_name="termdecision",
            name="version",
            field=models.PositiveSmallIntegerField(db_default=1, default=1),
        ),
        migrations.AlterField(
            model_name="publictermdecision",
            name="listed",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="exclusions.listedexclusion"
            ),
        ),
        migrations.AlterField(
            model_name="termdecision",
            name="listed",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="exclusions.listedexclusion"
            ),
        ),
        migrations.AddConstraint(
            model_name="publictermdecision",
            constraint=models.UniqueConstraint(fields=("listed", "version"), name="public_term_decision_version_once"),
        ),
        migrations.AddConstraint(
            model_name="termdecision",
            constraint=models.UniqueConstraint(fields=("listed", "version"), name="term_decision_version_once"),
        ),
        migrations.AddField(
            model_name="publictermreopening",
            name="decision",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reopening",
                to="exclusions.publictermdecision",
            ),
        ),
        migrations.AddField(
            model_name="termreopening",
            name="confirmed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="termreopening",
            name="decision",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="reopening", to="exclusions.termdecision"
            ),
        ),
        migrations.AddField(
            model_name="termreopening",
            name="proposed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="termreopening",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="term_reopening_has_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="termreopening",
            constraint=models.CheckConstraint(
                condition=models.Q(("proposed_by", models.F("confirmed_by")), _negated=True),
                name="term_reopening_by_two_persons",
            ),
        ),
    ]
