"""People who sign in, what waits for a second of them, and the programs that ask in their name."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

TABLES = [
    migrations.CreateModel(
        name="User",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("password", models.CharField(max_length=128, verbose_name="password")),
            ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
            (
                "is_superuser",
                models.BooleanField(
                    default=False,
                    help_text="Designates that this user has all permissions without explicitly assigning them.",
                    verbose_name="superuser status",
                ),
            ),
            ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail address")),
            ("full_name", models.CharField(blank=True, max_length=200)),
            (
                "role",
                models.CharField(
                    blank=True,
                    choices=[
                        ("intake", "Intake clerk"),
                        ("reviewer1", "Level 1 reviewer"),
                        ("reviewer2", "Level 2 reviewer"),
                        ("legal", "Office of General Counsel"),
                        ("drafter", "Drafter"),
                        ("committee", "Section 301 Committee member"),
                        ("customs", "Customs reviewer"),
                        ("signatory", "Signatory"),
                        ("publisher", "Publisher"),
                        ("auditor", "Auditor"),
                        ("admin", "Administrator"),
                    ],
                    max_length=20,
                    verbose_name="staff role",
                ),
            ),
            ("is_staff", models.BooleanField(default=False, verbose_name="may enter Django admin")),
            ("is_active", models.BooleanField(default=True)),
            ("date_joined", models.DateTimeField()),
            (
                "groups",
                models.ManyToManyField(
                    blank=True,
                    help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                    related_name="user_set",
                    related_query_name="user",
                    to="auth.group",
                    verbose_name="groups",
                ),
            ),
            (
                "user_permissions",
                models.ManyToManyField(
                    blank=True,
                    help_text="Specific permissions for this user.",
                    related_name="user_set",
                    related_query_name="user",
                    to="auth.permission",
                    verbose_name="user permissions",
                ),
            ),
            (
                "leads",
                models.BooleanField(
                    db_default=False,
                    default=False,
                    help_text="assigns cases, and records in none",
                    verbose_name="leads the team of the role",
                ),
            ),
        ],
    ),
    migrations.CreateModel(
        name="Proposal",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("act", models.CharField(help_text="a name of exclusions/workflow/two_persons.py", max_length=40)),
            (
                "subject",
                models.CharField(db_index=True, help_text="the event chain of what it is done to", max_length=60),
            ),
            ("facts", models.JSONField(default=dict, help_text="what is to be done, by keys and values")),
            ("basis", models.JSONField(default=dict, help_text="what it rests on, as it stood when it was proposed")),
            ("summary", models.CharField(help_text="what is to be done, in words", max_length=900)),
            ("reason", models.TextField()),
            ("proposed_at", models.DateTimeField()),
            ("expires_at", models.DateTimeField()),
            (
                "outcome",
                models.CharField(
                    blank=True,
                    choices=[("withdrawn", "Withdrawn"), ("refused", "Refused"), ("confirmed", "Confirmed")],
                    max_length=20,
                ),
            ),
            ("settled_at", models.DateTimeField(blank=True, null=True)),
            ("answer", models.TextField(blank=True, help_text="why it was refused")),
            ("proposed_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            (
                "settled_by",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=Q(
                        Q(("outcome", ""), ("settled_at__isnull", True), ("settled_by__isnull", True)),
                        Q(
                            Q(("outcome", ""), _negated=True),
                            ("settled_at__isnull", False),
                            ("settled_by__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="proposal_settled_by_and_at",
                ),
                models.CheckConstraint(
                    condition=Q(("outcome", "confirmed"), ("settled_by", models.F("proposed_by")), _negated=True),
                    name="proposal_two_persons",
                ),
            ]
        },
    ),
    migrations.CreateModel(
        name="Absence",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("first_day", models.DateField()),
            ("last_day", models.DateField()),
            ("entered_at", models.DateTimeField()),
            ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ("entered_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ("user", models.ForeignKey(on_delete=models.PROTECT, related_name="absences", to=settings.AUTH_USER_MODEL)),
            (
                "withdrawn_by",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=Q(("last_day__gte", models.F("first_day"))), name="absence_ends_after_it_begins"
                ),
                models.CheckConstraint(
                    condition=Q(
                        Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                        Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                        _connector="OR",
                    ),
                    name="absence_withdrawn_by_and_at",
                ),
            ]
        },
    ),
    migrations.CreateModel(
        name="ApiToken",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("digest", models.CharField(max_length=64, unique=True, verbose_name="SHA-256 of the token")),
            ("scopes", models.JSONField(help_text="what it may do")),
            ("created_at", models.DateTimeField()),
            ("expires_at", models.DateTimeField()),
            (
                "user",
                models.ForeignKey(on_delete=models.CASCADE, related_name="api_tokens", to=settings.AUTH_USER_MODEL),
            ),
            ("last_used_on", models.DateField(blank=True, help_text="in New York", null=True)),
            ("name", models.CharField(db_default="Made by an operator", default="Made by an operator", max_length=60)),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=Q(("expires_at__gt", models.F("created_at"))), name="api_token_expires_after"
                ),
                models.UniqueConstraint(fields=("user", "name"), name="api_token_name_once"),
            ]
        },
    ),
    migrations.CreateModel(
        name="KeptAnswer",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("key", models.CharField(max_length=255)),
            ("digest", models.CharField(max_length=64, verbose_name="SHA-256 of the request")),
            ("begun_at", models.DateTimeField(db_index=True)),
            ("http_code", models.PositiveSmallIntegerField(blank=True, null=True)),
            ("body", models.TextField(blank=True, help_text="encrypted: it may hold a secret that is shown once")),
            ("user", models.ForeignKey(on_delete=models.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
        ],
        options={"constraints": [models.UniqueConstraint(fields=("user", "key"), name="kept_answer_key_once")]},
    ),
]
