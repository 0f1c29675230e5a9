"""Rates and lines of the lists that were never right: since when that is said, by whom and why."""

from django.db import migrations, models


class Migration(migrations.Migration):
    serving = "must stop: it adds columns to rates and covered lines."

    dependencies = [
        ("exclusions", "0107_extensions_that_fall"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="actionrate",
            name="action_rate_once_a_day",
        ),
        migrations.RemoveConstraint(
            model_name="coveredline",
            name="covered_line_once_a_day",
        ),
        migrations.AddField(
            model_name="actionrate",
            name="superseded_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="actionrate",
            name="superseded_by",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=300),
        ),
        migrations.AddField(
            model_name="actionrate",
            name="superseded_why",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=2000),
        ),
        migrations.AddField(
            model_name="coveredline",
            name="superseded_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="coveredline",
            name="superseded_by",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=300),
        ),
        migrations.AddField(
            model_name="coveredline",
            name="superseded_why",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=2000),
        ),
        migrations.AddField(
            model_name="historicalactionrate",
            name="superseded_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="historicalactionrate",
            name="superseded_by",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=300),
        ),
        migrations.AddField(
            model_name="historicalactionrate",
            name="superseded_why",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=2000),
        ),
        migrations.AddField(
            model_name="historicalcoveredline",
            name="superseded_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="historicalcoveredline",
            name="superseded_by",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=300),
        ),
        migrations.AddField(
            model_name="historicalcoveredline",
            name="superseded_why",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=2000),
        ),
        migrations.AddConstraint(
            model_name="actionrate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at__isnull", True)),
                fields=("heading", "valid_from"),
                name="action_rate_once_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="coveredline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at__isnull", True)),
                fields=("number", "action", "heading", "valid_from"),
                name="covered_line_once_a_day",
            ),
        ),
    ]
