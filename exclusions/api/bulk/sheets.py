"""A person's bulk sheets listed, begun, read and deleted by their programs."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from exclusions.actions.bulk_sheets import sheets as actions
from exclusions.actions.bulk_sheets.tables import begin_with_table
from exclusions.actions.bulk_sheets.working import TASK, work_on
from exclusions.api.bounds import BoundedJSONParser
from exclusions.api.bulk.output import SheetFileInput, SheetInput, SheetOutput, SheetRowOutput
from exclusions.api.bulk.owned import OfOwnSheet, body_of
from exclusions.api.bulk.sent import DRY_RUN, SentTable, is_dry_run, require_company
from exclusions.api.idempotency import PARAMETER, once
from exclusions.api.pagination import ByCursor
from exclusions.api.petitions.drafts import BODY
from exclusions.api.petitions.owned import READ, WRITE, Timed, round_and_party
from exclusions.gateways.bulk_sheets.layout import RawSheet
from exclusions.gateways.queue import ask_for
from exclusions.models import BulkSheet, Round
from exclusions.queries.importer import bulk_sheets as queries
from exclusions.queries.importer.petitions import Party


class NewestFirst(ByCursor):
    """The sheet that was begun last comes first."""

    ordering = ("-made_at", "-pk")


class Sheets(Timed, ListAPIView[BulkSheet]):
    """The bulk sheets that the token's person may work on, those begun last first."""

    queryset = BulkSheet.objects.none()
    serializer_class = SheetRowOutput
    pagination_class = NewestFirst
    parser_classes = (BoundedJSONParser, MultiPartParser)
    scopes = {"GET": READ, "POST": WRITE}
    taken_on = True
    refused_at = None  # what the actions refuse is about the table as a whole
    more_refusals = {"POST": {**BODY, 409: "The round is not open, or the request with this key is still running"}}

    def _known(self) -> list[str]:
        """Name the parameters of what is asked: a list has pages, a sheet that is begun may be a dry run."""
        return [DRY_RUN.name] if self.request.method == "POST" else super()._known()

    def get_queryset(self) -> QuerySet[BulkSheet]:
        """Return the sheets of the person with their figures."""
        return queries.listed(self.person, self.at)

    def get_serializer_class(self) -> type[BaseSerializer[Any]]:
        """Send all that is known of a sheet that is begun."""
        return SheetOutput if self.request.method == "POST" else SheetRowOutput

    @extend_schema(
        request={"application/json": SheetInput, "multipart/form-data": SheetFileInput}, parameters=[PARAMETER, DRY_RUN]
    )
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Begin a bulk sheet: many petitions of one requester in one round, a row for each product.

        Each row is checked as the form checks. Nothing becomes a draft before you accept rows. Ask for the sheet
        (`Location`) until its `state` is `checked`. A file is made of the round’s template, and says so by its marks.
        """
        dry_run = is_dry_run(request.query_params)
        is_file = (request.content_type or "").startswith("multipart/")
        asked: Any = (SheetFileInput if is_file else SheetInput)(data=request.data)
        asked.is_valid(raise_exception=True)
        sent = asked.validated_data
        table = SentTable(sent.get("rows", ()), sent.get("file"))
        company = sent.get("company") or {}
        names = [sent["round"], str(sent["organization"]), str(sent.get("filer_organization")), company]
        ready: list[tuple[Round, Party, RawSheet]] = []

        def look() -> None:
            round, party = round_and_party(self.person, sent, self.at)
            require_company(round, company)
            ready.append((round, party, table.read(round)))

        def begin() -> Response:
            round, party, read = ready[0]
            sheet = begin_with_table(
                round=round,
                organization=party.organization,
                filer_organization=party.firm,
                company=company,
                table=read,
                is_file=is_file,
                is_dry_run=dry_run,
                by=self.person,
                at=self.at,
            )
            return _sent(body_of(sheet, self.at), sheet.pk)

        answer = once(request, begin, at=self.at, asked=[*names, dry_run, table.asked], before=look)
        ask_for(TASK)
        return answer


def _sent(body: Any, key: UUID) -> Response:
    return Response(body, status=202, headers={"Location": reverse("api-bulk-sheet", args=[key])})


class OneSheet(OfOwnSheet):
    """One bulk sheet of the token's person."""

    serializer_class = SheetOutput
    scopes = {"GET": READ, "DELETE": WRITE}
    more_refusals = {"DELETE": {409: "Drafts of its rows are being made or filed right now"}}

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return a bulk sheet: how far it is, its figures, and the `digest` of what may be certified.

        While work is under way, asking does a slice of it, so that it goes on without a worker too.
        """
        sheet = self.sheet()
        if request.method == "GET" and sheet.is_at_work and work_on(sheet, at=self.at):
            sheet.refresh_from_db(fields=["state", "stopped", "revision"])
        return Response(body_of(sheet, self.at))

    @extend_schema(request=None)
    def delete(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Delete a bulk sheet with its rows; drafts that were made of them stay."""
        actions.delete_sheet(self.sheet(), by=self.person, at=self.at)
        return Response(status=204)
