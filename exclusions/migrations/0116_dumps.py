"""Files of the whole public docket as anybody downloads them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    serving = "may go on: the version before knows nothing of the two tables that it adds."
    dependencies = [
        ("exclusions", "0115_docket_changes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dump",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_at", models.DateTimeField()),
                ("number", models.BigIntegerField(verbose_name="last change of the docket that it is behind")),
                (
                    "take_downs",
                    models.PositiveIntegerField(
                        verbose_name="how many things had been taken down when its rows were read"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DumpFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("content_type", models.CharField(max_length=100)),
                ("size", models.PositiveBigIntegerField()),
                ("rows", models.PositiveIntegerField(null=True)),
                ("sha256", models.CharField(max_length=64)),
                ("storage_key", models.CharField(max_length=200)),
                (
                    "dump",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="exclusions.dump"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("dump", "name"), name="dump_file_one_a_name")],
            },
        ),
    ]
