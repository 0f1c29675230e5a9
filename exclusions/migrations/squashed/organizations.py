"""Organizations, who acts for them, and interests in them."""

import uuid

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

TABLES = [
    migrations.CreateModel(
        name="Organization",
        fields=[
            ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ("legal_name", models.CharField(max_length=300)),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("company", "Company"),
                        ("law_firm", "Law firm"),
                        ("association", "Trade association"),
                        ("broker", "Customs broker"),
                    ],
                    default="company",
                    max_length=20,
                ),
            ),
            ("created_at", models.DateTimeField()),
            (
                "merged_into",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="merged", to="exclusions.organization"
                ),
            ),
            ("vetted_at", models.DateTimeField(blank=True, help_text="since when it may act for others", null=True)),
            (
                "vetted_by",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=Q(("vetted_by__isnull", True), ("vetted_at__isnull", False), _connector="OR"),
                    name="organization_vetted_when",
                ),
                models.CheckConstraint(
                    condition=Q(("merged_into", models.F("pk")), _negated=True),
                    name="organization_not_merged_into_itself",
                ),
            ]
        },
    ),
    migrations.CreateModel(
        name="Membership",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "role",
                models.CharField(choices=[("owner", "Owner"), ("member", "Member")], default="owner", max_length=20),
            ),
            ("created_at", models.DateTimeField()),
            (
                "user",
                models.ForeignKey(on_delete=models.CASCADE, related_name="memberships", to=settings.AUTH_USER_MODEL),
            ),
            (
                "organization",
                models.ForeignKey(on_delete=models.CASCADE, related_name="memberships", to="exclusions.organization"),
            ),
        ],
        options={"constraints": [models.UniqueConstraint(fields=("user", "organization"), name="membership_once")]},
    ),
    migrations.CreateModel(
        name="Authorization",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("valid_from", models.DateField()),
            ("valid_to", models.DateField(blank=True, null=True)),
            ("accepted_at", models.DateTimeField(blank=True, null=True)),
            ("revoked_at", models.DateTimeField(blank=True, null=True)),
            (
                "client",
                models.ForeignKey(on_delete=models.PROTECT, related_name="filers", to="exclusions.organization"),
            ),
            (
                "filer",
                models.ForeignKey(on_delete=models.PROTECT, related_name="clients", to="exclusions.organization"),
            ),
            ("requested_at", models.DateTimeField(blank=True, null=True)),
            (
                "requested_by",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            (
                "rounds",
                models.ManyToManyField(
                    blank=True, help_text="the rounds it is for; none: all", related_name="+", to="exclusions.round"
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=Q(("filer", models.F("client")), _negated=True), name="authorization_two_parties"
                ),
                models.CheckConstraint(
                    condition=Q(("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"),
                    name="authorization_dates",
                ),
            ],
            "verbose_name": "leave to act for a client",
            "verbose_name_plural": "leaves to act for clients",
        },
    ),
    migrations.CreateModel(
        name="Invitation",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("email", models.EmailField(max_length=254)),
            (
                "role",
                models.CharField(choices=[("owner", "Owner"), ("member", "Member")], default="member", max_length=20),
            ),
            ("digest", models.CharField(help_text="sha256 of the key in the message", max_length=64, unique=True)),
            ("created_at", models.DateTimeField()),
            ("expires_at", models.DateTimeField()),
            ("used_at", models.DateTimeField(blank=True, null=True)),
            ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ("created_by", models.ForeignKey(on_delete=models.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
            (
                "organization",
                models.ForeignKey(on_delete=models.CASCADE, related_name="invitations", to="exclusions.organization"),
            ),
            (
                "used_by",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=Q(("used_at__isnull", True), ("withdrawn_at__isnull", True), _connector="OR"),
                    name="invitation_used_or_withdrawn",
                )
            ]
        },
    ),
    migrations.CreateModel(
        name="Interest",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("name", models.CharField(max_length=300, verbose_name="name of the company")),
            (
                "nature",
                models.CharField(
                    help_text="for example shares, a former employer",
                    max_length=300,
                    verbose_name="what the interest is",
                ),
            ),
            ("declared_at", models.DateTimeField()),
            ("ended_at", models.DateTimeField(blank=True, null=True)),
            ("declared_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            (
                "ended_by",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            (
                "organization",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=models.SET_NULL,
                    related_name="interests",
                    to="exclusions.organization",
                ),
            ),
            (
                "user",
                models.ForeignKey(on_delete=models.CASCADE, related_name="interests", to=settings.AUTH_USER_MODEL),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(condition=Q(("name", ""), _negated=True), name="interest_has_name"),
                models.CheckConstraint(
                    condition=Q(
                        Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                        Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                        _connector="OR",
                    ),
                    name="interest_ended_by_and_at",
                ),
            ],
            "verbose_name": "declared interest",
            "verbose_name_plural": "declared interests",
        },
    ),
]
