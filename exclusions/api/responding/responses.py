"""Responses to petitions of the docket, and the requester's replies to them, sent by programs."""

from typing import Any, NoReturn

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import NotFound, Throttled
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response as Answer
from rest_framework.throttling import SimpleRateThrottle

from exclusions.actions.filing import replies, responses
from exclusions.api.bounds import BoundedJSONParser
from exclusions.api.idempotency import PARAMETER, once
from exclusions.api.output import Moment, TableOutput
from exclusions.api.petitions.drafts import BODY
from exclusions.api.petitions.owned import Timed
from exclusions.api.reads import left
from exclusions.api.responding.sent import BODIES, sent_form
from exclusions.api.tokens import OWN_REFUSALS
from exclusions.errors import NotPermitted
from exclusions.facts.forms import reply_form, response_form
from exclusions.models import Reply, Response
from exclusions.models.submission import CONFIRM_WITHIN
from exclusions.queries.importer.replying import response_to_reply_to
from exclusions.queries.public.docket import petition_page

RESPOND = "responses:write"
TOO_MANY = "You sent too many responses this hour. Wait an hour, then send yours again."
NO_PETITION = "No posted petition with this reference takes responses here."
NO_RESPONSE = "No posted response has this number. The docket’s page of the petition shows the numbers."


class SentAnHour(SimpleRateThrottle):
    """As many responses an hour as a page takes from a network; those that were refused do not count."""

    scope = "responses"

    def get_cache_key(self, request: Request, view: Any) -> str:
        """Count by the token's person."""
        return self.cache_format % {"scope": self.scope, "ident": request.user.pk}

    def throttle_success(self) -> bool:
        """Let it in; it is counted once it is taken in."""
        return True

    def count(self) -> None:
        """Count one that was taken in."""
        if self.rate is not None:
            super().throttle_success()


class ResponseSentOutput(TableOutput[Response]):
    """A response that was taken in, and waits until its author confirms it by the link that we mailed."""

    receipt = serializers.CharField(help_text="its number until it is posted")
    petition = serializers.CharField(source="petition.reference")
    confirm_by = serializers.SerializerMethodField(help_text="how long the link is good")

    class Meta:
        model = Response
        fields = ("receipt", "petition", "position", "email", "status", "created_at", "confirm_by")

    @extend_schema_field(serializers.DateTimeField())
    def get_confirm_by(self, response: Response) -> str:
        """Until when it may be confirmed."""
        return str(Moment().to_representation(response.created_at + CONFIRM_WITHIN))


class ReplySentOutput(TableOutput[Reply]):
    """A reply that was filed, and waits until intake has read it."""

    response = serializers.CharField(source="response.reference")

    class Meta:
        model = Reply
        fields = ("response", "attempt", "submitted_at")


class Responses(Timed):
    """Responses to a posted petition."""

    queryset: Any = Response.objects.none()
    pagination_class: Any = None
    serializer_class = ResponseSentOutput
    parser_classes = (BoundedJSONParser, MultiPartParser)
    throttle_classes = (*Timed.throttle_classes, SentAnHour)
    scopes = {"POST": RESPOND}
    made_always = True
    refused_at, stated_at = ("answers",), "stated_public"
    refusals = {**OWN_REFUSALS, 404: "No posted petition of this reference takes responses"}
    more_refusals = {"POST": {**BODY, 409: "Responses are not open"}}

    @extend_schema(request=BODIES, parameters=[PARAMETER])
    def post(self, request: Request, reference: str, *args: Any, **kwargs: Any) -> Answer:
        """Support or oppose a petition by the form of its round, as its page takes it.

        The author is mailed a link, and the response is submitted once that is followed. If a public answer repeats a
        confidential one of your own, the refusal names the statements that you may make under `stated_public`.
        """
        found = petition_page(reference, self.at)
        if found is None or found.petition.round is None or not found.petition.round.response_questionnaire:
            raise NotFound(NO_PETITION)
        sent = sent_form(request, response_form(found.petition.round))
        ready: list[responses.CheckedResponse] = []

        def check() -> None:
            ready.append(responses.check_response(reference=reference, at=self.at, **sent.given()))

        def keep() -> Answer:
            made = responses.keep_response(ready[0], by=self.person, at=self.at)
            self._note_sent()
            return Answer(ResponseSentOutput(made).data, status=201)

        return once(request, keep, at=self.at, asked=sent.asked, before=check)

    def throttled(self, request: Request, wait: float | None) -> NoReturn:
        """Refuse for haste, and say of what there was too much."""
        full = any(isinstance(one, SentAnHour) and one.rate and left(one) <= 0 for one in self.get_throttles())
        raise Throttled(wait, TOO_MANY if full else None)

    def _note_sent(self) -> None:
        for one in self.get_throttles():
            if isinstance(one, SentAnHour):
                one.count()


class Replies(Timed):
    """The requester's reply to a posted response."""

    queryset: Any = Reply.objects.none()
    pagination_class: Any = None
    serializer_class = ReplySentOutput
    parser_classes = (BoundedJSONParser, MultiPartParser)
    scopes = {"POST": RESPOND}
    made_always = True
    refused_at, stated_at = ("answers",), "stated_public"
    refusals = {**OWN_REFUSALS, 404: "No posted response has this number"}
    more_refusals = {"POST": {**BODY, 409: "It was replied to, or its period to reply is over"}}

    @extend_schema(request=BODIES, parameters=[PARAMETER])
    def post(self, request: Request, reference: str, *args: Any, **kwargs: Any) -> Answer:
        """Reply to a response to a petition of your own, once; the reply is posted when intake has read it."""
        found = response_to_reply_to(reference.rpartition("-R")[0], reference)
        if found is None:
            raise NotFound(NO_RESPONSE)
        refused = replies.reply_refusal(found, self.person, self.at)
        # A request that comes again finds its own reply there: what the state refuses is refused behind its key.
        if refused and (isinstance(refused, NotPermitted) or not found.petition.round.accepts_replies):
            raise refused
        sent = sent_form(request, reply_form(found.petition.round))
        ready: list[replies.CheckedReply] = []

        def check() -> None:
            ready.append(replies.check_reply(found, by=self.person, at=self.at, **sent.given()))

        def file() -> Answer:
            made = replies.file_reply(ready[0], by=self.person, at=self.at)
            return Answer(ReplySentOutput(made).data, status=201)

        return once(request, file, at=self.at, asked=sent.asked, before=check)
