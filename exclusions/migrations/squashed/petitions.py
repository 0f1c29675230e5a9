"""Petitions with their versions."""

import uuid

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

TABLES = [
    migrations.CreateModel(
        name="Petition",
        fields=[
            ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ("reference", models.CharField(blank=True, max_length=40, null=True, unique=True)),
            (
                "status",
                models.CharField(
                    choices=[
                        ("draft", "Draft"),
                        ("submitted", "Submitted, not posted"),
                        ("returned", "Returned for correction"),
                        ("posted", "Posted, responses open"),
                        ("replying", "Awaiting replies"),
                        ("level1", "Level 1 review"),
                        ("level2", "Level 2 review"),
                        ("consistency", "Consistency review"),
                        ("legal", "Legal review"),
                        ("drafting", "Product text being drafted"),
                        ("customs", "With customs"),
                        ("committee", "With the Section 301 Committee"),
                        ("signature", "Awaiting signature"),
                        ("granted", "Granted, notice pending"),
                        ("published", "Granted, notice published"),
                        ("denied", "Denied"),
                        ("withdrawn", "Withdrawn"),
                        ("lapsed", "Lapsed, not corrected in time"),
                        ("incomplete", "Not considered: incomplete"),
                        ("covered", "Covered by an existing exclusion"),
                        ("duplicate", "Duplicate of an earlier petition"),
                    ],
                    default="draft",
                    max_length=20,
                ),
            ),
            ("hts10", models.CharField(blank=True, max_length=10)),
            ("product_name", models.CharField(blank=True, max_length=300)),
            ("revision", models.PositiveIntegerField(default=0, help_text="grows with each saved step of a draft")),
            ("created_at", models.DateTimeField()),
            ("updated_at", models.DateTimeField()),
            ("submitted_at", models.DateTimeField(blank=True, null=True)),
            ("posted_at", models.DateTimeField(blank=True, null=True)),
            ("response_closes_at", models.DateTimeField(blank=True, null=True)),
            (
                "reply_closes_at",
                models.DateTimeField(blank=True, help_text="the latest of all reply deadlines", null=True),
            ),
            ("status_since", models.DateTimeField()),
            (
                "filed_by",
                models.ForeignKey(on_delete=models.PROTECT, related_name="petitions", to=settings.AUTH_USER_MODEL),
            ),
            (
                "filer_organization",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=models.PROTECT,
                    related_name="filed_petitions",
                    to="exclusions.organization",
                ),
            ),
            (
                "organization",
                models.ForeignKey(on_delete=models.PROTECT, related_name="petitions", to="exclusions.organization"),
            ),
            ("round", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="exclusions.round")),
            (
                "assisted_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=models.PROTECT,
                    related_name="assisted_petitions",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "assisted_request",
                models.CharField(
                    blank=True,
                    help_text="the written request under which staff filed for the organization",
                    max_length=300,
                ),
            ),
            (
                "cure_closes_at",
                models.DateTimeField(blank=True, help_text="while it is returned: the last moment", null=True),
            ),
            (
                "in_part",
                models.BooleanField(
                    db_default=False,
                    default=False,
                    help_text="the decision that stands grants less than asked",
                    verbose_name="granted in part",
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=Q(
                        ("status", "draft"),
                        Q(("reference__isnull", False), ("submitted_at__isnull", False)),
                        _connector="OR",
                    ),
                    name="petition_filed_has_reference",
                ),
                models.CheckConstraint(
                    condition=Q(("posted_at__isnull", True), ("submitted_at__isnull", False), _connector="OR"),
                    name="petition_posted_was_filed",
                ),
                models.CheckConstraint(
                    condition=Q(
                        Q(("assisted_by__isnull", True), ("assisted_request", "")),
                        Q(("assisted_by__isnull", False), Q(("assisted_request", ""), _negated=True)),
                        _connector="OR",
                    ),
                    name="petition_assisted_on_request",
                ),
            ],
            "indexes": [
                models.Index(fields=["status_since", "reference"], name="petition_longest_wait"),
                models.Index(fields=["status", "status_since", "reference"], include=("id",), name="petition_worklist"),
                models.Index(fields=["status", "hts10", "reference"], include=("id",), name="petition_by_number"),
                models.Index(
                    fields=["status", "product_name", "reference"], include=("id",), name="petition_by_product"
                ),
                models.Index(fields=["status", "reference"], include=("id",), name="petition_by_reference"),
                models.Index(fields=["hts10"], include=("id",), name="petition_of_number"),
            ],
        },
    ),
    migrations.CreateModel(
        name="PetitionVersion",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("number", models.PositiveSmallIntegerField(default=1)),
            ("answers", models.JSONField(default=dict)),
            ("saved_at", models.DateTimeField()),
            ("sealed_at", models.DateTimeField(blank=True, null=True)),
            ("sha256", models.CharField(blank=True, max_length=64)),
            (
                "petition",
                models.ForeignKey(on_delete=models.CASCADE, related_name="versions", to="exclusions.petition"),
            ),
            (
                "sealed_by",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            (
                "saved_by",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(fields=("petition", "number"), name="petition_version_once"),
                models.UniqueConstraint(
                    condition=Q(("sealed_at__isnull", True)), fields=("petition",), name="petition_one_open_version"
                ),
                models.CheckConstraint(
                    condition=Q(
                        Q(("sealed_at__isnull", True), ("sealed_by__isnull", True), ("sha256", "")),
                        Q(("sealed_at__isnull", False), ("sealed_by__isnull", False), Q(("sha256", ""), _negated=True)),
                        _connector="OR",
                    ),
                    name="petition_version_sealed_whole",
                ),
            ]
        },
    ),
    migrations.CreateModel(
        name="Listing",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("listed_at", models.DateTimeField()),
            ("accepted_at", models.DateTimeField(blank=True, null=True)),
            ("ended_at", models.DateTimeField(blank=True, null=True)),
            ("listed_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            (
                "organization",
                models.ForeignKey(on_delete=models.PROTECT, related_name="listings", to="exclusions.organization"),
            ),
            (
                "petition",
                models.ForeignKey(on_delete=models.CASCADE, related_name="listings", to="exclusions.petition"),
            ),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(
                    condition=Q(("ended_at__isnull", True)), fields=("petition", "organization"), name="listing_once"
                )
            ]
        },
    ),
    migrations.CreateModel(
        name="Cure",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("number", models.PositiveSmallIntegerField(help_text="1 for the first return of the petition, and so on")),
            ("points", models.JSONField(help_text="[{question: key, label: as it was asked, remedy: what to do}]")),
            ("closes_at", models.DateTimeField(help_text="the last moment at which a correction is in time")),
            ("returned_at", models.DateTimeField()),
            ("petition", models.ForeignKey(on_delete=models.PROTECT, related_name="cures", to="exclusions.petition")),
            ("returned_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
        ],
        options={"constraints": [models.UniqueConstraint(fields=("petition", "number"), name="cure_number_once")]},
    ),
]
