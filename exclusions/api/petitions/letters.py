"""The letters of a petition, for the programs of its person."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import APIException, NotFound
from rest_framework.generics import ListAPIView
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from exclusions.actions.record.accesses import log_reading
from exclusions.actions.record.letters import ensure_letter
from exclusions.api.pagination import ByCursor
from exclusions.api.petitions.output import LetterOutput
from exclusions.api.petitions.owned import OF_ONE, READ, OfOwnPetition
from exclusions.errors import WrongState
from exclusions.gateways.documents.as_download import as_download
from exclusions.models import Letter
from exclusions.queries.importer import petitions as queries

PDF = "application/pdf"
NO_LETTER = "The petition has no letter with this code."
NO_RECEIPT = "The petition is not filed yet. Its receipt comes with the filing."
TO_SET = "The letter is issued, and its PDF is still to be set. Ask again in a few minutes."


class TakenDown(APIException):
    """A letter that is not shown any more."""

    status_code, default_code = 410, "taken_down"
    default_detail = "This letter was taken down. Ask the intake clerk for a corrected one."


class Missing(APIException):
    """A letter whose PDF comes back from a copy of the store."""

    status_code, default_code = 503, "missing"
    default_detail = "The letter is on record, and its PDF cannot be found at the moment. Ask again later."


class AsPdf(BaseRenderer):
    """Lets whoever asks for a PDF in: the view sends the file itself."""

    media_type, format, charset, render_style = PDF, "pdf", None, "binary"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> Any:
        """Return the bytes as they are."""
        return data


class FirstIssued(ByCursor):
    """The letter that was issued first comes first."""

    ordering = ("issued_at", "pk")


class Letters(OfOwnPetition, ListAPIView[Letter]):
    """The letters of a petition, in the order of issue."""

    queryset = Letter.objects.none()
    serializer_class = LetterOutput
    pagination_class = FirstIssued
    scopes = {"GET": READ}

    def get_queryset(self) -> QuerySet[Letter]:
        """Return them."""
        return queries.letters(self.petition())


class Receipt(OfOwnPetition):
    """The receipt of a petition, which is issued when it is asked for."""

    serializer_class = LetterOutput
    scopes = {"POST": READ}
    made_never = True
    more_refusals = {"POST": {409: "The petition is not filed yet"}}

    @extend_schema(request=None)
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return the receipt, issued and set if that was not done yet."""
        petition = self.petition()
        if ensure_letter(petition, Letter.Kind.RECEIPT, at=self.at) is None:
            raise WrongState(NO_RECEIPT)
        found = queries.letters(petition).filter(kind=Letter.Kind.RECEIPT).order_by("-issued_at", "-pk")[0]
        return Response(LetterOutput(found).data)


class LetterFile(OfOwnPetition):
    """A letter as a PDF."""

    serializer_class = LetterOutput
    renderer_classes = (AsPdf,)
    scopes = {"GET": READ}
    sends = PDF
    refusals = {
        **OF_ONE,
        404: "The person has no such petition, or it has no such letter",
        409: "The PDF is still to be set",
        410: "The letter was taken down",
        503: "The PDF cannot be found at the moment",
    }

    def get(self, request: Request, pk: UUID, code: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Return a letter as PDF; the reading is noted.

        Raises NotFound, TakenDown, and WrongState while it is to be set.
        """
        petition = self.petition()
        found = queries.letters(petition).filter(code=code).first()
        if found is None:
            raise NotFound(NO_LETTER)
        if found.is_down:  # type: ignore[attr-defined]  # as `queries.letters` says of each
            raise TakenDown
        if not found.storage_key:
            raise WrongState(TO_SET)
        log_reading(petition, f"letter {found.code}", by=self.person, at=self.at)
        name = f"{petition.reference}-{found.kind}.pdf"
        sent = as_download(found.storage_key, name, PDF, asked="api-petition-letter")
        if sent is None:
            raise Missing
        return sent
