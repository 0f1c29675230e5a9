"""Bulk sheets as their owners see them: the list, one of them with its figures, its rows with errors, its drafts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from exclusions.facts.forms import petition_form
from exclusions.models import BulkRow, BulkSheet, User
from exclusions.permissions import lapse_refusal
from exclusions.permissions.importer.bulk_rows import part_in_sheet
from exclusions.questionnaires.sheet_columns import ROW, company_step, tables
from exclusions.workflow.roles import Role

PARTIES = ("round", "organization", "filer_organization", "made_by")
_DRAFT = Q(rows__drafted_at__isnull=False)
_COUNTED = {
    "in_all": Count("rows"),
    "waiting": Count("rows", filter=Q(rows__state=BulkRow.State.WAITING) & ~_DRAFT),
    "valid": Count("rows", filter=Q(rows__state=BulkRow.State.VALID) & ~_DRAFT),
    "wrong": Count("rows", filter=Q(rows__state=BulkRow.State.WRONG) & ~_DRAFT),
    "drafts": Count("rows", filter=_DRAFT),
}


@dataclass(frozen=True)
class Figures:
    """How many rows of a sheet there are, and how many wait to be checked, have no errors, have some, are drafts."""

    in_all: int = 0
    waiting: int = 0
    valid: int = 0
    wrong: int = 0
    drafts: int = 0

    @property
    def checked(self) -> int:
        """How many are checked."""
        return self.in_all - self.waiting

    @property
    def left(self) -> int:
        """How many are no drafts yet."""
        return self.in_all - self.drafts


def listed(user: User, at: datetime) -> QuerySet[BulkSheet]:
    """Return the sheets of a person with their figures as columns, the newest first."""
    owned = BulkSheet.objects.owned_by(user, at).select_related(*PARTIES)
    return owned.annotate(**_COUNTED).order_by("-made_at", "pk")


def owned(user: User, key: UUID, at: datetime) -> tuple[BulkSheet, Role] | None:
    """Return one sheet that a person may work on at a moment, and the person's part in it; None elsewhere."""
    sheet = BulkSheet.objects.select_related(*PARTIES).filter(pk=key).first()
    part = part_in_sheet(user, sheet, at) if sheet else None
    return (sheet, part) if sheet and part else None


def lapse_refusal_of(user: User, key: UUID, at: datetime) -> str:
    """Return why the person's firm may no longer act on a sheet that it began for a client; "" for all others."""
    mine = user.memberships.values("organization")
    begun = BulkSheet.objects.select_related(*PARTIES).filter(pk=key, filer_organization__in=mine).first()
    return lapse_refusal(user, begun.draft(), at) if begun else ""


def figures_of(sheet: BulkSheet) -> Figures:
    """Return the figures of a sheet. One statement."""
    counted = BulkSheet.objects.filter(pk=sheet.pk).order_by().annotate(**_COUNTED).values(*_COUNTED).first()
    return Figures(**counted) if counted else Figures()


def wrong_rows(sheet: BulkSheet) -> QuerySet[BulkRow]:
    """Return the rows with errors that are no drafts, in the order of the table."""
    return sheet.rows.filter(state=BulkRow.State.WRONG, drafted_at__isnull=True).order_by("number")


def drafted_rows(sheet: BulkSheet) -> QuerySet[BulkRow]:
    """Return the rows that are drafts, each with its petition, in the order of the table."""
    return sheet.rows.filter(drafted_at__isnull=False).select_related("petition").order_by("number")


@dataclass(frozen=True)
class ShownFault:
    """One thing to say about a row: the heading, the question in words, what stands in the cell, what is wrong."""

    heading: str
    typed: str
    message: str
    remedy: str
    is_error: bool
    proposal: str


@dataclass(frozen=True)
class ShownRow:
    """One row with what is wrong with it: its line, the filer's name for it, and its product."""

    number: int
    name: str
    product: str
    faults: list[ShownFault]

    @property
    def errors(self) -> list[ShownFault]:
        """What is wrong."""
        return [fault for fault in self.faults if fault.is_error]

    @property
    def warnings(self) -> list[ShownFault]:
        """What to look at again."""
        return [fault for fault in self.faults if not fault.is_error]


def shown_rows(sheet: BulkSheet, rows: Sequence[BulkRow]) -> list[ShownRow]:
    """Return rows as their page shows them."""
    return [_shown_row(sheet.headings, row) for row in rows]


def _shown_row(headings: Sequence[str], row: BulkRow) -> ShownRow:
    cells = dict(zip(headings, row.cells, strict=False))
    faults = [
        ShownFault(
            fault["heading"],
            cells.get(fault["heading"], ""),
            fault["message"],
            fault["remedy"],
            fault["level"] == "error",
            fault["proposal"],
        )
        for fault in row.faults
    ]
    return ShownRow(row.number, cells.get(ROW, ""), cells.get("product_name", ""), faults)


def proposed(sheet: BulkSheet) -> int:
    """Return in how many rows a number is proposed for what a spreadsheet program changed. One statement."""
    found = wrong_rows(sheet).values_list("faults", flat=True)
    return sum(any(fault["proposal"] for fault in faults) for faults in found)


def company_title(sheet: BulkSheet) -> str:
    """Return what the form calls the part that is answered once for all rows."""
    form = petition_form(sheet.round)
    return form.step(company_step(form)).title


def many_tables(sheet: BulkSheet) -> list[str]:
    """Return the keys of the questions whose answers have many rows."""
    return [question.key for question in tables(petition_form(sheet.round))]
