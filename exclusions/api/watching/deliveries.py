"""What was posted to a webhook of the token's person, and posting it once more."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from exclusions.actions.own_watches import replay
from exclusions.api.idempotency import PARAMETER, once
from exclusions.api.petitions.owned import Timed
from exclusions.api.watching.output import DeliveryOutput
from exclusions.api.watching.subscriptions import GONE, OF_ONE, READ, WRITE, NewestBegun, require_petitions
from exclusions.models import Subscription, WebhookDelivery
from exclusions.queries.people.own_watches import deliveries_of, told_now, watches_at

NO_EVENT = "Nothing with this name was posted to the webhook in the last 30 days. See the list of its deliveries."


class Deliveries(Timed, ListAPIView[WebhookDelivery]):
    """What was posted to the webhook of one watch in the last 30 days, the latest first; empty of other channels."""

    queryset = WebhookDelivery.objects.none()
    serializer_class = DeliveryOutput
    pagination_class = NewestBegun
    scopes = {"GET": READ}
    refusals = OF_ONE

    def get_queryset(self) -> QuerySet[WebhookDelivery]:
        """Return the deliveries of the person's own watch. Raises NotFound, also for a watch of somebody else."""
        own = watches_at(self.addresses()).filter(pk=self.kwargs["pk"])
        watch = own.order_by("pk").first()
        if watch is None:
            raise NotFound(GONE)
        if watch.kind == Subscription.Kind.OWN:
            require_petitions(self.request)
        return deliveries_of(own)

    def paginate_queryset(self, queryset: Any) -> Any:
        """Return a page of deliveries; of own petitions they tell what the person may still know."""
        found = super().paginate_queryset(queryset)
        return told_now(list(found or ()), self.person, self.at)


class Replay(Timed):
    """A delivery posted once more."""

    queryset = WebhookDelivery.objects.none()
    serializer_class = DeliveryOutput
    pagination_class = None
    scopes = {"POST": WRITE}
    made_never = True
    refusals = {**OF_ONE, 404: "The person has no such watch, or nothing of this name was posted"}
    more_refusals = {"POST": {409: "It still waits to be posted", 422: "The key belongs to another request"}}

    @extend_schema(request=None, parameters=[PARAMETER])
    def post(self, request: Request, pk: int, event: UUID, *args: Any, **kwargs: Any) -> Response:
        """Post a delivery again under its name, with a signature of now; return it as it waits. Raises NotFound."""

        def again() -> Response:
            watch = watches_at(self.addresses()).filter(pk=pk).order_by("pk").first()
            if watch is None:
                raise NotFound(GONE)
            if watch.kind == Subscription.Kind.OWN:
                require_petitions(request)
            found = replay(pk, event, emails=self.addresses(), at=self.at)
            if found is None:
                raise NotFound(NO_EVENT)
            return Response(DeliveryOutput(told_now([found], self.person, self.at)[0]).data)

        return once(request, again, at=self.at, asked=[])
