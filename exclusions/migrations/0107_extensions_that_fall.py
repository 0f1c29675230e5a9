"""An extension after an outage falls unless a second administrator confirms it: until when, and what settled it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    serving = "must stop: it adds columns to orders about rounds."

    dependencies = [
        ("exclusions", "0106_term_presses_reopened"),
    ]

    operations = [
        migrations.AddField(
            model_name="roundorder",
            name="holds_until",
            field=models.DateTimeField(blank=True, help_text="it falls then, unless it is confirmed", null=True),
        ),
        migrations.AddField(
            model_name="roundorder",
            name="settles",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="settled_by",
                to="exclusions.roundorder",
            ),
        ),
        migrations.AlterField(
            model_name="historicalround",
            name="responses_until",
            field=models.DateTimeField(blank=True, help_text="no response period ends before this", null=True),
        ),
        migrations.AlterField(
            model_name="round",
            name="responses_until",
            field=models.DateTimeField(blank=True, help_text="no response period ends before this", null=True),
        ),
        migrations.AlterField(
            model_name="roundorder",
            name="kind",
            field=models.CharField(
                choices=[
                    ("extend_filing", "Filing window extended"),
                    ("extend_responses", "Response periods extended"),
                    ("pause", "Paused"),
                    ("resume", "Resumed"),
                    ("reopen", "Demonstration window reopened"),
                    ("extend_pending", "All pending deadlines extended"),
                    ("confirm", "Extension confirmed"),
                    ("fall", "Extension ended, not confirmed"),
                ],
                max_length=20,
            ),
        ),
    ]
