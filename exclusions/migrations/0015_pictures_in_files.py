"""What of a public file is pictures, or pages without text: the clerk looks at it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exclusions", "0014_order_clock_and_relations")]

    operations = [
        migrations.AddField(
            model_name="document",
            name="pictures",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="what of a public file only people can look at",
                max_length=200,
            ),
        ),
    ]
