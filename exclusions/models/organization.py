"""Companies and firms, who belongs to them, and who may act for whom."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from exclusions.models.tariff import DatedQuerySet


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
    created_at = models.DateTimeField()
    vetted_at = models.DateTimeField(null=True, blank=True, help_text="since when it may act for others")
    vetted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(vetted_by__isnull=True) | Q(vetted_at__isnull=False), name="organization_vetted_when"
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("pk")), name="organization_not_merged_into_itself"),
        ]

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
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "organization"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user} in {self.organization}"


class Invitation(models.Model):
    """An invitation into an organization, sent to one address, good once and until a moment. Its key is not stored."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=20, choices=Membership.Role.choices, default=Membership.Role.MEMBER)
    digest = models.CharField(max_length=64, unique=True, help_text="sha256 of the key in the message")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(withdrawn_at__isnull=True), name="invitation_used_or_withdrawn"
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} into {self.organization}"


class AuthorizationQuerySet(DatedQuerySet["Authorization"]):
    """Look-ups of who may act for whom."""

    def valid_on(self, day: date) -> "AuthorizationQuerySet":
        """Return the authorizations of vetted firms that are accepted, not revoked, and cover the day (inclusive)."""
        valid = self.filter(filer__vetted_at__isnull=False, accepted_at__isnull=False, revoked_at__isnull=True)
        return valid.in_force(day)

    def covering(self, slug: object) -> "AuthorizationQuerySet":
        """Return the authorizations whose scope holds a round, whichever version of it they name (by its short name, or
        a reference to one); those that name none hold all.
        """
        return self.filter(Q(rounds__isnull=True) | Q(rounds__slug=slug))


class Authorization(models.Model):
    """A client's written leave for a firm to file and reply for it, between two dates (inclusive)."""

    filer = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="clients")
    client = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="filers")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    rounds = models.ManyToManyField(
        "exclusions.Round", blank=True, related_name="+", help_text="the rounds it is for; none: all"
    )
    requested_at = models.DateTimeField(null=True, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = AuthorizationQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "leave to act for a client", "leaves to act for clients"
        constraints = [
            models.CheckConstraint(condition=~Q(filer=F("client")), name="authorization_two_parties"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="authorization_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filer} for {self.client}"
