"""What the token's person watches: listed, begun and stopped; by e-mail to their address, by feed, or by webhook."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet, TextChoices
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import NotFound, PermissionDenied, ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from exclusions.actions.own_watches import drop_watch, keep_own
from exclusions.api.idempotency import PARAMETER, once
from exclusions.api.output import Moment, Output, TableOutput
from exclusions.api.pagination import ByCursor
from exclusions.api.tokens import OWN_REFUSALS, Own
from exclusions.hts import dotted
from exclusions.models import Subscription, WebhookDelivery
from exclusions.queries.people.own_watches import deliveries_of, news_of, next_try, state_of, watches_at
from exclusions.queries.public.watched import NotWatchable, watched

READ, WRITE = "subscriptions:read", "subscriptions:write"
UNCONFIRMED = "No e-mail address of this account is confirmed. Confirm one on the account’s page, then ask again."
NO_ADDRESS = "Give a webhook’s https address as “url”. Other channels take no “url”."
GONE = "You have no watch with this number. See the list of your watches."


def one_of(choices: type[TextChoices]) -> dict[str, Any]:
    """Return what is said of a value that is none of the choices: which there are."""
    return {"invalid_choice": f"There is no such value. Send one of: {', '.join(choices.values)}."}


class SubscriptionInput(serializers.Serializer[Any]):
    """What to watch, and how to hear of it."""

    kind = serializers.ChoiceField(choices=Subscription.Kind.choices, error_messages=one_of(Subscription.Kind))
    key = serializers.CharField(
        max_length=300, help_text="an HTSUS number, a reference, a name as the docket writes it, a round’s short name"
    )
    channel = serializers.ChoiceField(
        choices=Subscription.Channel.choices,
        default=Subscription.Channel.EMAIL.value,
        error_messages=one_of(Subscription.Channel),
    )
    url = serializers.CharField(
        required=False,
        max_length=500,
        help_text="for a webhook: the https address that we post to, port 443 or 8443",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse fields that there are not, and find the thing."""
        if unknown := sorted(set(self.initial_data) - set(self.fields)):
            offered = ", ".join(self.fields)
            raise ValidationError({name: [f"There is no field {name}. There are: {offered}."] for name in unknown})
        if (attrs["channel"] == Subscription.Channel.WEBHOOK) != bool(attrs.get("url")):
            raise ValidationError({"url": [NO_ADDRESS]})
        try:
            return {**attrs, "thing": watched(attrs["kind"], attrs["key"])}
        except NotWatchable as error:
            raise ValidationError({"key": [str(error)]}) from error


class SubscriptionOutput(TableOutput[Subscription]):
    """A watch. The feed of the thing is there for anybody, whichever way it is watched."""

    key = serializers.SerializerMethodField(help_text="a number with dots, anything else as stored")
    feed = serializers.SerializerMethodField(help_text="address of the Atom feed")
    url = serializers.CharField(help_text="address of the webhook. Empty for other channels")
    secret = serializers.SerializerMethodField(
        help_text="secret of a new webhook, to check its signatures. Shown once, then null"
    )

    class Meta:
        model = Subscription
        fields = ("id", "kind", "key", "channel", "feed", "url", "secret", "created_at")

    def get_key(self, watch: Subscription) -> str:
        """What is watched."""
        return dotted(watch.key) if watch.kind == Subscription.Kind.NUMBER else watch.key

    def get_feed(self, watch: Subscription) -> str:
        """Where a program reads the news of it."""
        named = urlencode({"kind": watch.kind, "key": self.get_key(watch)})
        return f"{settings.BASE_URL}{reverse('watch-feed')}?{named}"

    def get_secret(self, watch: Subscription) -> str | None:
        """What the owner keeps."""
        return self.context.get("secret") or None


class NewsOutput(Output[dict[str, str]]):
    """One public fact that was told."""

    fact = serializers.CharField(
        help_text="its identifier, which never changes. Use it to skip events that you have seen"
    )
    at = Moment()
    title = serializers.CharField()
    text = serializers.CharField()
    url = serializers.URLField()


class DeliveryOutput(TableOutput[WebhookDelivery]):
    """An event of a webhook, and what became of it."""

    event = serializers.UUIDField(help_text="the `webhook-id` header, the same at each attempt")
    type = serializers.CharField(source="body.type", help_text="watch.begun or watch.news")
    news = NewsOutput(many=True, source="told")
    state = serializers.SerializerMethodField()
    next_at = serializers.SerializerMethodField(help_text="when we try next. Null: not again")
    status = serializers.IntegerField(
        source="http_code", allow_null=True, help_text="HTTP status of the last attempt. Null: no answer"
    )
    error = serializers.CharField(help_text="what went wrong at the last attempt, in a sentence")

    class Meta:
        model = WebhookDelivery
        fields = (
            "event", "type", "news", "created_at", "state", "attempts", "delivered_at", "next_at", "status", "error"
        )  # fmt: skip

    def to_representation(self, instance: WebhookDelivery) -> Any:
        """Write it; what has no news has an empty list."""
        instance.told = news_of(instance)  # type: ignore[attr-defined]
        return super().to_representation(instance)

    @extend_schema_field({"type": "string", "enum": ["waits", "delivered", "given up"]})
    def get_state(self, row: WebhookDelivery) -> str:
        """How it stands."""
        return state_of(row)

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_next_at(self, row: WebhookDelivery) -> str | None:
        """When it is tried next."""
        found = next_try(row)
        return Moment().to_representation(found) if found else None


class NewestBegun(ByCursor):
    """The latest watch first."""

    ordering = ("-id",)


class Subscriptions(Own, ListAPIView[Subscription]):
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
        at = timezone.now()
        return once(request, lambda: self._make(request, at), at=at)

    def _make(self, request: Request, at: datetime) -> Response:
        asked = SubscriptionInput(data=request.data)
        asked.is_valid(raise_exception=True)
        addresses = self.addresses()
        if not addresses:
            raise PermissionDenied(UNCONFIRMED)
        return self._create_watch(asked.validated_data, addresses[0], at)

    def _create_watch(self, asked: dict[str, Any], email: str, at: datetime) -> Response:
        kept = keep_own(asked["thing"], email=email, channel=asked["channel"], url=asked.get("url", ""), at=at)
        context = {**self.get_serializer_context(), "secret": kept.secret}
        return Response(SubscriptionOutput(kept.watch, context=context).data, status=201 if kept.new else 200)


class OneSubscription(Own):
    """One watch of the token's person."""

    queryset = Subscription.objects.none()
    serializer_class = SubscriptionOutput
    pagination_class = None
    scopes = {"DELETE": WRITE}
    refusals = {**OWN_REFUSALS, 404: "The person has no such watch"}

    @extend_schema(request=None)
    def delete(self, request: Request, pk: int, *args: Any, **kwargs: Any) -> Response:
        """Stop it; it is forgotten. Raises NotFound, also for a watch of somebody else."""
        if not drop_watch(pk, emails=self.addresses()):
            raise NotFound(GONE)
        return Response(status=204)


class Deliveries(Own, ListAPIView[WebhookDelivery]):
    """What was posted to the webhook of one watch in the last 30 days, the latest first; empty of other channels."""

    queryset = WebhookDelivery.objects.none()
    serializer_class = DeliveryOutput
    pagination_class = NewestBegun
    scopes = {"GET": READ}
    refusals = {**OWN_REFUSALS, 404: "The person has no such watch"}

    def get_queryset(self) -> QuerySet[WebhookDelivery]:
        """Return the deliveries of the person's own watch. Raises NotFound, also for a watch of somebody else."""
        own = watches_at(self.addresses()).filter(pk=self.kwargs["pk"])
        if not own.exists():
            raise NotFound(GONE)
        return deliveries_of(own)
