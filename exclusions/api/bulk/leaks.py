"""Confidential values in public answers of a bulk sheet: read by programs, settled by a statement of their person."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from exclusions.actions.bulk_sheets.leaks import settle_rows
from exclusions.api.bulk.acts import WORKING, ActOnSheet
from exclusions.api.bulk.output import SheetOutput
from exclusions.api.bulk.owned import OfOwnSheet, body_of
from exclusions.api.idempotency import PARAMETER
from exclusions.api.output import TableOutput
from exclusions.api.pagination import ByCursor
from exclusions.api.petitions.drafts import BODY
from exclusions.api.petitions.owned import READ, WRITE
from exclusions.forms.bulk_leaks import LONGEST_STATEMENT
from exclusions.gateways.bulk_sheets.reading import MOST_ROWS
from exclusions.models import BulkLeak
from exclusions.queries.importer.bulk_rows import leaks as queries


class LeakOutput(TableOutput[BulkLeak]):
    """A confidential value in a public answer of a row, which nobody has settled."""

    row = serializers.IntegerField(source="row.number", help_text="its line in the table, counted from 1")
    question = serializers.CharField(source="place", help_text="key of the public question")
    revision = serializers.IntegerField(source="row.sheet.revision", help_text="of the table. `settle` sends it back")

    class Meta:
        model = BulkLeak
        fields = ("row", "question", "leak", "message", "excerpt", "revision")
        extra_kwargs = {"leak": {"help_text": "the same for the same value in the same question, in whatever row"}}


class SettleInput(serializers.Serializer[Any]):
    """Which value everyone may read in which rows, and why."""

    leak = serializers.CharField(max_length=40)
    rows = serializers.ListField(
        child=serializers.IntegerField(min_value=1), max_length=MOST_ROWS, help_text="lines of the table"
    )
    statement = serializers.CharField(
        max_length=LONGEST_STATEMENT,
        allow_blank=True,  # the action says what lacks, as on the page
        help_text="why everyone may read it: kept with the draft of each row",
    )
    revision = serializers.IntegerField(min_value=0, help_text="of the leaks as they were read")


class InTurn(ByCursor):
    """As they were found: in the order of the table."""

    ordering = ("pk",)


class SheetLeaks(OfOwnSheet, ListAPIView[BulkLeak]):
    """The confidential values that stand in public answers of a bulk sheet, a row each, until somebody settles them."""

    queryset = BulkLeak.objects.none()
    serializer_class = LeakOutput
    pagination_class = InTurn
    scopes = {"GET": READ}

    def get_queryset(self) -> QuerySet[BulkLeak]:
        """Return the leaks."""
        return queries.leaks_in_turn(self.sheet())


class SettleLeaks(ActOnSheet):
    """A value that stands in public answers settled in some rows."""

    serializer_class = SheetOutput
    scopes = {"POST": WRITE}
    more_refusals = {"POST": {**BODY, 409: f"{WORKING}, or the rows are others by now"}}

    @extend_schema(request=SettleInput, parameters=[PARAMETER])
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """State why everyone may read a confidential value in the public answers of some rows of a bulk sheet.

        The statement is that of the token’s person, and is kept on the record of each draft. A value that changes later
        is asked about anew. The rows are checked again.
        """
        return self.answer(request)

    def act(self, request: Request) -> dict[str, Any]:
        """Settle it."""
        sheet = self.sheet()
        asked = SettleInput(data=request.data)
        asked.is_valid(raise_exception=True)
        sent = asked.validated_data
        settle_rows(
            sheet,
            leak=sent["leak"],
            lines=sent["rows"],
            statement=sent["statement"],
            seen=sent["revision"],
            by=self.person,
            at=self.at,
        )
        sheet.refresh_from_db(fields=["state"])
        return body_of(sheet, self.at)
