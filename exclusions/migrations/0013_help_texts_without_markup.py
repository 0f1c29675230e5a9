"""Help texts of the record that held angle brackets, which the admin does not escape. No table changes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exclusions", "0012_uploads_and_confidential_treatment")]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="subject",
            field=models.CharField(
                help_text="what the chain is about: “petition:” and its id, for example", max_length=60
            ),
        ),
        migrations.AlterField(
            model_name="notification",
            name="template",
            field=models.CharField(help_text="the name of a text in templates/email/, without .txt", max_length=40),
        ),
    ]
