"""The documents of a bulk sheet by program: ZIPs sent and deleted; what no ZIP has, and what no row names, listed."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from exclusions.actions.bulk_sheets import zips
from exclusions.actions.bulk_sheets.working import TASK
from exclusions.api.bulk.acts import WORKING
from exclusions.api.bulk.owned import OF_ONE, OfOwnSheet
from exclusions.api.idempotency import PARAMETER, digest_of, once
from exclusions.api.output import Output, TableOutput
from exclusions.api.petitions.drafts import BODY
from exclusions.api.petitions.output import SentFile
from exclusions.api.petitions.owned import READ, WRITE
from exclusions.errors import Incomplete
from exclusions.gateways.bulk_sheets.zips import MOST_BYTES
from exclusions.gateways.queue import ask_for
from exclusions.models import BulkSheet, BulkZip
from exclusions.queries.importer import bulk_documents as queries

MOST_NAMES = 500  # of each list
NO_ZIP = "The sheet has no ZIP with this key."
FIRST = f"the first {MOST_NAMES} of them, in alphabetical order"


class ZipOutput(TableOutput[BulkZip]):
    """A ZIP of documents."""

    bytes = serializers.IntegerField(source="size")
    files = serializers.IntegerField(source="number")
    refused = serializers.ListField(
        child=serializers.CharField(), help_text="why nothing of it was taken. Empty: it was, or is being read"
    )

    class Meta:
        model = BulkZip
        fields = ("id", "file_name", "bytes", "files", "sent_at", "taken_at", "refused")
        extra_kwargs = {"taken_at": {"help_text": "null: it is being read, or was refused"}}


class MissingOutput(Output[dict[str, Any]]):
    """A name of a file that rows have and no ZIP has."""

    name = serializers.CharField()
    rows = serializers.IntegerField(help_text="in how many it stands")


class SheetDocumentsOutput(Output[dict[str, Any]]):
    """The documents of a bulk sheet."""

    zips = ZipOutput(many=True)
    files = serializers.IntegerField(help_text="in all ZIPs")
    checked = serializers.IntegerField(help_text="different contents that were parsed and scanned")
    missing = serializers.IntegerField(help_text="names that rows have and no ZIP has")
    unused = serializers.IntegerField(help_text="files that no row names")
    missing_names = MissingOutput(many=True, help_text=FIRST)
    unused_names = serializers.SerializerMethodField(help_text=FIRST)

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_unused_names(self, body: dict[str, Any]) -> list[str]:
        """Name them."""
        return [str(one["name"]) for one in body["unused_names"]]


class ZipInput(serializers.Serializer[Any]):
    """A ZIP of documents."""

    zip = SentFile(help_text="up to 200 MB and 5,000 files, without folders")


def body_of(sheet: BulkSheet) -> dict[str, Any]:
    """Return what is sent of the documents of a sheet."""
    figures = queries.documents_of(sheet)
    body = {
        "zips": list(queries.zips_of(sheet)),
        "files": figures.files,
        "checked": figures.checked,
        "missing": figures.missing,
        "unused": figures.unused,
        "missing_names": list(queries.missing_names(sheet)[:MOST_NAMES]),
        "unused_names": list(queries.unused_files(sheet)[:MOST_NAMES]),
    }
    return dict(SheetDocumentsOutput(body).data)


class SheetDocuments(OfOwnSheet):
    """The documents of a bulk sheet."""

    serializer_class: Any = SheetDocumentsOutput
    scopes = {"GET": READ, "POST": WRITE}
    parser_classes = (MultiPartParser,)
    taken_on = True
    refused_at = None  # what the action refuses is about the ZIP
    more_refusals = {"POST": {**BODY, 409: WORKING}}

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return the documents of a bulk sheet: its ZIPs, names that no ZIP has, and files that no row names."""
        return Response(body_of(self.sheet()))

    @extend_schema(request={"multipart/form-data": ZipInput}, parameters=[PARAMETER])
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Send a ZIP with documents that rows of a bulk sheet name; several are sent one after another.

        It is read in slices: ask for the sheet until its `state` is `checked`.
        """
        sheet = self.sheet()
        asked = ZipInput(data=request.data)
        asked.is_valid(raise_exception=True)
        file = asked.validated_data["zip"]
        if file.size > MOST_BYTES:
            raise Incomplete(fields={"zip": [zips.TOO_LARGE]})
        kept: list[zips.KeptZip] = []

        def take() -> Response:
            zips.take_zip(sheet, kept[0], by=self.person, at=self.at)
            return Response(body_of(sheet), status=202)

        answer = once(
            request,
            take,
            at=self.at,
            asked=[file.name, digest_of(file)],
            before=lambda: kept.append(zips.keep_zip(file.name or "", file)),
        )
        ask_for(TASK)
        return answer


class OneSheetZip(OfOwnSheet):
    """One ZIP of a bulk sheet."""

    serializer_class: Any = SheetDocumentsOutput
    scopes = {"DELETE": WRITE}
    refusals = {**OF_ONE, 404: "The person has no such sheet, or it has no such ZIP"}
    more_refusals = {"DELETE": {409: WORKING}}

    @extend_schema(request=None)
    def delete(self, request: Request, pk: UUID, zip: UUID, *args: Any, **kwargs: Any) -> Response:
        """Delete a ZIP of a bulk sheet with its files; drafts keep their documents."""
        sheet = self.sheet()
        if not sheet.zips.filter(pk=zip).exists():
            raise NotFound(NO_ZIP)
        zips.delete_zip(sheet, zip, by=self.person, at=self.at)
        ask_for(TASK)
        return Response(status=204)
