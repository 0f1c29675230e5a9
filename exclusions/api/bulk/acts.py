"""Rows of a bulk sheet accepted, their drafts checked, certified and filed by the programs of a person."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from exclusions.actions.bulk_sheets.certifying import certify_drafts
from exclusions.actions.bulk_sheets.drafting import accept_rows
from exclusions.actions.bulk_sheets.proving import BUSY, check_drafts
from exclusions.actions.bulk_sheets.working import TASK
from exclusions.api.bulk.output import AcceptInput, CertifiedOutput, CertifySheetInput, SheetOutput
from exclusions.api.bulk.owned import OfOwnSheet, body_of, digest_of
from exclusions.api.idempotency import PARAMETER, once
from exclusions.api.petitions.drafts import BODY
from exclusions.api.petitions.owned import CERTIFY, WRITE
from exclusions.errors import Conflict, WrongState
from exclusions.gateways.queue import ask_for
from exclusions.models import BulkSheet
from exclusions.permissions.importer.bulk_proofs import stamp_now

OTHERS = (
    "The drafts are others than those that this digest names. Read the sheet and its petitions again, then certify."
)
WORKING = "Other work on the sheet is under way, or the round is not open"


class ActOnSheet(OfOwnSheet):
    """Something that is done with a sheet in slices, once it is asked for."""

    serializer_class: Any = SheetOutput
    taken_on = True

    def answer(self, request: Request) -> Response:
        """Take the work on, once; a worker is asked for after that stands in the database."""
        done = once(request, lambda: Response(self.act(request), status=202), at=self.at)
        ask_for(TASK)
        return done

    def act(self, request: Request) -> dict[str, Any]:
        """Do it; return the body."""
        raise NotImplementedError


class AcceptSheet(ActOnSheet):
    """Rows become drafts."""

    scopes = {"POST": WRITE}
    more_refusals = {"POST": {**BODY, 409: WORKING}}

    @extend_schema(request=AcceptInput, parameters=[PARAMETER])
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Let the rows of a bulk sheet without errors, or all rows, become drafts, each once."""
        return self.answer(request)

    def act(self, request: Request) -> dict[str, Any]:
        """Accept them."""
        sheet = self.sheet()
        asked = AcceptInput(data=request.data)
        asked.is_valid(raise_exception=True)
        wanted = BulkSheet.Wanted(asked.validated_data["wanted"])
        return body_of(accept_rows(sheet, wanted=wanted, by=self.person, at=self.at), self.at)


class CheckSheet(ActOnSheet):
    """The drafts of a sheet checked as they are now."""

    scopes = {"POST": WRITE}
    more_refusals = {"POST": {409: WORKING, 422: "No row is a draft that is not filed"}}

    @extend_schema(request=None, parameters=[PARAMETER])
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Let the drafts of a bulk sheet be checked as they are now, before they are certified."""
        return self.answer(request)

    def act(self, request: Request) -> dict[str, Any]:
        """Have them checked."""
        return body_of(check_drafts(self.sheet(), by=self.person, at=self.at), self.at)


class CertifySheet(ActOnSheet):
    """The drafts of a sheet certified by the token's person, and filed."""

    serializer_class = CertifiedOutput
    scopes = {"POST": CERTIFY}
    more_refusals = {"POST": {**BODY, 409: f"{WORKING}, or the drafts are others than those of the digest"}}

    @extend_schema(request=CertifySheetInput, parameters=[PARAMETER])
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Certify the drafts of a bulk sheet that passed their check; they are filed as of this moment.

        `certified` are the keys of all statements that the sheet names, which the token’s person makes by this call
        for each petition; `digest` is that of the sheet. The drafts that are left out are named.
        """
        return self.answer(request)

    def act(self, request: Request) -> dict[str, Any]:
        """Certify them. Raises Conflict where they are others than those that were read.

        A draft that changes after this comparison is left out by the action, and a check that ends after it is
        refused by the sheet's revision.
        """
        sheet = self.sheet()
        asked = CertifySheetInput(data=request.data)
        asked.is_valid(raise_exception=True)
        sent = asked.validated_data
        if sheet.is_at_work:
            raise WrongState(BUSY)
        if sent["digest"] != digest_of(sheet, stamp_now(sheet)):
            raise Conflict(OTHERS)
        given = certify_drafts(
            sheet,
            certified=dict.fromkeys(sent["certified"], "yes"),
            was_read=sent["was_read"],
            seen=sheet.revision,
            by=self.person,
            at=self.at,
        )
        sheet.refresh_from_db(fields=["state", "stopped"])
        return {
            "certificate": str(given.certificate.pk),
            "sha256": given.certificate.sha256,
            "count": len(given.certificate.drafts),
            "left_out": given.left_out,
            "sheet": body_of(sheet, self.at),
        }
