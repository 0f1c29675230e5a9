"""Cursor pagination: `next`, `previous`, `results`; its cost does not grow with the page.

A cursor is the place of `queries.keyset`, which the pages of the same lists use too. It is signed with the
address and the filters: one that was changed, or comes from another list or from other filters, is refused.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from exclusions.queries.keyset import START, NotAPlace, Place, cut, from_text, to_text

CURSOR_REFUSED = (
    "This list did not give out this cursor for these filters. Use `next` or `previous` as they are, or leave out "
    "cursor to begin with the first page."
)


class ByCursor(BasePagination):
    """Pages of 50 rows, or of up to 200 with `page_size`. No two rows share the last column of `ordering`."""

    page_size = 50
    max_page_size = 200
    ordering: tuple[str, ...] = ("pk",)
    parameters = ("cursor", "page_size")
    next: str | None = None
    previous: str | None = None

    def paginate_queryset(
        self, queryset: "QuerySet[Any] | Sequence[Any]", request: Request, view: APIView | None = None
    ) -> list[Any]:
        """Return the rows of the page that was asked for.

        Raises ValidationError for a cursor that this list did not give out, and for a page size that is none.
        """
        assert isinstance(queryset, QuerySet)
        size, place = self.size(request), self._place(request)
        try:
            page = cut(queryset, self.ordering, place, size)
        except NotAPlace as error:
            raise ValidationError({"cursor": [CURSOR_REFUSED]}) from error
        self.next, self.previous = self._link(request, page.next), self._link(request, page.previous)
        return page.rows

    def size(self, request: Request) -> int:
        """Return how many rows a page has. Raises ValidationError with a sentence for what is no such number."""
        text = request.query_params.get("page_size", str(self.page_size))
        if not (text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= self.max_page_size):
            sentence = f"page_size must be a whole number from 1 to {self.max_page_size}."
            raise ValidationError({"page_size": [sentence]})
        return int(text)

    def get_paginated_response(self, data: Any) -> Response:
        """Return the page's body."""
        return Response({"next": self.next, "previous": self.previous, "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe the body: all three are always there."""
        link = {"type": ["string", "null"], "format": "uri"}
        properties = {"next": link, "previous": link, "results": schema}
        return {"type": "object", "required": list(properties), "properties": properties}

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        """Describe the two parameters."""
        cursor = {"type": "string"}
        size = {"type": "integer", "minimum": 1, "maximum": self.max_page_size, "default": self.page_size}
        words = "From `next` or `previous`. Without it, you get the first page.", "Rows a page"
        return [
            {"name": name, "in": "query", "required": False, "description": description, "schema": schema}
            for name, description, schema in zip(self.parameters, words, (cursor, size), strict=True)
        ]

    def _place(self, request: Request) -> Place:
        cursor = request.query_params.get("cursor")
        if cursor is None:
            return START
        try:
            return from_text(cursor, self._list(request))
        except NotAPlace as error:
            raise ValidationError({"cursor": [CURSOR_REFUSED]}) from error

    def _list(self, request: Request) -> str:
        """Return what names the list: its address, what it was asked and its order. The size of a page may change."""
        asked = sorted((name, text) for name, text in request.query_params.items() if name not in self.parameters)
        return f"{request.path}?{urlencode(asked)}:{','.join(self.ordering)}"

    def _link(self, request: Request, place: Place | None) -> str | None:
        if place is None:
            return None
        return replace_query_param(request.build_absolute_uri(), "cursor", to_text(place, self._list(request)))


class ByPlace(ByCursor):
    """Pages of a ranked list, by the place at which each begins."""

    ordering = ("place",)

    def start(self, request: Request) -> int:
        """Return the place at which the page begins. Raises ValidationError for a cursor that is not of this list."""
        place = self._place(request).texts
        return int(place[0] or 0) if place else 0

    def turn(self, request: Request, start: int, size: int, *, more: bool) -> None:
        """Note the links to the pages after and before one."""
        self.next = self._link_to(request, start + size) if more else None
        self.previous = self._link_to(request, max(start - size, 0)) if start else None

    def _link_to(self, request: Request, start: int) -> str | None:
        """Return the link to the page that begins at a place."""
        return self._link(request, Place(texts=(str(start),)))
