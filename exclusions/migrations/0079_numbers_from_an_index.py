from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exclusions", "0078_words_of_a_kind"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="publicpetition",
            name="public_petition_hts",
        ),
        migrations.AddIndex(
            model_name="publicpetition",
            index=models.Index(
                fields=["hts10", "-posted_on", "-reference"],
                include=("stage", "docket"),
                name="public_petition_number",
            ),
        ),
    ]
