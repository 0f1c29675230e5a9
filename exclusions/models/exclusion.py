"""Exclusions: a product freed from an additional duty, its texts and its terms over time.

An exclusion belongs to a product, never to a petitioner; this module knows no petition.

Nothing here is edited: a text or a term changes by a new row that supersedes the old one, with the authority for it.
`objects` are the rows that stand, `versions` all that ever stood.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from exclusions.gateways.database.words import holding
from exclusions.models.guards import AppendOnly, RenewsStamp, SearchIndex
from exclusions.models.tariff import DatedQuerySet, TariffAction, first_digits

TEXT_SEARCH = "exclusions_textsearch"
DATED = Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from"))


def subdivision(note: str) -> str:
    """Return a subdivision of U.S. note 20 in the form that is kept: "20(p)" and "p" give "p".

    A part of one is kept as "ttt(i)", however it is written: "20(ttt)(i)" or "20(ttt(i))".
    """
    letters = re.findall(r"[^()\s]+", note.strip().removeprefix("20"))
    return f"{letters[0]}{''.join(f'({part})' for part in letters[1:])}" if letters else ""


def note_cited(note: str, item: str = "") -> str:
    """Return a subdivision that is kept, with its item if there is one, as the law is cited: "ttt(i)", "9" give
    "20(ttt)(i)(9)". Nothing gives nothing.
    """
    letters = re.findall(r"[^()\s]+", note)
    return f"20{''.join(f'({part})' for part in (*letters, *([item] if item else [])))}" if letters else ""


# The column by which the other row would be joined: PostgreSQL knows then that none is wanted, and plans for many rows.
# Of any other column of a row that is not there it expects that nearly none is empty, and plans for one row.
SUPERSEDED = "superseded_by__supersedes"


class CurrentRows(models.Manager[Any]):
    """The rows that no other one has superseded."""

    superseded_by = SUPERSEDED

    def get_queryset(self) -> "models.QuerySet[Any]":
        """Return them."""
        return super().get_queryset().filter(**{f"{self.superseded_by}__isnull": True})


class NumbersOfCurrentTexts(CurrentRows):
    """The numbers of the texts that stand."""

    superseded_by = f"text__{SUPERSEDED}"


class Versioned(models.Model):
    """A row that is superseded instead of edited, and what is said of the change that made it."""

    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    recorded_at = models.DateTimeField("on record since", null=True, blank=True)
    reason = models.CharField("reason of the change", max_length=1000, blank=True, db_default="", default="")
    corrected_by = models.CharField(
        max_length=200, blank=True, db_default="", default="",
        help_text="who proposed the correction that this row is, by name; empty: it is none",
    )  # fmt: skip

    objects = CurrentRows()
    versions = models.Manager()

    class Meta:
        abstract = True


class Exclusion(models.Model):
    """A product excluded from one action."""

    class Origin(models.TextChoices):
        NOTE = "note", "Printed in a U.S. note"
        DECISION = "decision", "Decided here"

    reference = models.CharField(max_length=40, unique=True)
    action = models.ForeignKey(TariffAction, on_delete=models.PROTECT, related_name="exclusions")
    product_key = models.CharField(max_length=64, help_text="sha256 of the text in plain form: the same product")
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.NOTE)
    created_at = models.DateTimeField()

    history = HistoricalRecords()

    guards = (AppendOnly(), RenewsStamp())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["action", "product_key"], name="exclusion_once_a_product")]

    def __str__(self) -> str:
        return self.reference


class ExclusionText(Versioned):
    """One wording of an exclusion: a whole statistical number or a specially prepared description.

    `version` counts the wordings, `revision` how often one was corrected or dated anew.
    """

    exclusion = models.ForeignKey(Exclusion, on_delete=models.CASCADE, related_name="texts")
    version = models.PositiveSmallIntegerField(default=1)
    revision = models.PositiveSmallIntegerField(default=1, db_default=1)
    text = models.TextField()
    whole_number = models.BooleanField(default=False)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    authority = models.CharField("Federal Register citation", max_length=200, blank=True, db_default="", default="")

    guards = (AppendOnly(), RenewsStamp(), SearchIndex(TEXT_SEARCH, ("text",)))

    class Meta:
        verbose_name, verbose_name_plural = "wording of an exclusion", "wordings of exclusions"
        constraints = [
            models.UniqueConstraint(fields=["exclusion", "version", "revision"], name="exclusion_text_version_once"),
            models.CheckConstraint(condition=DATED, name="exclusion_text_dates"),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @staticmethod
    def worded(words: Sequence[str]) -> Q:
        """Return the condition that all the words (letters and digits alone) occur in a text, stemmed, by an index."""
        return holding(words, ("text",), TEXT_SEARCH)


class ExclusionNumber(models.Model):
    """A statistical number that a text names, with its own dates where the text gives them."""

    text = models.ForeignKey(ExclusionText, on_delete=models.CASCADE, related_name="numbers")
    number = models.CharField(max_length=10, db_index=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    objects = NumbersOfCurrentTexts()
    versions = models.Manager()

    guards = (AppendOnly(), RenewsStamp())

    class Meta:
        constraints = [models.CheckConstraint(condition=DATED, name="exclusion_number_dates")]
        indexes = [models.Index(first_digits(4), name="exclusion_number_heading")]

    def __str__(self) -> str:
        return self.number


class TermQuerySet(DatedQuerySet["ExclusionTerm"]):
    """Look-ups of terms."""

    def in_force(self, as_of: date) -> Self:
        """Return the terms in force on the day: published, begun on a known day, and not over."""
        return super().in_force(as_of).filter(status=ExclusionTerm.Status.PUBLISHED)


CurrentTerms = CurrentRows.from_queryset(TermQuerySet)


class ExclusionTerm(Versioned):
    """A period in which an exclusion holds under one heading; gaps between terms are real."""

    class Status(models.TextChoices):
        PENDING = "pending", "Granted, notice pending"
        PUBLISHED = "published", "Published"
        DELETED = "deleted", "Deleted by a later notice"

    exclusion = models.ForeignKey(Exclusion, on_delete=models.CASCADE, related_name="terms")
    heading = models.CharField(max_length=8, db_index=True)
    note = models.CharField("U.S. note subdivision", max_length=20, blank=True)
    seq = models.PositiveIntegerField(default=0)
    item = models.CharField("paragraph as printed", max_length=20, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PUBLISHED)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True, help_text="last day, inclusive")
    authority = models.CharField("Federal Register citation", max_length=200, blank=True)
    published_on = models.DateField(null=True, blank=True)
    dates_from = models.CharField("where the dates come from", max_length=200, blank=True)

    objects = CurrentTerms()  # type: ignore[misc]  # the abstract model's are its class's
    versions = models.Manager()  # type: ignore[misc]

    history = HistoricalRecords()

    guards = (AppendOnly(), RenewsStamp())

    class Meta:
        constraints = [models.CheckConstraint(condition=DATED, name="exclusion_term_dates")]
        indexes = [models.Index(fields=["valid_from", "valid_to"])]

    def __str__(self) -> str:
        return f"{self.heading} {self.valid_from}–{self.valid_to}"
