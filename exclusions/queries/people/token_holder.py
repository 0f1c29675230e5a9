"""Whose a token of the API is."""

from datetime import datetime

from exclusions.models.answers.api_token import ApiToken, digest_of


def token_held(token: str, *, at: datetime) -> ApiToken | None:
    """Return a token with its person; None where it is none of ours, has run out, or the account is closed."""
    held = ApiToken.objects.select_related("user").filter(digest=digest_of(token), expires_at__gt=at)
    return held.filter(user__is_active=True).order_by("pk").first()
