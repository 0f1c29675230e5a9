"""What level 1 and 2 say of like cases with another result: what sets a case apart, or why they refer the difference."""

from django.db import migrations, models


class Migration(migrations.Migration):
    serving = "must stop: it adds a column to recommendations, which are sealed."

    dependencies = [
        ("exclusions", "0109_companies_not_meant"),
    ]

    operations = [
        migrations.AddField(
            model_name="recommendation",
            name="unlike",
            field=models.JSONField(
                db_default=models.Value([], models.JSONField()),
                default=list,
                help_text="like cases with another result, as a comparison keeps them; refers: why they are left to that",
            ),
        ),
    ]
