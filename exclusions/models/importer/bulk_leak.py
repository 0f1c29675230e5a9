"""Leaks in rows of bulk sheets: confidential values in public answers, and what was stated of them."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from exclusions.models.importer.bulk_sheet import BulkRow, BulkSheet


class BulkLeakQuerySet(models.QuerySet["BulkLeak"]):
    """Look-ups of leaks by whether they are settled."""

    def unsettled(self, sheet: BulkSheet) -> Self:
        """Return those that nobody has settled, in the rows of a sheet that are no drafts yet."""
        return self.filter(row__sheet=sheet, row__drafted_at__isnull=True, stated_at__isnull=True)

    def stated(self) -> Self:
        """Return those that were settled."""
        return self.filter(stated_at__isnull=False)


class BulkLeak(models.Model):
    """A confidential value in a public answer of a row: the filer may state why everyone may read it.

    `leak` names the value and the question (`leak_matcher.hit_id`): it is the same in every row in which the same value
    stands in the same question. The statement is copied to the record of the draft that the row becomes.
    """

    row = models.ForeignKey(BulkRow, on_delete=models.CASCADE, related_name="leaks")
    leak = models.CharField(max_length=40)
    place = models.CharField(max_length=80, help_text="key of the public question")
    message = models.TextField(help_text="what the check says")
    excerpt = models.TextField(help_text="the words around the value")
    statement = models.TextField(blank=True, default="", help_text="why everyone may read it")
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    stated_at = models.DateTimeField(null=True, blank=True)

    objects = BulkLeakQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["row", "leak"], name="bulk_leak_once"),
            models.CheckConstraint(
                condition=Q(statement="", stated_by__isnull=True, stated_at__isnull=True)
                | (~Q(statement="") & Q(stated_by__isnull=False, stated_at__isnull=False)),
                name="bulk_leak_stated_by_and_at",
            ),
        ]
        indexes = [models.Index(fields=["leak", "row"], name="bulk_leak_by_value")]

    def __str__(self) -> str:
        return f"{self.row}: {self.place}"
