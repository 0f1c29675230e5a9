"""Documents of bulk sheets: ZIPs, the files in them, what rows name, and contents that are stored once."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    serving = "must stop: the version before erases a stored file with the first of the rows that name it."

    dependencies = [
        ("exclusions", "0116_dumps"),
    ]

    operations = [
        migrations.AlterField(
            model_name="bulksheet",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "No rows yet"),
                    ("reading", "Documents being read"),
                    ("checking", "Being checked"),
                    ("checked", "Checked"),
                    ("drafting", "Drafts being made"),
                    ("proving", "Drafts being checked"),
                    ("filing", "Petitions being filed"),
                ],
                default="open",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="document",
            name="storage_key",
            field=models.CharField(blank=True, db_index=True, help_text="empty: erased with its draft", max_length=200),
        ),
        migrations.AlterField(
            model_name="document",
            name="text_key",
            field=models.CharField(
                blank=True, db_index=True, help_text="where the text of a public file is stored", max_length=200
            ),
        ),
        migrations.AlterField(
            model_name="document",
            name="thumbnail_key",
            field=models.CharField(
                blank=True,
                db_default="",
                db_index=True,
                default="",
                help_text="where the small picture of it is stored",
                max_length=200,
            ),
        ),
        migrations.AlterField(
            model_name="earliercopy",
            name="storage_key",
            field=models.CharField(db_index=True, max_length=200),
        ),
        migrations.CreateModel(
            name="BulkZip",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("file_name", models.CharField(max_length=150)),
                ("size", models.PositiveBigIntegerField(help_text="bytes")),
                ("storage_key", models.CharField(blank=True, max_length=200)),
                ("sent_at", models.DateTimeField()),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                ("refused", models.JSONField(blank=True, default=list, help_text="sentences")),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="zips", to="exclusions.bulksheet"
                    ),
                ),
            ],
            options={
                "verbose_name": "ZIP of documents",
                "verbose_name_plural": "ZIPs of documents",
            },
        ),
        migrations.CreateModel(
            name="BulkFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=255)),
                ("key", models.CharField(max_length=255)),
                ("size", models.PositiveBigIntegerField(help_text="bytes")),
                ("sha256", models.CharField(blank=True, max_length=64)),
                (
                    "zip",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="exclusions.bulkzip"
                    ),
                ),
            ],
            options={
                "verbose_name": "file in a ZIP",
                "verbose_name_plural": "files in ZIPs",
            },
        ),
        migrations.CreateModel(
            name="BulkContent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(help_text="as it came", max_length=64)),
                ("is_public", models.BooleanField()),
                ("named_type", models.CharField(help_text="media type that its name says", max_length=100)),
                ("refused", models.TextField(blank=True)),
                ("content_type", models.CharField(blank=True, max_length=100)),
                ("size", models.PositiveBigIntegerField(default=0, help_text="bytes, as it is stored")),
                ("stored_sha256", models.CharField(blank=True, max_length=64)),
                ("storage_key", models.CharField(blank=True, max_length=200)),
                ("text_key", models.CharField(blank=True, max_length=200)),
                ("text_whole", models.BooleanField(default=False)),
                ("unread_parts", models.TextField(blank=True)),
                (
                    "reader",
                    models.PositiveSmallIntegerField(default=0, help_text="version of the reader that read the text"),
                ),
                ("pictures", models.CharField(blank=True, max_length=200)),
                ("thumbnail_key", models.CharField(blank=True, max_length=200)),
                ("thumbnail_width", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("thumbnail_height", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "scan",
                    models.CharField(
                        choices=[("not_scanned", "Not virus-scanned"), ("clean", "Clean"), ("infected", "Infected")],
                        default="not_scanned",
                        max_length=20,
                    ),
                ),
                ("read_at", models.DateTimeField()),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="contents", to="exclusions.bulksheet"
                    ),
                ),
            ],
            options={
                "verbose_name": "content of documents",
                "verbose_name_plural": "contents of documents",
                "indexes": [
                    models.Index(fields=["storage_key"], name="bulk_content_by_stored"),
                    models.Index(fields=["text_key"], name="bulk_content_by_text"),
                    models.Index(fields=["thumbnail_key"], name="bulk_content_by_thumbnail"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sheet", "sha256", "is_public", "named_type"), name="bulk_content_once_a_sheet"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("refused", ""), _negated=True),
                            models.Q(("storage_key", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="bulk_content_is_stored",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BulkWanted",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question_key", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=255)),
                ("key", models.CharField(max_length=255)),
                (
                    "row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wanted_files",
                        to="exclusions.bulkrow",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wanted_files",
                        to="exclusions.bulksheet",
                    ),
                ),
            ],
            options={
                "verbose_name": "file that a row names",
                "verbose_name_plural": "files that rows name",
                "indexes": [models.Index(fields=["sheet", "key"], name="bulk_wanted_by_key")],
                "constraints": [
                    models.UniqueConstraint(fields=("row", "question_key", "key"), name="bulk_wanted_once_a_question")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="bulkzip",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("taken_at__isnull", True), models.Q(("storage_key", ""), _negated=True), _connector="OR"
                ),
                name="bulk_zip_taken_is_stored",
            ),
        ),
        migrations.AddIndex(
            model_name="bulkfile",
            index=models.Index(fields=["key"], name="bulk_file_by_key"),
        ),
        migrations.AddConstraint(
            model_name="bulkfile",
            constraint=models.UniqueConstraint(fields=("zip", "key"), name="bulk_file_name_once"),
        ),
    ]
