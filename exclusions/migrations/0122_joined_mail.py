"""Whether mail about the petitions that a person files is joined once a day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    serving = "must stop: it adds a column to the choice of mail, which is sealed."
    dependencies = [
        ("exclusions", "0121_like_rows"),
    ]

    operations = [
        migrations.AddField(
            model_name="mailchoice",
            name="joined",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="mail about petitions joined once a day"
            ),
        ),
    ]
