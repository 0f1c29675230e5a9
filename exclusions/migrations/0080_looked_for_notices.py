from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exclusions", "0079_numbers_from_an_index"),
    ]

    operations = [
        migrations.CreateModel(
            name="LookedForNotices",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "until",
                    models.DateField(
                        help_text="the last day whose notices were searched", verbose_name="searched through"
                    ),
                ),
                ("looked_at", models.DateTimeField(verbose_name="searched at")),
            ],
            options={
                "verbose_name": "search for notices",
                "verbose_name_plural": "searches for notices",
            },
        ),
    ]
