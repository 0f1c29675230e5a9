"""Leaks in the rows of a bulk sheet as their owners see them: a value in a question once, with the rows concerned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Min, QuerySet, Window
from django.db.models.functions import RowNumber

from exclusions.facts.forms import petition_form
from exclusions.models import BulkLeak, BulkRow, BulkSheet
from exclusions.permissions.importer.bulk_rows import cells_of
from exclusions.questionnaires.sheet_columns import ROW

MOST_ROWS = 200  # of one value, on a page


@dataclass(frozen=True)
class LeakRow:
    """One row in which a value stands: its line, its product, and the words around the value."""

    number: int
    product: str
    excerpt: str


@dataclass(frozen=True)
class LeakGroup:
    """One confidential value in one public question, and the rows concerned: the first of them, where they are many."""

    key: int
    leak: str
    question: str
    message: str
    count: int
    rows: list[LeakRow]

    @property
    def more(self) -> int:
        """How many rows follow those that are listed."""
        return self.count - len(self.rows)


def rows_with_leaks(sheet: BulkSheet) -> int:
    """Return in how many rows there are leaks that nobody has settled. One statement."""
    return BulkLeak.objects.unsettled(sheet).values("row").distinct().count()


def leak_groups(sheet: BulkSheet) -> QuerySet[BulkLeak, Any]:
    """Return what is to be settled, a value and question each, those of most rows first."""
    found = BulkLeak.objects.unsettled(sheet).values("leak", "place", "message")
    return found.annotate(count=Count("pk"), first=Min("row__number")).order_by("-count", "first", "leak")


def shown_groups(sheet: BulkSheet, groups: Sequence[Mapping[str, Any]]) -> list[LeakGroup]:
    """Return groups as their page shows them. One statement."""
    form = petition_form(sheet.round)
    turn = Window(RowNumber(), partition_by=F("leak"), order_by=F("row__number").asc())
    leaks = BulkLeak.objects.unsettled(sheet).filter(leak__in=[group["leak"] for group in groups])
    listed: dict[str, list[LeakRow]] = {}
    for one in leaks.annotate(turn=turn).filter(turn__lte=MOST_ROWS).select_related("row").order_by("row__number"):
        listed.setdefault(one.leak, []).append(LeakRow(one.row.number, _product(sheet, one.row), one.excerpt))
    return [
        LeakGroup(
            place,
            group["leak"],
            form.labels.get(group["place"], group["place"]),
            group["message"],
            group["count"],
            listed.get(group["leak"], []),
        )
        for place, group in enumerate(groups, start=1)
    ]


def leaks_in_turn(sheet: BulkSheet) -> QuerySet[BulkLeak]:
    """Return every leak that nobody has settled, each with its row, in the order of the table."""
    return BulkLeak.objects.unsettled(sheet).select_related("row__sheet").order_by("row__number", "pk")


def _product(sheet: BulkSheet, row: BulkRow) -> str:
    cells = cells_of(sheet, row)
    return cells.get("product_name") or cells.get(ROW, "")
