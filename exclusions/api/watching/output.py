"""What programs send and are sent of watches and deliveries."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import TextChoices
from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from exclusions.api.output import Moment, Output, TableOutput
from exclusions.hts import dotted
from exclusions.models import Subscription, WebhookDelivery
from exclusions.queries.people.own_watches import news_of, next_try, own_events_of, state_of
from exclusions.queries.public.watches.watched import NO_KEY

MOST_HOURS = 72
NO_ADDRESS = "Give a webhook’s https address as “url”. Other channels take no “url”."
NO_CHANGE = "Send one of: url, of a webhook; rate, of a watch by e-mail."
BY_WEBHOOK = "Your own petitions are told by webhook alone. Send “webhook” as “channel”, and an address as “url”."


def one_of(choices: type[TextChoices]) -> dict[str, Any]:
    """Return what is said of a value that is none of the choices: which there are."""
    return {"invalid_choice": f"There is no such value. Send one of: {', '.join(choices.values)}."}


class SubscriptionInput(serializers.Serializer[Any]):
    """What to watch, and how to hear of it."""

    kind = serializers.ChoiceField(choices=Subscription.Kind.choices, error_messages=one_of(Subscription.Kind))
    key = serializers.CharField(
        max_length=300,
        error_messages={"blank": NO_KEY},
        help_text="an HTSUS number, a reference, a name as the docket writes it, a round’s short name. Of kind words: "
        "words that must all occur, as in a search of the docket, and `round:` with a short name and `hts:` with the "
        "first digits of a number to narrow them: `quartz slabs round:list-3 hts:6810`. Of kind own: "
        "`mine`, all petitions that you work on, or the key of an organization of yours",
    )
    rate = serializers.ChoiceField(
        choices=Subscription.Rate.choices,
        default=Subscription.Rate.AT_ONCE.value,
        error_messages=one_of(Subscription.Rate),
        help_text="how often by e-mail. A feed and a webhook tell at once",
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
        """Refuse fields that there are not, and what does not go together."""
        if unknown := sorted(set(self.initial_data) - set(self.fields)):
            offered = ", ".join(self.fields)
            raise ValidationError({name: [f"There is no field {name}. There are: {offered}."] for name in unknown})
        if (attrs["channel"] == Subscription.Channel.WEBHOOK) != bool(attrs.get("url")):
            raise ValidationError({"url": [NO_ADDRESS]})
        if attrs["kind"] == Subscription.Kind.OWN and attrs["channel"] != Subscription.Channel.WEBHOOK:
            raise ValidationError({"channel": [BY_WEBHOOK]})
        return attrs


class SubscriptionOutput(TableOutput[Subscription]):
    """A watch. The feed of the thing is there for anybody, whichever way it is watched."""

    key = serializers.SerializerMethodField(help_text="a number with dots, anything else as stored")
    feed = serializers.SerializerMethodField(
        allow_null=True, help_text="address of the Atom feed. Null: own petitions have none"
    )
    url = serializers.CharField(help_text="address of the webhook. Empty for other channels")
    secret = serializers.SerializerMethodField(
        help_text="secret of a new webhook, to check its signatures. Shown once, then null"
    )

    remark = serializers.SerializerMethodField(
        help_text="where the watch is begun: a sentence about a number that no edition on file has. Else empty"
    )
    old_secret_until = serializers.DateTimeField(
        allow_null=True, help_text="end of the time in which the earlier secret signs too. Null: there is none"
    )

    class Meta:
        model = Subscription
        fields = (
            "id", "kind", "key", "channel", "rate", "feed", "url", "secret", "remark", "old_secret_until", "created_at",
        )  # fmt: skip

    def get_key(self, watch: Subscription) -> str:
        """What is watched."""
        return dotted(watch.key) if watch.kind == Subscription.Kind.NUMBER else watch.key

    @extend_schema_field({"type": ["string", "null"], "format": "uri"})
    def get_feed(self, watch: Subscription) -> str | None:
        """Where a program reads the news of it."""
        if watch.kind == Subscription.Kind.OWN:
            return None
        named = urlencode({"kind": watch.kind, "key": self.get_key(watch)})
        return f"{settings.BASE_URL}{reverse('watch-feed')}?{named}"

    def get_secret(self, watch: Subscription) -> str | None:
        """What the owner keeps."""
        return self.context.get("secret") or None

    def get_remark(self, watch: Subscription) -> str:
        """What to look at again."""
        return str(self.context.get("remark", ""))


class NewsOutput(Output[dict[str, str]]):
    """One public fact that was told."""

    fact = serializers.CharField(
        help_text="its identifier, which never changes. Use it to skip events that you have seen"
    )
    at = Moment()
    title = serializers.CharField()
    text = serializers.CharField()
    url = serializers.URLField()


class OwnNewsOutput(Output[dict[str, str]]):
    """Something that happened to a petition of one's own. What it says stands at its address."""

    fact = serializers.CharField(
        help_text="its identifier, which never changes. Use it to skip events that you have seen"
    )
    kind = serializers.CharField(help_text="as in the petition’s events")
    reference = serializers.CharField()
    day = serializers.DateField(help_text="in New York")
    url = serializers.URLField(help_text="address of the petition in this API")


class ChangeInput(serializers.Serializer[Any]):
    """Where a webhook is posted to from now on, or how often a watch by e-mail is told."""

    url = serializers.CharField(required=False, max_length=500, help_text="the https address, port 443 or 8443")
    rate = serializers.ChoiceField(
        required=False,
        choices=Subscription.Rate.choices,
        error_messages=one_of(Subscription.Rate),
        help_text="how often by e-mail",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse what changes nothing, or two things of which no watch has both."""
        if len(attrs) != 1:
            raise ValidationError({"url": [NO_CHANGE]})
        return attrs


class SecretInput(serializers.Serializer[Any]):
    """How long the secret before goes on signing beside the new one."""

    keep_hours = serializers.IntegerField(
        min_value=0, max_value=MOST_HOURS, default=24, help_text="0 ends it at once, if someone else has it"
    )


class DeliveryOutput(TableOutput[WebhookDelivery]):
    """An event of a webhook, and what became of it."""

    event = serializers.UUIDField(help_text="the `webhook-id` header, the same at each attempt")
    type = serializers.CharField(source="body.type", help_text="watch.begun, watch.news or own.news")
    news = NewsOutput(many=True, source="told")
    events = OwnNewsOutput(many=True, source="own", help_text="of own petitions, those that you may work on")
    state = serializers.SerializerMethodField()
    next_at = serializers.SerializerMethodField(help_text="when we try next. Null: not again")
    status = serializers.IntegerField(
        source="http_code", allow_null=True, help_text="HTTP status of the last attempt. Null: no answer"
    )
    error = serializers.CharField(help_text="what went wrong at the last attempt, in a sentence")

    class Meta:
        model = WebhookDelivery
        fields = (
            "event", "type", "news", "events", "created_at", "state", "attempts", "delivered_at", "next_at", "status",
            "error",
        )  # fmt: skip

    def to_representation(self, instance: WebhookDelivery) -> Any:
        """Write it; what has no news has an empty list."""
        instance.told, instance.own = news_of(instance), own_events_of(instance)  # type: ignore[attr-defined]
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
