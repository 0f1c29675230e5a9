"""Companies and firms, who belongs to them, and who may act for whom."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Organization(models.Model):
    """A requester, or a firm that files for requesters."""

    class Kind(models.TextChoices):
        COMPANY = "company", "Company"
        LAW_FIRM = "law_firm", "Law firm"
        ASSOCIATION = "association", "Trade association"
        BROKER = "broker", "Customs broker"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    legal_name = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.COMPANY)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("legal_name",)

    def __str__(self) -> str:
        return self.legal_name


class Membership(models.Model):
    """A person's place in an organization."""

    class Role(models.TextChoices):
        OWNER = "owner", "Owner"
        MEMBER = "member", "Member"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.OWNER)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "organization"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user} in {self.organization}"


class AuthorizationQuerySet(models.QuerySet["Authorization"]):
    """Look-ups of who may act for whom."""

    def valid_on(self, day: date) -> "AuthorizationQuerySet":
        """Return the authorizations that are accepted, not revoked, and cover the day (inclusive)."""
        return self.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
            valid_from__lte=day,
            accepted_at__isnull=False,
            revoked_at__isnull=True,
        )


class Authorization(models.Model):
    """A client's written leave for a firm to file and reply for it, between two dates (inclusive)."""

    filer = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="clients")
    client = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="filers")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = AuthorizationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(filer=F("client")), name="authorization_two_parties"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="authorization_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filer} for {self.client}"
