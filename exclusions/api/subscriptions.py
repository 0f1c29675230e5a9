"""What the token's person watches: listed, begun and stopped; by e-mail to their confirmed address, or by feed."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound, PermissionDenied, ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from exclusions.actions.own_watches import drop_watch, keep_watch
from exclusions.api.output import TableOutput
from exclusions.api.pagination import ByCursor
from exclusions.api.tokens import OWN_REFUSALS, Own
from exclusions.hts import dotted
from exclusions.models import Subscription
from exclusions.queries.public.watched import NotWatchable, watched

READ, WRITE = "subscriptions:read", "subscriptions:write"
UNCONFIRMED = "No e-mail address of this account is confirmed. Confirm one on the account’s page, then ask again."
GONE = "You have no watch of this number. The list of your watches has those there are."


class SubscriptionInput(serializers.Serializer[Any]):
    """What to watch, and how to hear of it."""

    kind = serializers.ChoiceField(choices=Subscription.Kind.choices)
    key = serializers.CharField(
        max_length=300, help_text="an HTSUS number, a reference, a name as the docket writes it, a round’s short name"
    )
    channel = serializers.ChoiceField(choices=Subscription.Channel.choices, default=Subscription.Channel.EMAIL.value)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse fields that there are not, and find the thing."""
        if unknown := sorted(set(self.initial_data) - set(self.fields)):
            offered = ", ".join(self.fields)
            raise ValidationError({name: [f"There is no field {name}. There are: {offered}."] for name in unknown})
        try:
            return {**attrs, "thing": watched(attrs["kind"], attrs["key"])}
        except NotWatchable as error:
            raise ValidationError({"key": [str(error)]}) from error


class SubscriptionOutput(TableOutput[Subscription]):
    """A watch. The feed of the thing is there for anybody, whichever way it is watched."""

    key = serializers.SerializerMethodField(help_text="a number dotted, else as it is kept")
    feed = serializers.SerializerMethodField(help_text="address of the Atom feed")

    class Meta:
        model = Subscription
        fields = ("id", "kind", "key", "channel", "feed", "created_at")

    def get_key(self, watch: Subscription) -> str:
        """What is watched."""
        return dotted(watch.key) if watch.kind == Subscription.Kind.NUMBER else watch.key

    def get_feed(self, watch: Subscription) -> str:
        """Where a program reads the news of it."""
        named = urlencode({"kind": watch.kind, "key": self.get_key(watch)})
        return f"{settings.BASE_URL}{reverse('watch-feed')}?{named}"


class NewestBegun(ByCursor):
    """The latest watch first."""

    ordering = ("-id",)


class Subscriptions(Own, ListAPIView[Subscription]):
    """The watches of the token's person, the latest first."""

    queryset = Subscription.objects.none()
    serializer_class = SubscriptionOutput
    pagination_class = NewestBegun
    scopes = {"GET": READ, "POST": WRITE}
    more_refusals = {"POST": {409: "The address has 200 watches", 415: "The body is something else than JSON"}}

    def get_queryset(self) -> QuerySet[Subscription]:
        """Return the confirmed watches of the person's own addresses."""
        return Subscription.objects.filter(email__in=self.addresses(), confirmed_at__isnull=False)

    @extend_schema(request=SubscriptionInput)
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Watch a thing: 201 with the new watch, or 200 with that which there is, so that a repeat makes no second.

        Raises ValidationError by field, and PermissionDenied where no address of the person is confirmed.
        """
        asked = SubscriptionInput(data=request.data)
        asked.is_valid(raise_exception=True)
        addresses = self.addresses()
        if not addresses:
            raise PermissionDenied(UNCONFIRMED)
        channel = asked.validated_data["channel"]
        watch, new = keep_watch(asked.validated_data["thing"], email=addresses[0], channel=channel, at=timezone.now())
        return Response(self.get_serializer(watch).data, status=201 if new else 200)


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
