"""Until which day somebody looked for notices of the Federal Register that change exclusions or rates."""

from django.db import models

from exclusions.models.guards import AppendOnly, RenewsStamp


class LookedForNotices(models.Model):
    """One search for notices that found nothing new; its event says who searched. The latest day counts."""

    until = models.DateField("searched through", help_text="the last day whose notices were searched")
    looked_at = models.DateTimeField("searched at")

    guards = (AppendOnly(), RenewsStamp())

    class Meta:
        verbose_name, verbose_name_plural = "search for notices", "searches for notices"

    def __str__(self) -> str:
        return f"{self.until}"
