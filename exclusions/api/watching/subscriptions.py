"""What the token's person watches: listed, begun, changed and stopped; by e-mail, by feed, or by webhook."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound, PermissionDenied, ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from exclusions.actions.own_watches import change_own_rate, drop_watch, exchange_secret, keep_own, move_webhook
from exclusions.api.idempotency import PARAMETER, once
from exclusions.api.pagination import ByCursor
from exclusions.api.petitions.owned import Timed
from exclusions.api.tokens import OWN_REFUSALS
from exclusions.api.watching.output import ChangeInput, SecretInput, SubscriptionInput, SubscriptionOutput
from exclusions.models import ApiToken, Subscription
from exclusions.queries.importer.own_events import own_thing
from exclusions.queries.people.own_watches import watches_at
from exclusions.queries.public.watches.watched import NotWatchable, Watched, number_remark, watched
from exclusions.workflow.deadlines import eastern_date

READ, WRITE, OF_PETITIONS = "subscriptions:read", "subscriptions:write", "petitions:read"
UNCONFIRMED = "No e-mail address of this account is confirmed. Confirm one on the account’s page, then ask again."
GONE = "You have no watch with this number. See the list of your watches."
LACKS = f"This token lacks the scope {OF_PETITIONS}, which tells of your own petitions. Ask for one that has it."
OF_ONE = {**OWN_REFUSALS, 404: "The person has no such watch"}
BODY = {413: "The body is too large", 415: "The body is not JSON"}


def require_petitions(request: Request) -> None:
    """Raise PermissionDenied for a token that tells nothing of own petitions."""
    if not (isinstance(request.auth, ApiToken) and OF_PETITIONS in request.auth.scopes):
        raise PermissionDenied(LACKS)


class NewestBegun(ByCursor):
    """The latest watch first."""

    ordering = ("-id",)


class Subscriptions(Timed, ListAPIView[Subscription]):
    """The watches of the token's person, the latest first."""

    queryset = Subscription.objects.none()
    serializer_class = SubscriptionOutput
    pagination_class = NewestBegun
    scopes = {"GET": READ, "POST": WRITE}
    more_refusals = {
        "POST": {
            409: "The address has 200 watches or 20 webhooks, or the request with this key is still running",
            422: "We do not post to this address, or the key belongs to another request",
            413: "The body is too large",
            415: "The body is not JSON",
        }
    }

    def get_queryset(self) -> QuerySet[Subscription]:
        """Return the confirmed watches of the person's own addresses."""
        return watches_at(self.addresses())

    @extend_schema(request=SubscriptionInput, parameters=[PARAMETER])
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Watch a thing: 201 with the new watch, or 200 with that which there is, so that a repeat makes no second.

        Raises ValidationError by field, and PermissionDenied where no address of the person is confirmed.
        """
        return once(request, lambda: self._make(request), at=self.at)

    def _make(self, request: Request) -> Response:
        asked = SubscriptionInput(data=request.data)
        asked.is_valid(raise_exception=True)
        sent = asked.validated_data
        if sent["kind"] == Subscription.Kind.OWN:
            require_petitions(request)
        try:
            thing = self._thing(sent["kind"], sent["key"])
        except NotWatchable as error:
            raise ValidationError({"key": [str(error)]}) from error
        addresses = self.addresses()
        if not addresses:
            raise PermissionDenied(UNCONFIRMED)
        return self._create_watch(thing, sent, addresses[0])

    def _thing(self, kind: str, key: str) -> Watched:
        return own_thing(self.person, key) if kind == Subscription.Kind.OWN else watched(kind, key)

    def _create_watch(self, thing: Watched, asked: dict[str, Any], email: str) -> Response:
        url, rate = asked.get("url", ""), asked["rate"]
        kept = keep_own(thing, email=email, channel=asked["channel"], url=url, rate=rate, at=self.at)
        context = {
            **self.get_serializer_context(),
            "secret": kept.secret,
            "remark": number_remark(thing, eastern_date(self.at)),
        }
        return Response(SubscriptionOutput(kept.watch, context=context).data, status=201 if kept.new else 200)


class OneSubscription(Timed):
    """One watch of the token's person."""

    queryset = Subscription.objects.none()
    serializer_class = SubscriptionOutput
    pagination_class = None
    scopes = {"PATCH": WRITE, "DELETE": WRITE}
    refusals = OF_ONE
    more_refusals = {
        "PATCH": {
            **BODY,
            409: "It is told by e-mail or feed",
            422: "We do not post to this address, or only an e-mail watch has a rate",
        }
    }

    @extend_schema(request=ChangeInput)
    def patch(self, request: Request, pk: int, *args: Any, **kwargs: Any) -> Response:
        """Post a webhook to another address from now on, also what waits; or mail a watch as often as `rate` says.

        Returns the watch. Raises NotFound.
        """
        asked = ChangeInput(data=request.data)
        asked.is_valid(raise_exception=True)
        sent = asked.validated_data
        if "rate" in sent:
            watch = change_own_rate(pk, emails=self.addresses(), rate=sent["rate"])
        else:
            watch = move_webhook(pk, emails=self.addresses(), url=sent["url"])
        if watch is None:
            raise NotFound(GONE)
        return Response(SubscriptionOutput(watch, context=self.get_serializer_context()).data)

    @extend_schema(request=None)
    def delete(self, request: Request, pk: int, *args: Any, **kwargs: Any) -> Response:
        """Stop a watch; it is forgotten. Raises NotFound, also for a watch of somebody else."""
        if not drop_watch(pk, emails=self.addresses()):
            raise NotFound(GONE)
        return Response(status=204)


class Secret(Timed):
    """The secret of a webhook, exchanged."""

    queryset = Subscription.objects.none()
    serializer_class = SubscriptionOutput
    pagination_class = None
    scopes = {"POST": WRITE}
    made_never = True
    refusals = OF_ONE
    more_refusals = {"POST": {**BODY, 409: "It is told by e-mail or feed", 422: "The key belongs to another request"}}

    @extend_schema(request=SecretInput, parameters=[PARAMETER])
    def post(self, request: Request, pk: int, *args: Any, **kwargs: Any) -> Response:
        """Make a new secret for a webhook, shown this once. Until the one before ends, both sign each delivery.

        Raises NotFound.
        """
        return once(request, lambda: self._exchange(request, pk), at=self.at)

    def _exchange(self, request: Request, pk: int) -> Response:
        asked = SecretInput(data=request.data)
        asked.is_valid(raise_exception=True)
        done = exchange_secret(pk, emails=self.addresses(), keep_hours=asked.validated_data["keep_hours"], at=self.at)
        if done is None:
            raise NotFound(GONE)
        watch, secret = done
        context = {**self.get_serializer_context(), "secret": secret}
        return Response(SubscriptionOutput(watch, context=context).data)
