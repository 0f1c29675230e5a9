"""The tariff schedule and the Section 301 actions. Numbers are plain digits; every row has its dates (inclusive)."""

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import CharField, F, Func, Q
from simple_history.models import HistoricalRecords

from exclusions.models.guards import RenewsStamp

Row = TypeVar("Row", bound=models.Model)
DATED = Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))


def reaches(first: str, last: str, number: str) -> bool:
    """Say whether an edition tells about the plain number: it is whole (no first), or the number is in its reach."""
    return not first or first <= number <= last


def lasts_to(day: object, prefix: str = "") -> Q:
    """Return the condition that the last day of a row, inclusive, is the day or a later one, or that it has none.

    `day` may be an expression. `prefix` leads to a row that is referred to (`text__`).
    """
    return Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": day})


def holds_on(day: date, prefix: str = "", *, undated: bool = False) -> Q:
    """Return the condition that a row holds on the day: from its first day to its last, both inclusive.

    A row without a last day goes on. One without a first day holds where `undated` says so. `prefix` leads to a row
    that is referred to (`text__`). `days.within` is the same for what has been read.
    """
    begun = Q(**{f"{prefix}valid_from__lte": day})
    if undated:
        begun |= Q(**{f"{prefix}valid_from__isnull": True})
    return lasts_to(day, prefix) & begun


def first_digits(count: int) -> Func:
    """Return the first so many digits of a row's number, in the very words of which an index is made."""
    return Func(F("number"), template=f"substr(%(expressions)s, 1, {count})", output_field=CharField())


class DatedQuerySet(models.QuerySet[Row]):
    """Rows that hold from one day to another."""

    def in_force(self, as_of: date) -> Self:
        """Return the rows in force on the day; `valid_from` and `valid_to` are inclusive."""
        return self.filter(holds_on(as_of))


class NotSuperseded(models.Manager[Row]):
    """The rows that nobody has said were never right. What is asked of the tariff, by whatever door, is asked here."""

    def get_queryset(self) -> "models.QuerySet[Row]":
        """Return them."""
        return super().get_queryset().filter(superseded_at__isnull=True)


StandingRows = NotSuperseded.from_queryset(DatedQuerySet)


class Superseded(models.Model):
    """A row that two administrators may find was never right: it then holds on no day, and is kept with who and why."""

    superseded_at = models.DateTimeField(null=True, blank=True, editable=False)
    superseded_by = models.CharField(max_length=300, blank=True, default="", db_default="", editable=False)
    superseded_why = models.CharField(max_length=2000, blank=True, default="", db_default="", editable=False)

    class Meta:
        abstract = True


class HtsEdition(models.Model):
    """One edition of the HTSUS as loaded from a file; a part of one knows the numbers it reaches over."""

    name = models.CharField(max_length=100, unique=True)
    valid_from = models.DateField(unique=True)
    source = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    row_count = models.PositiveIntegerField()
    first_number = models.CharField(max_length=10, blank=True, help_text="empty: a whole edition")
    last_number = models.CharField(max_length=10, blank=True, help_text="empty: a whole edition")
    loaded_at = models.DateTimeField()

    guards = (RenewsStamp(),)

    class Meta:
        verbose_name, verbose_name_plural = "edition of the tariff schedule", "editions of the tariff schedule"
        constraints = [
            models.CheckConstraint(
                condition=Q(first_number="", last_number="")
                | Q(last_number__gte=F("first_number")) & ~Q(first_number=""),
                name="hts_edition_reach",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def covers(self, number: str) -> bool:
        """Say whether the edition can tell about the plain number."""
        return reaches(self.first_number, self.last_number, number)


class TariffLine(models.Model):
    """A numbered line of the schedule, for as long as it stood unchanged."""

    number = models.CharField(max_length=10)
    level = models.PositiveSmallIntegerField(help_text="4, 6, 8 or 10 digits")
    indent = models.PositiveSmallIntegerField(default=0)
    position = models.PositiveIntegerField(help_text="order in the edition")
    description = models.TextField()
    full_description = models.TextField(help_text="with the words of the lines above it")
    units = models.JSONField(default=list)
    general_rate = models.TextField(blank=True)
    special_rate = models.TextField(blank=True)
    other_rate = models.TextField(blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    guards = (RenewsStamp(),)

    class Meta:
        verbose_name, verbose_name_plural = "line of the tariff schedule", "lines of the tariff schedule"
        constraints = [
            models.UniqueConstraint(fields=["number", "valid_from"], name="tariff_line_once_a_day"),
            models.CheckConstraint(condition=DATED, name="tariff_line_dates"),
        ]

    def __str__(self) -> str:
        return self.number


class LineSuccession(models.Model):
    """An old number and the number that took its place at a revision; a hint, often many to many.

    `evidence` says in a sentence what shows it; `confidence` how sure that is.
    """

    class Confidence(models.TextChoices):
        HIGH = "high", "Sure"
        MEDIUM = "medium", "Likely"
        LOW = "low", "Possible"

    old_number = models.CharField(max_length=10, db_index=True)
    new_number = models.CharField(max_length=10, blank=True, db_index=True)
    change_type = models.CharField(max_length=30)
    revision_from = models.CharField(max_length=60)
    revision_to = models.CharField(max_length=60)
    effective_on = models.DateField(null=True, blank=True)
    confidence = models.CharField(
        max_length=10, choices=Confidence.choices, default=Confidence.MEDIUM, db_default=Confidence.MEDIUM
    )
    evidence = models.CharField(max_length=300, blank=True, default="", db_default="")

    guards = (RenewsStamp(),)

    class Meta:
        verbose_name, verbose_name_plural = "number that replaced another", "numbers that replaced others"
        constraints = [
            models.UniqueConstraint(
                fields=["old_number", "new_number", "revision_from", "revision_to", "change_type"],
                name="line_succession_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.old_number} → {self.new_number or 'none'}"


class TariffAction(models.Model):
    """A tariff measure: List 1, 2, 3, 4A or 4B, the review of 2024, or one on all goods but named ones."""

    class Reach(models.TextChoices):
        LINES = "lines", "The lines on its list"
        ALL_GOODS = "all_goods", "All goods but named ones"
        ON_TOP = "on_top", "Lines of its own, on top of the lists"

    code = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=120)
    citation = models.CharField(max_length=200)
    effective_on = models.DateField(null=True, blank=True)
    suspended = models.BooleanField(default=False)
    note = models.CharField("U.S. note", max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    reach = models.CharField(
        "what it covers", max_length=10, choices=Reach.choices, default=Reach.LINES, db_default=Reach.LINES
    )
    unless = models.CharField(
        "goods it does not reach", max_length=500, blank=True, default="", db_default="",
        help_text="of an action on all goods: those that are named out, with their headings; asked as a question",
    )  # fmt: skip

    history = HistoricalRecords()

    guards = (RenewsStamp(),)

    class Meta:
        verbose_name, verbose_name_plural = "tariff list", "tariff lists and their rates"

    def __str__(self) -> str:
        return f"List {self.code}"


class ActionRate(Superseded):
    """The additional duty of an action under one chapter 99 heading between two dates, in percent of value."""

    class Kind(models.TextChoices):
        WHOLE = "whole", "Whole subheadings"
        PARTIAL = "partial", "Partly covered subheadings"
        IN_TRANSIT = "in_transit", "Goods in transit"
        SUSPENDED = "suspended", "Suspended before effect"

    action = models.ForeignKey(TariffAction, on_delete=models.PROTECT, related_name="rates")
    heading = models.CharField(max_length=8)
    pct = models.DecimalField(max_digits=6, decimal_places=2)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.WHOLE)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    goods = models.CharField(
        "some goods only", max_length=500, blank=True, default="", db_default="",
        help_text="the goods of the lines that the heading is limited to; empty: all of them",
    )  # fmt: skip
    other_goods = models.CharField(
        "heading of the other goods", max_length=8, blank=True, default="", db_default="",
        help_text="the heading of the lines' other goods; empty: none is printed",
    )  # fmt: skip

    objects = StandingRows()
    versions = DatedQuerySet.as_manager()
    history = HistoricalRecords()

    guards = (RenewsStamp(),)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["heading", "valid_from"], condition=Q(superseded_at__isnull=True), name="action_rate_once_a_day"
            ),
            models.CheckConstraint(condition=DATED, name="action_rate_dates"),
            models.CheckConstraint(condition=Q(pct__gte=0), name="action_rate_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.heading} {self.pct}%"


class CoveredLine(Superseded):
    """A subheading (8 digits) or statistical number (10 digits) that an action covers, or carves out."""

    action = models.ForeignKey(TariffAction, on_delete=models.PROTECT, related_name="covered_lines")
    number = models.CharField(max_length=10)
    heading = models.CharField(max_length=8)
    included = models.BooleanField(
        "covered", default=True, help_text="Untick it where the number is carved out of a covered subheading."
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)

    objects = StandingRows()
    versions = DatedQuerySet.as_manager()
    history = HistoricalRecords()

    guards = (RenewsStamp(),)

    class Meta:
        verbose_name, verbose_name_plural = "line of a list", "lines of the lists"
        indexes = [models.Index(first_digits(8), name="covered_line_subheading")]
        constraints = [
            models.UniqueConstraint(
                fields=["number", "action", "heading", "valid_from"],
                condition=Q(superseded_at__isnull=True),
                name="covered_line_once_a_day",
            ),
            models.CheckConstraint(condition=DATED, name="covered_line_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.number} on {self.action}"


class TariffVersion(models.Model):
    """One row with a stamp that triggers renew whenever a table of the tariff, an exclusion or a round changes."""

    stamp = models.CharField(max_length=36)

    def __str__(self) -> str:
        return self.stamp

    @classmethod
    def current(cls) -> str:
        """Return the stamp of the tariff as it is now; empty when there is none, and then nothing may be cached."""
        return next(iter(cls.objects.values_list("stamp", flat=True)[:1]), "")
