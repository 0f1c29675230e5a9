"""Things that were taken down."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

TABLES = [
    migrations.CreateModel(
        name="Quarantine",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("reason", models.TextField(help_text="for those who read the case; never published")),
            ("taken_at", models.DateTimeField()),
            ("restored_at", models.DateTimeField(blank=True, null=True)),
            (
                "document",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=models.CASCADE,
                    related_name="quarantines",
                    to="exclusions.document",
                ),
            ),
            (
                "petition",
                models.ForeignKey(on_delete=models.CASCADE, related_name="quarantines", to="exclusions.petition"),
            ),
            (
                "replacement",
                models.ForeignKey(
                    blank=True,
                    help_text="the corrected file",
                    null=True,
                    on_delete=models.SET_NULL,
                    related_name="+",
                    to="exclusions.document",
                ),
            ),
            (
                "response",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=models.CASCADE,
                    related_name="quarantines",
                    to="exclusions.response",
                ),
            ),
            (
                "restored_by",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            (
                "taken_by",
                models.ForeignKey(
                    blank=True,
                    help_text="none: a responder",
                    null=True,
                    on_delete=models.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("petition", "Petition"),
                        ("answer", "Answer"),
                        ("document", "Document"),
                        ("response", "Response"),
                        ("response-answer", "Answer of a response"),
                        ("reply", "Reply"),
                        ("reply-answer", "Answer of a reply"),
                        ("rationale", "Rationale of the decision"),
                        ("finding", "Reasons of a finding"),
                        ("explanation", "Further reasons of the decision"),
                        ("letter", "Letter"),
                        ("inquiry", "Question of the agency"),
                        ("inquiry-answer", "Answer to a question of the agency"),
                    ],
                    max_length=20,
                ),
            ),
            ("thing", models.CharField(help_text="its key: kind, reference, question", max_length=140)),
            ("label", models.CharField(blank=True, help_text="the question or criterion, in words", max_length=300)),
            (
                "letter",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="quarantines", to="exclusions.letter"
                ),
            ),
            (
                "ground",
                models.CharField(
                    blank=True,
                    choices=[
                        ("confidential", "it held business confidential information"),
                        ("personal", "it held personal information"),
                        ("anothers", "it held what another party may not have published"),
                        ("mistake", "it was published by mistake"),
                        ("author", "its author asked for it"),
                        ("withdrawn", "withdrawn by its author"),
                        ("law", "a law or an order requires it"),
                    ],
                    help_text="published with the tombstone",
                    max_length=20,
                ),
            ),
            (
                "correction",
                models.TextField(blank=True, default="", help_text="the text that is published in its place"),
            ),
            ("corrected_at", models.DateTimeField(blank=True, null=True)),
            (
                "corrected_by",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(condition=Q(("reason", ""), _negated=True), name="quarantine_has_reason"),
                models.CheckConstraint(
                    condition=Q(
                        Q(("restored_at__isnull", True), ("restored_by__isnull", True)),
                        Q(("restored_at__isnull", False), ("restored_by__isnull", False)),
                        _connector="OR",
                    ),
                    name="quarantine_restored_by_and_at",
                ),
                models.CheckConstraint(
                    condition=Q(
                        Q(("document__isnull", False), ("kind", "document")),
                        Q(Q(("kind", "document"), _negated=True), ("document__isnull", True)),
                        _connector="OR",
                    ),
                    name="quarantine_of_a_file_names_it",
                ),
                models.CheckConstraint(
                    condition=Q(
                        Q(("corrected_at__isnull", True), ("corrected_by__isnull", True), ("correction", "")),
                        Q(
                            ("corrected_at__isnull", False),
                            ("corrected_by__isnull", False),
                            Q(("correction", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="quarantine_corrected_by_and_at",
                ),
                models.UniqueConstraint(
                    condition=Q(("restored_at__isnull", True)),
                    fields=("petition", "thing"),
                    name="quarantine_thing_once",
                ),
            ],
            "verbose_name": "thing taken down",
            "verbose_name_plural": "things taken down",
        },
    )
]
