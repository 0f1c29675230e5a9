"""Anything public can be taken down by itself: what it is, on which ground, and the text that stands in its place."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

KINDS = [
    ("petition", "Petition"),
    ("answer", "Answer"),
    ("document", "Document"),
    ("response", "Response"),
    ("response-answer", "Answer of a response"),
    ("reply", "Reply"),
    ("reply-answer", "Answer of a reply"),
    ("rationale", "Rationale of the decision"),
    ("finding", "Reasons of a finding"),
    ("letter", "Letter"),
]
GROUNDS = [
    ("confidential", "it held business confidential information"),
    ("personal", "it held personal information"),
    ("anothers", "it held what another party may not have published"),
    ("mistake", "it was published by mistake"),
    ("author", "its author asked for it"),
    ("law", "a law or an order requires it"),
]
PERSON = {
    "blank": True,
    "null": True,
    "on_delete": django.db.models.deletion.PROTECT,
    "related_name": "+",
    "to": settings.AUTH_USER_MODEL,
}


def name_things(apps, schema_editor):
    """Give each quarantine so far the key of what it took down: the petition, a response, or a file."""
    rows = apps.get_model("exclusions", "Quarantine").objects
    for row in rows.select_related("response").exclude(response=None, document=None).iterator(chunk_size=500):
        kind = "document" if row.document_id else "response"
        of = row.document_id or row.response.reference
        rows.filter(pk=row.pk).update(kind=kind, thing=f"{kind}:{of}")


class Migration(migrations.Migration):
    dependencies = [("exclusions", "0019_anchors")]

    operations = [
        migrations.RemoveConstraint(model_name="quarantine", name="quarantine_of_one_thing"),
        migrations.RemoveConstraint(model_name="quarantine", name="quarantine_petition_once"),
        migrations.RemoveConstraint(model_name="quarantine", name="quarantine_response_once"),
        migrations.RemoveConstraint(model_name="quarantine", name="quarantine_document_once"),
        migrations.AddField(
            model_name="quarantine",
            name="kind",
            field=models.CharField(choices=KINDS, default="petition", max_length=20),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="quarantine",
            name="thing",
            field=models.CharField(default="petition", help_text="its key: kind, reference, question", max_length=140),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="quarantine",
            name="label",
            field=models.CharField(
                blank=True, default="", help_text="the question or criterion, in words", max_length=300
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="quarantine",
            name="letter",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="quarantines",
                to="exclusions.letter",
            ),
        ),
        migrations.AddField(
            model_name="quarantine",
            name="ground",
            field=models.CharField(
                blank=True, choices=GROUNDS, default="", help_text="published with the tombstone", max_length=20
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="quarantine",
            name="correction",
            field=models.TextField(blank=True, default="", help_text="the text that is published in its place"),
        ),
        migrations.AddField(
            model_name="quarantine",
            name="corrected_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(model_name="quarantine", name="corrected_by", field=models.ForeignKey(**PERSON)),
        migrations.AlterField(
            model_name="quarantine",
            name="taken_by",
            field=models.ForeignKey(help_text="none: a responder", **PERSON),
        ),
        migrations.RunPython(name_things, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="quarantine",
            constraint=models.CheckConstraint(
                condition=Q(("document__isnull", False), ("kind", "document"))
                | Q(Q(("kind", "document"), _negated=True), ("document__isnull", True)),
                name="quarantine_of_a_file_names_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="quarantine",
            constraint=models.CheckConstraint(
                condition=Q(("corrected_at__isnull", True), ("corrected_by__isnull", True), ("correction", ""))
                | Q(
                    ("corrected_at__isnull", False),
                    ("corrected_by__isnull", False),
                    Q(("correction", ""), _negated=True),
                ),
                name="quarantine_corrected_by_and_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="quarantine",
            constraint=models.UniqueConstraint(
                condition=Q(("restored_at__isnull", True)), fields=("petition", "thing"), name="quarantine_thing_once"
            ),
        ),
        migrations.AddField(
            model_name="tombstone",
            name="ground",
            field=models.CharField(blank=True, choices=GROUNDS, db_default="", default="", max_length=20),
        ),
        migrations.AddField(
            model_name="publicletter",
            name="taken_down_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="publicletter",
            name="ground",
            field=models.CharField(blank=True, choices=GROUNDS, db_default="", default="", max_length=20),
        ),
        migrations.AlterField(
            model_name="publicpetition",
            name="taken_down",
            field=models.JSONField(default=list, help_text="things in quarantine: what, reference, label, on, ground"),
        ),
    ]
