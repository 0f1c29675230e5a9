"""What is known of like rows in bulk sheets, of rows that repeat what is on file, and sheets that are checked alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    serving = "must stop: it adds columns to bulk sheets and to their rows."
    dependencies = [
        ("exclusions", "0120_bulk_leaks"),
    ]

    operations = [
        migrations.AddField(
            model_name="bulkrow",
            name="like_line",
            field=models.PositiveIntegerField(
                blank=True, help_text="of the row that it may be one petition with", null=True
            ),
        ),
        migrations.AddField(
            model_name="bulkrow",
            name="name_key",
            field=models.CharField(blank=True, default="", help_text="of its number and product's name", max_length=64),
        ),
        migrations.AddField(
            model_name="bulkrow",
            name="repeats",
            field=models.JSONField(
                blank=True, default=list, help_text="sentences: what is on file of the same product"
            ),
        ),
        migrations.AddField(
            model_name="bulksheet",
            name="is_dry_run",
            field=models.BooleanField(
                db_default=False, default=False, help_text="its rows never become drafts", verbose_name="checked alone"
            ),
        ),
        migrations.AddIndex(
            model_name="bulkrow",
            index=models.Index(fields=["sheet", "name_key"], name="bulk_row_by_name"),
        ),
        migrations.AddIndex(
            model_name="bulkrow",
            index=models.Index(fields=["sheet", "like_line"], name="bulk_row_by_like"),
        ),
    ]
