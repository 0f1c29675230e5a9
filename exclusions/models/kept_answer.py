"""What a program was answered, kept for a day under the key that it sent along: sent again, it is answered the same."""

from django.conf import settings
from django.db import models


class KeptAnswer(models.Model):
    """One request that makes something, by one person's key; without a code it is being carried out."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    digest = models.CharField("SHA-256 of the request", max_length=64)
    begun_at = models.DateTimeField(db_index=True)
    http_code = models.PositiveSmallIntegerField(null=True, blank=True)
    body = models.TextField(blank=True, help_text="encrypted: it may hold a secret that is shown once")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="kept_answer_key_once")]

    def __str__(self) -> str:
        return f"Answer of {self.user_id}"
