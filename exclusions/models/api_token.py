"""By what a person's programs sign in to the API: the digest alone is kept, and no copy of that signs in."""

from hashlib import sha256

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class ApiToken(models.Model):
    """One token of a person, by the name that its owner gave it; `FROM_SHELL` is the one that an operator made."""

    FROM_SHELL = "Made by an operator"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=60, default=FROM_SHELL, db_default=FROM_SHELL)
    digest = models.CharField("SHA-256 of the token", max_length=64, unique=True)
    scopes = models.JSONField(help_text="what it may do")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True, blank=True, help_text="in New York")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="api_token_name_once"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="api_token_expires_after"),
        ]

    def __str__(self) -> str:
        return f"API token of {self.user_id}"


def digest_of(token: str) -> str:
    """Return what is kept of a token. It is 256 random bits, so that a plain digest tells nothing of it."""
    return sha256(token.encode(errors="replace")).hexdigest()
