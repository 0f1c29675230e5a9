"""Whose a token of the API is, and which a person has."""

from datetime import datetime

from django.db.models import QuerySet

from exclusions.models.api_token import ApiToken, digest_of
from exclusions.models.user import User


def valid_token(token: str, *, at: datetime) -> ApiToken | None:
    """Return a token with its person; None where it is unknown or expired, or the account is closed."""
    tokens = ApiToken.objects.select_related("user").filter(digest=digest_of(token), expires_at__gt=at)
    return tokens.filter(user__is_active=True).order_by("pk").first()


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """Return a person's tokens, those that have run out included; the latest first."""
    return ApiToken.objects.filter(user=user).order_by("-created_at", "-pk")
