"""What everybody reads of published notices, and which wording is printed where in a note."""

from django.db import models

from exclusions.models.exclusion import Exclusion
from exclusions.models.guards import AppendOnly


class PublicNotice(models.Model):
    """A published notice as everybody reads it: from `facts` its page and every file are made.

    Of one that stands only the day in ACE, and that it was taken back, are added.
    """

    number = models.PositiveIntegerField(unique=True, help_text="the key of the notice as it was entered")
    citation = models.CharField(max_length=100)
    published_on = models.DateField()
    in_ace_on = models.DateField("accepted in ACE from", null=True, blank=True)
    undone_at = models.DateTimeField("taken back", null=True, blank=True)
    facts = models.JSONField()

    guards = (AppendOnly(but=("in_ace_on", "undone_at")),)

    def __str__(self) -> str:
        return self.citation


class PrintedWording(models.Model):
    """Which wording of an exclusion is printed at a place of the note; of several rows the last one holds.

    A product recurs across headings in wordings of its own; a term alone does not say which of them is whose.
    """

    exclusion = models.ForeignKey(Exclusion, on_delete=models.PROTECT, related_name="+")
    heading = models.CharField(max_length=8, db_index=True)
    note = models.CharField(max_length=20)
    seq = models.PositiveIntegerField()
    version = models.PositiveSmallIntegerField(help_text="of the exclusion's texts")

    guards = (AppendOnly(),)

    def __str__(self) -> str:
        return f"{self.heading} {self.note} {self.seq}: {self.version}"
