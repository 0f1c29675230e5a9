"""The documents of a petition listed, attached and taken away by the programs of its person."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from exclusions.actions.filing import documents as actions
from exclusions.actions.record.files import KeptFile, Upload
from exclusions.api.idempotency import PARAMETER, digest_of, once
from exclusions.api.pagination import ByCursor
from exclusions.api.petitions.drafts import BODY
from exclusions.api.petitions.output import DocumentInput, OwnDocumentOutput
from exclusions.api.petitions.owned import OF_ONE, READ, WRITE, OfOwnPetition
from exclusions.errors import Incomplete
from exclusions.facts.forms import petition_form
from exclusions.gateways.documents.inspection import MAX_BYTES
from exclusions.models import Document
from exclusions.questionnaires import Kind

NO_DOCUMENT = "The petition has no document with this key."


class FirstAttached(ByCursor):
    """The document that was attached first comes first."""

    ordering = ("uploaded_at", "pk")


class Documents(OfOwnPetition, ListAPIView[Document]):
    """The documents of a petition, in the order in which they were attached."""

    queryset = Document.objects.none()
    serializer_class = OwnDocumentOutput
    pagination_class = FirstAttached
    scopes = {"GET": READ, "POST": WRITE}
    parser_classes = (MultiPartParser,)
    made_always = True
    refused_at = None  # what the action refuses is about the file
    more_refusals = {"POST": {**BODY, 409: "The petition is filed, or the request with this key is still running"}}

    def get_queryset(self) -> QuerySet[Document]:
        """Return those that were not taken away."""
        return self.petition().documents.filter(removed_at__isnull=True)

    @extend_schema(request={"multipart/form-data": DocumentInput}, parameters=[PARAMETER])
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Attach a file to a question of a draft, or of a petition that was returned for correction.

        It is scanned, and what it hides is taken out of a public one. Raises ValidationError by field, and what the
        action refuses.
        """
        petition = self.petition()
        asked = DocumentInput(data=request.data)
        asked.is_valid(raise_exception=True)
        question, file = asked.validated_data["question"], asked.validated_data["file"]
        takes = [one.key for one in petition_form(petition.round).questions if one.kind is Kind.FILES]
        if question not in takes:
            raise ValidationError({"question": [f"This form takes files under: {', '.join(takes)}."]})
        if file.size > MAX_BYTES:
            raise Incomplete(fields={"file": [actions.too_large(file.name)]})
        asked_of = [question, file.name, digest_of(file)]
        upload = Upload.from_browser(file)
        kept: list[KeptFile] = []

        def attach() -> Response:
            document = actions.attach_kept(petition, kept[0], by=self.person, at=self.at)
            return Response(OwnDocumentOutput(document).data, status=201)

        return once(
            request,
            attach,
            at=self.at,
            asked=asked_of,
            before=lambda: kept.append(actions.keep_for(petition, question, upload)),
        )


class OneDocument(OfOwnPetition):
    """One document of a petition."""

    serializer_class = OwnDocumentOutput
    scopes = {"DELETE": WRITE}
    refusals = {**OF_ONE, 404: "The person has no such petition, or it has no such document"}
    more_refusals = {"DELETE": {409: "The petition is filed"}}

    @extend_schema(request=None)
    def delete(self, request: Request, pk: UUID, document: UUID, *args: Any, **kwargs: Any) -> Response:
        """Take a document away from a draft, or from a petition that was returned for correction."""
        petition = self.petition()
        found = petition.documents.filter(pk=document, removed_at__isnull=True).first()
        if found is None:
            raise NotFound(NO_DOCUMENT)
        actions.remove(petition, found, by=self.person, at=self.at)
        return Response(status=204)
