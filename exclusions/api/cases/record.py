"""One case for programs of the staff: what its tabs show, for the same eyes."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from exclusions.actions.record.accesses import log_reading
from exclusions.api.cases.concluded import (
    AssessmentOutput,
    DecidedOutput,
    FoundOutput,
    LegalOutput,
    RecommendedOutput,
    ReviewOutput,
    TextVersionOutput,
)
from exclusions.api.cases.filed import FileOutput, PrintedResponseOutput, PrintedStepOutput
from exclusions.api.cases.opened import READ, OfCase
from exclusions.api.output import Dotted, Output
from exclusions.queries.casework.case.case_page import CasePage


class IssuedLetterOutput(Output[Any]):
    """A letter of the case; its page serves the PDF."""

    code = serializers.CharField()
    kind = serializers.CharField()
    issued_at = serializers.DateTimeField()
    sha256 = serializers.CharField(allow_null=True, help_text="of the PDF. Null: it is still to be set")
    superseded_by = serializers.CharField(source="next_code", allow_null=True, default=None)


class ContactOutput(Output[Any]):
    """A contact outside the docket."""

    held_on = serializers.DateField()
    with_whom = serializers.CharField()
    summary = serializers.CharField()
    logged_by = serializers.CharField()


class AskedOutput(Output[Any]):
    """A question to the filer, and the answer."""

    number = serializers.IntegerField(source="inquiry.number")
    question = serializers.CharField(source="inquiry.question")
    asked_at = serializers.DateTimeField(source="inquiry.asked_at")
    closes_at = serializers.DateTimeField(source="inquiry.closes_at")
    state = serializers.CharField(source="key")
    answer = serializers.CharField(source="answer.text", allow_null=True, default=None)


class RecusalOutput(Output[Any]):
    """Who stepped back, and why."""

    user = serializers.CharField()
    declared_at = serializers.DateTimeField()
    reason = serializers.CharField()


class AssignmentOutput(Output[Any]):
    """Who has the case in which role."""

    user = serializers.CharField()
    role = serializers.CharField()
    since = serializers.DateTimeField(source="assigned_at")


class HappenedOutput(Output[Any]):
    """What happened, in words."""

    what = serializers.CharField()
    about = serializers.CharField()
    before = serializers.CharField(help_text="status from which it led. Empty: it led from none")
    after = serializers.CharField(help_text="status to which it led. Empty: to none")
    who = serializers.CharField(help_text="empty: the clock")
    role = serializers.CharField()
    at = serializers.DateTimeField()
    reason = serializers.CharField()


class OfferOutput(Output[Any]):
    """A transition that leaves the status, and what stands in its way."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a serializer's own is another thing
    yours = serializers.BooleanField(help_text="whether your role takes it")
    needs_reason = serializers.BooleanField()
    refused = serializers.ListField(child=serializers.CharField(), source="reasons", help_text="empty: the way is free")


class CaseOutput(Output[CasePage]):
    """A case as its pages show it to the token's person."""

    reference = serializers.CharField(source="petition.reference")
    round = serializers.CharField(source="petition.round.slug")
    status = serializers.CharField(source="petition.status")
    status_since = serializers.DateTimeField(source="petition.status_since")
    requester = serializers.CharField(source="petition.organization.legal_name")
    filer = serializers.CharField(
        source="petition.filer_organization.legal_name",
        allow_null=True,
        default=None,
        help_text="the firm that files. Null: the requester itself",
    )
    hts10 = Dotted(source="petition.hts10")
    product_name = serializers.CharField(source="petition.product_name")
    submitted_at = serializers.DateTimeField(source="petition.submitted_at", allow_null=True)
    posted_at = serializers.DateTimeField(source="petition.posted_at", allow_null=True)
    whole = serializers.BooleanField(
        source="confidential",
        help_text="whether it is the whole record, what was given in confidence in it; else its public side. What is "
        "of the whole record alone is empty then",
    )
    answers = PrintedStepOutput(source="steps", many=True)
    documents = FileOutput(many=True)
    responses = PrintedResponseOutput(many=True)
    findings = FoundOutput(many=True)
    recommendations = RecommendedOutput(source="compared.recommendations", many=True)
    consistency_reviews = ReviewOutput(source="compared.reviews", many=True)
    legal_reviews = LegalOutput(source="legal", many=True)
    assessments = AssessmentOutput(many=True)
    texts = TextVersionOutput(source="drafts", many=True, help_text="versions of the product text, newest first")
    decisions = DecidedOutput(many=True)
    letters = IssuedLetterOutput(many=True)
    contacts = ContactOutput(many=True)
    questions = AskedOutput(source="inquiries", many=True)
    recusals = RecusalOutput(many=True)
    assignments = AssignmentOutput(many=True)
    events = HappenedOutput(many=True)
    transitions = OfferOutput(source="offers", many=True)


class OneCase(OfCase):
    """The record of one case."""

    serializer_class = CaseOutput
    scopes = {"GET": READ}

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return a case as the tabs of its page show it to this person; a reading of all of it is put on record."""
        petition, standing = self.opened()
        page = CasePage(petition, self.person, self.at, standing)
        if page.confidential:
            log_reading(petition, "case file by program", by=self.person, at=self.at)
        return Response(CaseOutput(page, context={"whole": page.confidential}).data)
