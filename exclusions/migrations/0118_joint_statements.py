"""One statement of a person on many petitions, and the responses that it became."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    serving = "must stop: it adds a column to responses, which are sealed."
    dependencies = [
        ("exclusions", "0117_bulk_documents"),
    ]

    operations = [
        migrations.CreateModel(
            name="JointStatement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("position", models.CharField(choices=[("support", "Support"), ("oppose", "Oppose")], max_length=10)),
                ("organization_name", models.CharField(max_length=300)),
                ("email", models.EmailField(max_length=254)),
                ("answers", models.JSONField(default=dict, help_text="with the named fields as they were typed")),
                (
                    "cases",
                    models.JSONField(
                        default=list, help_text="[[reference, {column: value}]] in the order of the references"
                    ),
                ),
                (
                    "left_out",
                    models.JSONField(default=dict, help_text="{reference: why it was not sent there}"),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="digest of all that was typed")),
                ("confirmation_digest", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="exclusions.round"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="response",
            name="joint",
            field=models.ForeignKey(
                blank=True,
                help_text="the statement on many petitions that it is part of",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="responses",
                to="exclusions.jointstatement",
            ),
        ),
    ]
