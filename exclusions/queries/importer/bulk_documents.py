"""The documents of a bulk sheet as its owners see them: its ZIPs, names that no ZIP has, files that no row names."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, IntegerField, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from exclusions.models import BulkContent, BulkFile, BulkSheet, BulkWanted, BulkZip


@dataclass(frozen=True)
class Documents:
    """How many ZIPs a sheet has and files in them, how many of those were read, how many contents were checked, how
    many names of rows no ZIP has, and how many files no row names.
    """

    zips: int = 0
    files: int = 0
    read: int = 0
    checked: int = 0
    wanted: int = 0
    missing: int = 0
    unused: int = 0


def documents_of(sheet: BulkSheet) -> Documents:
    """Return the figures of a sheet's documents. One statement."""
    files = BulkFile.objects.filter(zip__sheet=sheet)
    counted = {
        "n_zips": _number(BulkZip.objects.filter(sheet=sheet), "pk"),
        "n_files": _number(files, "pk"),
        "n_read": _number(files.exclude(sha256=""), "pk"),
        "n_checked": _number(BulkContent.objects.filter(sheet=sheet), "pk"),
        "n_wanted": _number(_wanted(sheet), "key"),
        "n_missing": _number(_missing(sheet), "key"),
        "n_unused": _number(_unused(sheet), "key"),
    }
    row: Mapping[str, Any] | None = BulkSheet.objects.filter(pk=sheet.pk).order_by().values(**counted).first()
    return Documents(**{name.removeprefix("n_"): number for name, number in row.items()}) if row else Documents()


def zips_of(sheet: BulkSheet) -> QuerySet[BulkZip]:
    """Return the ZIPs of a sheet, each with the number of its files as `number`, the first one first."""
    return sheet.zips.annotate(number=Count("files")).order_by("sent_at", "pk")


def missing_names(sheet: BulkSheet) -> QuerySet[Any, Any]:
    """Return the names of files that rows have and no ZIP has, as {key, name, rows}: in how many rows each stands."""
    return _missing(sheet).values("key").annotate(name=Min("name"), rows=Count("row", distinct=True)).order_by("key")


def unused_files(sheet: BulkSheet) -> QuerySet[Any, Any]:
    """Return the files of the ZIPs that no row names, as {key, name}."""
    return _unused(sheet).values("key").annotate(name=Min("name")).order_by("key")


def _wanted(sheet: BulkSheet) -> QuerySet[BulkWanted]:
    return BulkWanted.objects.filter(sheet=sheet, row__drafted_at__isnull=True)


def _missing(sheet: BulkSheet) -> QuerySet[BulkWanted]:
    there = BulkFile.objects.filter(zip__sheet=sheet, zip__taken_at__isnull=False, key=OuterRef("key"))
    return _wanted(sheet).filter(~Exists(there))


def _unused(sheet: BulkSheet) -> QuerySet[BulkFile]:
    named = BulkWanted.objects.filter(sheet=sheet, key=OuterRef("key"))
    return BulkFile.objects.filter(Q(zip__sheet=sheet) & Q(zip__taken_at__isnull=False) & ~Exists(named))


def _number(rows: QuerySet[Any], column: str) -> Coalesce:
    """Return how many different values of a column there are, as part of another statement."""
    counted = rows.order_by().annotate(_all=Coalesce(1, 1)).values("_all").annotate(n=Count(column, distinct=True))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)
