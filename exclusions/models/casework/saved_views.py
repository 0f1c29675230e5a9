"""Worklists as people keep them: a name for an address."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class SavedView(models.Model):
    """A worklist, narrowed and sorted, under a name; one's own, or shared with the team of one's role."""

    LONGEST = 500  # characters of the filters, as an address has them

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=20, help_text="the team that reads it where it is shared")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=LONGEST, blank=True, help_text="the filters, as they stand in the address")
    shared = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="saved_view_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_has_name"),
        ]

    def __str__(self) -> str:
        return self.name
