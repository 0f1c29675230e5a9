"""Companies that an interest names by their words and does not mean: an administrator found so."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    serving = "may go on: it adds a table that nobody asks yet."
    dependencies = [
        ("exclusions", "0108_rows_that_were_never_right"),
    ]

    operations = [
        migrations.CreateModel(
            name="NotThem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=300, verbose_name="name of the other company")),
                ("reason", models.CharField(max_length=1000)),
                ("recorded_at", models.DateTimeField()),
                (
                    "interest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="not_them", to="exclusions.interest"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="not_them_has_reason"
                    ),
                    models.UniqueConstraint(fields=("interest", "name"), name="not_them_once"),
                ],
            },
        ),
    ]
