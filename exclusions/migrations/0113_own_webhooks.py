"""Webhooks for one's own petitions, and two secrets of a webhook while one is exchanged."""

from django.db import migrations, models


class Migration(migrations.Migration):
    serving = "must stop: its clock tells watches of public things, and would fail at those of own petitions."
    dependencies = [
        ("exclusions", "0112_bulk_sheets"),
    ]

    operations = [
        migrations.AddField(
            model_name="subscription",
            name="old_secret",
            field=models.TextField(
                blank=True,
                db_default="",
                default="",
                help_text="encrypted; signs too while it is exchanged",
                verbose_name="secret before",
            ),
        ),
        migrations.AddField(
            model_name="subscription",
            name="old_secret_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="subscription",
            name="seen_event",
            field=models.PositiveBigIntegerField(
                db_default=0, default=0, help_text="of own petitions: the last event of the record that was looked at"
            ),
        ),
        migrations.AlterField(
            model_name="subscription",
            name="key",
            field=models.CharField(
                help_text="plain number, reference, name, short name, whose petitions", max_length=300
            ),
        ),
        migrations.AlterField(
            model_name="subscription",
            name="kind",
            field=models.CharField(
                choices=[
                    ("number", "HTSUS number"),
                    ("case", "Petition"),
                    ("exclusion", "Exclusion"),
                    ("organization", "Organization"),
                    ("round", "Round"),
                    ("own", "Your petitions"),
                ],
                max_length=15,
            ),
        ),
        migrations.AlterField(
            model_name="webhookdelivery",
            name="body",
            field=models.JSONField(help_text="public facts only; of own petitions what happened to which, and when"),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("kind", "own"), _negated=True), ("channel", "webhook"), _connector="OR"),
                name="subscription_own_is_webhook",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("old_secret", ""), ("old_secret_until__isnull", True)),
                    models.Q(("old_secret__gt", ""), ("old_secret_until__isnull", False)),
                    _connector="OR",
                ),
                name="subscription_old_secret_ends",
            ),
        ),
    ]
