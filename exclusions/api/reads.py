"""What the addresses of the read API share: anybody may ask, in words that they know, and each page has an end."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from django_filters import FilterSet
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.generics import GenericAPIView, ListAPIView, RetrieveAPIView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from exclusions.api.described.schema import ViewSchema
from exclusions.api.output import whole
from exclusions.api.pagination import ByCursor

REFUSALS = {
    400: "An unknown parameter, one given twice, or one with an unreadable value",
    406: "The Accept header asks for a format other than JSON",
    429: "Too many requests from this address",
}


# Of what its address names.
NAMED = {**REFUSALS, 404: "There is none of this name"}


def left(counting: Any) -> int:
    """Return how many requests of this sender are left within the time that is counted."""
    return int(counting.num_requests - len(counting.history))


class Filters(DjangoFilterBackend):
    """Filters by the view's FilterSet, which its page uses too."""

    def filter_queryset(self, request: Request, queryset: Any, view: "Read") -> Any:
        """Return the rows asked for; the view keeps the FilterSet as `asked`. Raises ValidationError by parameter."""
        view.asked = self.get_filterset(request, queryset, view)
        if view.asked is None:
            return queryset
        if not view.asked.is_valid():
            raise ValidationError({name: [*map(str, found)] for name, found in view.asked.errors.items()})
        return self.filtered(view, queryset)

    def filtered(self, view: "Read", queryset: Any) -> Any:
        """Return the rows that what was asked leaves."""
        return view.asked.qs


@method_decorator(conditional_page, name="dispatch")
class Read(GenericAPIView[Any]):
    """A view that anybody may read: nobody is asked who they are, and what somebody has already is not sent again.

    `parameters` are those that no FilterSet takes; `refusals` are the statuses it can answer besides success. From both
    the schema is drawn, and what it does not name is refused: an answer never looks as if something had been asked
    that was not understood.
    """

    authentication_classes: Sequence[Any] = ()
    permission_classes: Sequence[Any] = (AllowAny,)
    filter_backends = (Filters,)
    filterset_class: type[FilterSet] | None = None
    parameters: Sequence[OpenApiParameter] = ()
    refusals: Mapping[int, str] = REFUSALS
    schema = ViewSchema()
    asked: Any

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse parameters that are not known or are given twice."""
        if wrong := {name: [words] for name in request.query_params if (words := self._refusal_of(request, name))}:
            raise ValidationError(wrong)
        super().initial(request, *args, **kwargs)

    def get_throttles(self) -> list[Any]:
        """Return what counts the requests of a sender, the same for as long as this one is answered."""
        if not hasattr(self, "_counting"):
            self._counting = super().get_throttles()
        return self._counting

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Say in the head how many requests are left, before one is refused."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        counted = [one for one in self.get_throttles() if getattr(one, "history", None) is not None]
        if counted:
            nearest = min(counted, key=left)
            answer["RateLimit-Limit"] = nearest.num_requests
            answer["RateLimit-Remaining"] = max(left(nearest), 0)
            answer["RateLimit-Reset"] = int(nearest.duration)
        return answer

    def _refusal_of(self, request: Request, name: str) -> str:
        """Return the sentence that refuses a parameter, or an empty text."""
        known = self._known()
        if name not in known:
            offered = f"There are: {', '.join(known)}." if known else "This address takes none."
            return f"There is no parameter {name}. {offered}"
        twice = len(request.query_params.getlist(name)) > 1
        return f"The parameter {name} is given more than once. Give it once." if twice else ""

    def _known(self) -> list[str]:
        filters = self.filterset_class.base_filters if self.filterset_class else ()
        paged = ByCursor.parameters if self.pagination_class else ()
        own = (parameter.name for parameter in self.parameters if parameter.location == OpenApiParameter.QUERY)
        return [*filters, *own, *paged]


class ReadList(Read, ListAPIView[Any]):
    """A list, page by page. `sent_whole`: its rows are sent as `output.Whole` does it."""

    pagination_class = ByCursor
    sent_whole = False

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return a page."""
        if not self.sent_whole:
            return super().list(request, *args, **kwargs)
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        kind: Any = self.get_serializer_class()
        return self.get_paginated_response(whole(kind).send(rows or []))


class ReadOne(Read, RetrieveAPIView[Any]):
    """A single thing, by what stands in its path."""

    pagination_class = None
    refusals = NAMED
