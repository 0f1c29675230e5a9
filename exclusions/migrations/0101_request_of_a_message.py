from django.db import migrations, models


class Migration(migrations.Migration):
    """A message names the request that caused it. The database fills it in for a version that does not know it."""

    dependencies = [
        ("exclusions", "0090_plain_names"),
    ]

    operations = [
        migrations.AddField(
            model_name="notification",
            name="request_id",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="the number of the request that caused it",
                max_length=36,
            ),
        ),
    ]
