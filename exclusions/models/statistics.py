"""Counts that are kept, so that a page of statistics reads a few rows and not the docket."""

from django.db import models


class CountedFigures(models.Model):
    """The counts of one kind as they stood at a moment: numbers, days, tariff numbers and references, never words.

    What is private is counted only as a whole, small counts suppressed, before it comes here.
    """

    slug = models.SlugField(unique=True)
    counted_at = models.DateTimeField()
    version = models.PositiveBigIntegerField(help_text="of the docket that was counted")
    figures = models.JSONField()

    def __str__(self) -> str:
        return self.slug
