"""The store of decided cases, and clusters of like ones."""

import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

TABLES = [
    migrations.CreateModel(
        name="StoredCase",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("reference", models.CharField(max_length=40, unique=True)),
            ("kind", models.CharField(choices=[("live", "Live"), ("historical", "Historical")], max_length=10)),
            ("docket", models.CharField(db_index=True, max_length=20)),
            ("requester", models.CharField(blank=True, max_length=300)),
            ("requester_key", models.CharField(blank=True, db_index=True, max_length=300)),
            ("hts10", models.CharField(blank=True, db_index=True, max_length=10)),
            (
                "hts8",
                models.GeneratedField(
                    db_persist=True,
                    expression=django.db.models.functions.text.Substr("hts10", 1, 8),
                    output_field=models.CharField(max_length=8),
                ),
            ),
            ("product", models.CharField(blank=True, max_length=300)),
            ("product_key", models.CharField(blank=True, max_length=300)),
            (
                "words",
                models.TextField(blank=True, help_text="what the public reads of the product: name, description, use"),
            ),
            (
                "filed_on",
                models.DateField(blank=True, help_text="of a historical case: the day of its posting", null=True),
            ),
            (
                "outcome",
                models.CharField(
                    choices=[
                        ("open", "Open"),
                        ("granted", "Granted"),
                        ("in_part", "Granted in part"),
                        ("denied", "Denied"),
                        ("withdrawn", "Withdrawn"),
                        ("not_considered", "Not considered"),
                    ],
                    default="open",
                    max_length=20,
                ),
            ),
            ("decided_on", models.DateField(blank=True, null=True)),
            (
                "lacks",
                models.CharField(
                    blank=True, help_text="what the docket leaves blank: requester, product", max_length=40
                ),
            ),
            (
                "layout",
                models.PositiveSmallIntegerField(
                    db_default=1, default=1, help_text="one of an earlier layout is written anew by migrate"
                ),
            ),
            (
                "organization",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="exclusions.organization"
                ),
            ),
            (
                "petition",
                models.OneToOneField(
                    blank=True, null=True, on_delete=models.CASCADE, related_name="stored", to="exclusions.petition"
                ),
            ),
            (
                "likeness",
                models.BigIntegerField(
                    db_default=0,
                    default=0,
                    help_text="digest of what is compared: cases of one are like the same others",
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=Q(
                        Q(("kind", "live"), ("organization__isnull", False), ("petition__isnull", False)),
                        Q(("kind", "historical"), ("organization__isnull", True), ("petition__isnull", True)),
                        _connector="OR",
                    ),
                    name="stored_case_live_has_petition",
                )
            ],
            "indexes": [
                models.Index(fields=["hts8", "-filed_on", "-reference"], name="stored_case_hts8"),
                models.Index(fields=["product_key", "hts10"], name="stored_case_product"),
                models.Index(fields=["-filed_on", "-id"], name="stored_case_newest"),
                models.Index(
                    fields=["hts10", "-filed_on", "-id", "petition", "likeness"], name="stored_case_number_whole"
                ),
                models.Index(
                    fields=["likeness"],
                    include=("id", "filed_on", "kind", "outcome", "hts10", "petition", "organization", "requester_key"),
                    name="stored_case_alike",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="StoredKey",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("key", models.BigIntegerField()),
            ("likeness", models.BigIntegerField(db_default=0, default=0, help_text="that of the cases of the wording")),
        ],
        options={
            "indexes": [
                models.Index(fields=["key", "likeness"], name="stored_key_shared"),
                models.Index(fields=["likeness", "key"], name="stored_key_of_wording"),
            ]
        },
    ),
    migrations.CreateModel(
        name="Cluster",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("title", models.CharField(max_length=300)),
            ("hts10", models.CharField(db_index=True, max_length=10)),
            (
                "state",
                models.CharField(
                    choices=[("proposed", "Proposed"), ("accepted", "Accepted"), ("dissolved", "Dissolved")],
                    default="proposed",
                    max_length=10,
                ),
            ),
            ("basis", models.CharField(max_length=300, verbose_name="why these cases are alike")),
            ("revision", models.PositiveIntegerField(default=0)),
            ("size", models.PositiveIntegerField(default=0, verbose_name="members that do not stand apart")),
            ("made_at", models.DateTimeField()),
            (
                "made_by",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
        ],
        options={"indexes": [models.Index(fields=["-size", "id"], name="cluster_by_size")]},
    ),
    migrations.CreateModel(
        name="ClusterMember",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("basis", models.CharField(blank=True, max_length=300)),
            ("value", models.BigIntegerField(blank=True, null=True)),
            ("joined_at", models.DateTimeField()),
            ("apart", models.CharField(blank=True, max_length=1000, verbose_name="why it stands apart")),
            ("left_at", models.DateTimeField(blank=True, null=True)),
            ("reason", models.CharField(blank=True, max_length=1000, verbose_name="why it left")),
            (
                "case",
                models.ForeignKey(on_delete=models.CASCADE, related_name="memberships", to="exclusions.storedcase"),
            ),
            ("cluster", models.ForeignKey(on_delete=models.PROTECT, related_name="members", to="exclusions.cluster")),
            (
                "joined_by",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            (
                "left_by",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(
                    condition=Q(("left_at__isnull", True)), fields=("case",), name="cluster_member_once"
                )
            ]
        },
    ),
    migrations.CreateModel(
        name="JointAct",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("kind", models.CharField(max_length=20)),
            (
                "words",
                models.JSONField(
                    default=dict, help_text="what was entered for all of them, without confidential notes"
                ),
            ),
            ("revision", models.PositiveIntegerField(help_text="of the cluster, when it was done")),
            ("at", models.DateTimeField()),
            ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ("cluster", models.ForeignKey(on_delete=models.PROTECT, related_name="acts", to="exclusions.cluster")),
        ],
    ),
    migrations.CreateModel(
        name="JointActMember",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "particular",
                models.JSONField(default=dict, help_text="references of its responses, keys of its own answers"),
            ),
            ("act", models.ForeignKey(on_delete=models.PROTECT, related_name="members", to="exclusions.jointact")),
            ("petition", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="exclusions.petition")),
        ],
        options={"constraints": [models.UniqueConstraint(fields=("act", "petition"), name="joint_act_member_once")]},
    ),
    migrations.CreateModel(
        name="StoredTally",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("hts10", models.CharField(max_length=10)),
            ("requester_key", models.CharField(db_index=True, max_length=300)),
            ("organization_id", models.UUIDField(db_index=True)),
            ("docket", models.CharField(max_length=20)),
            ("kind", models.CharField(max_length=10)),
            ("outcome", models.CharField(max_length=20)),
            ("number", models.BigIntegerField()),
        ],
        options={"indexes": [models.Index(fields=["hts10", "requester_key", "outcome"], name="stored_tally_kind")]},
    ),
]
