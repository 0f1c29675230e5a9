from django.db import migrations, models

KEY = {"blank": True, "db_default": "", "default": "", "max_length": 200}
TRIED = "pixels; 0: none can be made; empty: not tried yet"


class Migration(migrations.Migration):
    dependencies = [
        ("exclusions", "0080_looked_for_notices"),
    ]

    operations = [
        migrations.AddField(
            model_name="document",
            name="thumbnail_key",
            field=models.CharField(help_text="where the small picture of it is stored", **KEY),
        ),
        migrations.AddField(
            model_name="document",
            name="thumbnail_width",
            field=models.PositiveSmallIntegerField(blank=True, help_text=TRIED, null=True),
        ),
        migrations.AddField(
            model_name="document",
            name="thumbnail_height",
            field=models.PositiveSmallIntegerField(blank=True, help_text="pixels", null=True),
        ),
        migrations.AddField(
            model_name="publicdocument",
            name="thumbnail_key",
            field=models.CharField(verbose_name="key of the small picture", **KEY),
        ),
        migrations.AddField(
            model_name="publicdocument",
            name="thumbnail_width",
            field=models.PositiveSmallIntegerField(blank=True, help_text="pixels", null=True),
        ),
        migrations.AddField(
            model_name="publicdocument",
            name="thumbnail_height",
            field=models.PositiveSmallIntegerField(blank=True, help_text="pixels", null=True),
        ),
    ]
