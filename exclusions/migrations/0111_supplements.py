"""What is added to the page of a decided petition when a like one is decided otherwise."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    serving = "must stop: it adds a column to the public copies of petitions."
    dependencies = [
        ("exclusions", "0110_differences_referred"),
    ]

    operations = [
        migrations.AddField(
            model_name="publicpetition",
            name="supplements",
            field=models.JSONField(
                db_default=models.Value([], models.JSONField()),
                default=list,
                help_text="added since the decision: on, words, reasons",
            ),
        ),
        migrations.CreateModel(
            name="Supplement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("explanation", models.CharField(blank=True, max_length=40)),
                ("references", models.JSONField(default=list)),
                ("made_at", models.DateTimeField(db_index=True)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="exclusions.decision"
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supplements",
                        to="exclusions.petition",
                    ),
                ),
            ],
        ),
    ]
