"""What the code now says by itself leaves the state of the tables; no column and no row changes.

Queries name their order, actions and doors the moment at which a row was made, and from a round or an exclusion no
relation leads back into the private tables.
"""

import django.db.models.deletion
from django.db import migrations, models

ORDERED = (
    "accesslog",
    "actionrate",
    "assignment",
    "committeeassessment",
    "confidentialityrefusal",
    "consistencyreview",
    "contact",
    "coveredline",
    "customsopinion",
    "decision",
    "document",
    "event",
    "exclusion",
    "exclusionnumber",
    "exclusionterm",
    "exclusiontext",
    "finding",
    "htsedition",
    "interest",
    "invitation",
    "leaksettlement",
    "legalreview",
    "letter",
    "linesuccession",
    "listing",
    "notification",
    "organization",
    "petition",
    "petitionversion",
    "productdraft",
    "publicdocument",
    "publicdownload",
    "publicletter",
    "publicpetition",
    "publicresponse",
    "quarantine",
    "recommendation",
    "recusal",
    "response",
    "round",
    "tariffaction",
    "tariffline",
    "user",
)


class Migration(migrations.Migration):
    dependencies = [("exclusions", "0013_help_texts_without_markup")]

    operations = [
        *(migrations.AlterModelOptions(name=name, options={}) for name in ORDERED),
        migrations.AlterModelOptions(name="reply", options={"verbose_name_plural": "replies"}),
        # Apart from the database: SQLite would make each table anew, to the same end.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="decision",
                    name="exclusion",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="exclusions.exclusion",
                    ),
                ),
                migrations.AlterField(
                    model_name="petition",
                    name="round",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="exclusions.round"
                    ),
                ),
                migrations.AlterField(model_name="exclusion", name="created_at", field=models.DateTimeField()),
                migrations.AlterField(
                    model_name="historicalexclusion", name="created_at", field=models.DateTimeField()
                ),
                migrations.AlterField(model_name="membership", name="created_at", field=models.DateTimeField()),
                migrations.AlterField(model_name="organization", name="created_at", field=models.DateTimeField()),
                migrations.AlterField(model_name="user", name="date_joined", field=models.DateTimeField()),
            ],
        ),
    ]
