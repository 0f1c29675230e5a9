"""What a petition goes through before findings are made."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

TABLES = [
    migrations.CreateModel(
        name="Contact",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("with_whom", models.CharField(max_length=200)),
            ("summary", models.TextField()),
            ("held_on", models.DateField()),
            ("logged_at", models.DateTimeField()),
            (
                "logged_by",
                models.ForeignKey(on_delete=models.PROTECT, related_name="contacts", to=settings.AUTH_USER_MODEL),
            ),
            (
                "petition",
                models.ForeignKey(on_delete=models.CASCADE, related_name="contacts", to="exclusions.petition"),
            ),
        ],
    ),
    migrations.CreateModel(
        name="Assignment",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("role", models.CharField(max_length=20)),
            ("assigned_at", models.DateTimeField()),
            ("ended_at", models.DateTimeField(blank=True, null=True)),
            (
                "user",
                models.ForeignKey(on_delete=models.PROTECT, related_name="assignments", to=settings.AUTH_USER_MODEL),
            ),
            (
                "petition",
                models.ForeignKey(on_delete=models.CASCADE, related_name="assignments", to="exclusions.petition"),
            ),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(
                    condition=Q(("ended_at__isnull", True)), fields=("petition", "role"), name="assignment_one_a_role"
                )
            ]
        },
    ),
    migrations.CreateModel(
        name="ProductDraft",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("version", models.PositiveSmallIntegerField()),
            ("text", models.TextField()),
            ("number", models.CharField(max_length=10, verbose_name="10-digit number")),
            ("whole_number", models.BooleanField(default=False)),
            ("drafted_at", models.DateTimeField()),
            (
                "drafted_by",
                models.ForeignKey(on_delete=models.PROTECT, related_name="drafts", to=settings.AUTH_USER_MODEL),
            ),
            ("petition", models.ForeignKey(on_delete=models.CASCADE, related_name="drafts", to="exclusions.petition")),
            (
                "joint",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="exclusions.jointact"
                ),
            ),
        ],
        options={
            "constraints": [models.UniqueConstraint(fields=("petition", "version"), name="product_draft_version_once")]
        },
    ),
    migrations.CreateModel(
        name="CustomsOpinion",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "result",
                models.CharField(
                    choices=[
                        ("no_objection", "No objection"),
                        ("misclassified", "Not classified in the cited number"),
                        ("not_administrable", "Cannot be administered"),
                    ],
                    max_length=20,
                ),
            ),
            ("reasons", models.TextField(blank=True)),
            ("given_at", models.DateTimeField()),
            (
                "given_by",
                models.ForeignKey(
                    on_delete=models.PROTECT, related_name="customs_opinions", to=settings.AUTH_USER_MODEL
                ),
            ),
            (
                "draft",
                models.ForeignKey(on_delete=models.PROTECT, related_name="opinions", to="exclusions.productdraft"),
            ),
            (
                "joint",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="exclusions.jointact"
                ),
            ),
            (
                "grounds",
                models.JSONField(
                    db_default=models.Value([], models.JSONField()),
                    default=list,
                    help_text="codes of workflow.customs_grounds",
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=Q(("result", "no_objection"), Q(("reasons", ""), _negated=True), _connector="OR"),
                    name="customs_objection_has_reasons",
                )
            ]
        },
    ),
    migrations.CreateModel(
        name="Recusal",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("reason", models.TextField()),
            ("declared_at", models.DateTimeField()),
            ("ended_at", models.DateTimeField(blank=True, null=True)),
            (
                "petition",
                models.ForeignKey(on_delete=models.CASCADE, related_name="recusals", to="exclusions.petition"),
            ),
            ("user", models.ForeignKey(on_delete=models.PROTECT, related_name="recusals", to=settings.AUTH_USER_MODEL)),
        ],
    ),
    migrations.CreateModel(
        name="Screening",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "outcome",
                models.CharField(
                    choices=[
                        ("waits", "Waits for intake"),
                        ("through", "Let through"),
                        ("withheld", "Not let through"),
                    ],
                    max_length=10,
                ),
            ),
            ("begun_at", models.DateTimeField()),
            ("settled_at", models.DateTimeField(blank=True, null=True)),
            ("reason", models.TextField(blank=True, help_text="why it was not let through")),
            (
                "draft",
                models.OneToOneField(
                    blank=True,
                    null=True,
                    on_delete=models.CASCADE,
                    related_name="screening",
                    to="exclusions.productdraft",
                ),
            ),
            (
                "opinion",
                models.OneToOneField(
                    blank=True,
                    null=True,
                    on_delete=models.CASCADE,
                    related_name="screening",
                    to="exclusions.customsopinion",
                ),
            ),
            ("petition", models.ForeignKey(on_delete=models.CASCADE, related_name="+", to="exclusions.petition")),
            (
                "reply",
                models.OneToOneField(
                    blank=True, null=True, on_delete=models.CASCADE, related_name="screening", to="exclusions.reply"
                ),
            ),
            (
                "settled_by",
                models.ForeignKey(
                    blank=True,
                    help_text="empty: nothing was found",
                    null=True,
                    on_delete=models.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "reason_code",
                models.CharField(
                    blank=True,
                    choices=[
                        ("confidential", "it may repeat confidential matter"),
                        ("personal", "it gives personal details"),
                        ("beside", "it is not an answer to the response"),
                        ("other", "for another reason"),
                    ],
                    db_default="",
                    default="",
                    help_text="why a reply was not posted; null: it was refused before there were codes",
                    max_length=12,
                    null=True,
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=Q(
                        Q(("draft__isnull", True), ("opinion__isnull", True), ("reply__isnull", False)),
                        Q(("draft__isnull", False), ("opinion__isnull", True), ("reply__isnull", True)),
                        Q(("draft__isnull", True), ("opinion__isnull", False), ("reply__isnull", True)),
                        _connector="OR",
                    ),
                    name="screening_of_one_thing",
                ),
                models.CheckConstraint(
                    condition=Q(
                        Q(("outcome", "waits"), ("settled_at__isnull", True)),
                        Q(Q(("outcome", "waits"), _negated=True), ("settled_at__isnull", False)),
                        _connector="OR",
                    ),
                    name="screening_settled_at",
                ),
                models.CheckConstraint(
                    condition=Q(
                        Q(("outcome", "withheld"), _negated=True),
                        Q(Q(("reason", ""), _negated=True), ("settled_by__isnull", False)),
                        _connector="OR",
                    ),
                    name="screening_withheld_with_reason",
                ),
                models.CheckConstraint(
                    condition=Q(
                        Q(("outcome", "withheld"), ("reason_code__isnull", True), ("reply__isnull", False)),
                        Q(
                            ("outcome", "withheld"),
                            ("reason_code__in", ["confidential", "personal", "beside", "other"]),
                            ("reply__isnull", False),
                        ),
                        Q(
                            ("reason_code", ""),
                            ("reason_code__isnull", False),
                            Q(("outcome", "withheld"), ("reply__isnull", False), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="screening_withheld_reply_with_code",
                ),
            ],
            "indexes": [models.Index(condition=Q(("outcome", "waits")), fields=["begun_at"], name="screening_waiting")],
        },
    ),
]
