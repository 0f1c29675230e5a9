"""The rows of a bulk sheet as programs read them: those with errors, and those that became drafts."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.generics import ListAPIView

from exclusions.api.bulk.output import ErrorRowOutput, RowPetitionOutput
from exclusions.api.bulk.owned import OfOwnSheet
from exclusions.api.pagination import ByCursor
from exclusions.api.petitions.owned import READ
from exclusions.models import BulkRow
from exclusions.permissions.importer.bulk_proofs import stamp_now
from exclusions.queries.importer import bulk_sheets as queries


class InTheirOrder(ByCursor):
    """In the order of the table."""

    ordering = ("number",)


class SheetErrors(OfOwnSheet, ListAPIView[BulkRow]):
    """The rows of a bulk sheet with errors that are no drafts, each fault at its heading.

    While rows wait to be checked, more may follow: see the state of the sheet.
    """

    queryset = BulkRow.objects.none()
    serializer_class = ErrorRowOutput
    pagination_class = InTheirOrder
    scopes = {"GET": READ}

    def get_queryset(self) -> QuerySet[BulkRow]:
        """Return the rows."""
        self.opened = self.sheet()
        return queries.wrong_rows(self.opened)

    def paginate_queryset(self, queryset: Any) -> Any:
        """Return the rows of a page as they are shown."""
        return queries.shown_rows(self.opened, super().paginate_queryset(queryset) or [])


class SheetPetitions(OfOwnSheet, ListAPIView[BulkRow]):
    """The rows of a bulk sheet that became drafts, and what became of each."""

    queryset = BulkRow.objects.none()
    serializer_class = RowPetitionOutput
    pagination_class = InTheirOrder
    scopes = {"GET": READ}

    def get_queryset(self) -> QuerySet[BulkRow]:
        """Return the rows."""
        self.opened = self.sheet()
        return queries.drafted_rows(self.opened)

    def get_serializer_context(self) -> dict[str, Any]:
        """Add what names the tariff and the round as they are now, by which a check holds."""
        stamp = stamp_now(self.opened) if hasattr(self, "opened") else ""
        return {**super().get_serializer_context(), "stamp": stamp}
