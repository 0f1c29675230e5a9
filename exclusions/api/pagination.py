"""Cursor pagination: `next`, `previous`, `results`; its cost does not grow with the page.

A cursor names the row after which a page begins, by all the columns of the list's order, so that rows of one day and
rows without a day are all reached once. It is signed: one that was changed, or comes from another list, is refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.signing import BadSignature, Signer
from django.db import connections
from django.db.models import Field, Model, Q, QuerySet
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

CURSOR_REFUSED = (
    "This cursor is not one that this list gave out. "
    "Follow `next` or `previous` as they are, or leave cursor out to begin with the first page."
)


@dataclass(frozen=True)
class Column:
    """A column of a list's order, read in one direction. `nulls_follow`: rows without a value come last."""

    field: "Field[Any, Any]"
    falling: bool
    nulls_follow: bool

    def after(self, value: Any) -> Q:
        """Return what finds the rows behind a value."""
        if value is None:
            return Q(pk__in=[]) if self.nulls_follow else Q(**{f"{self.field.name}__isnull": False})
        return self._compared("lt" if self.falling else "gt", value)

    def onward(self, value: Any) -> Q:
        """Return what finds the rows with the value and those behind it; an index serves it, as it does no `or`."""
        if value is None:
            return Q(**{f"{self.field.name}__isnull": True}) if self.nulls_follow else Q()
        return self._compared("lte" if self.falling else "gte", value)

    def _compared(self, how: str, value: Any) -> Q:
        found = Q(**{f"{self.field.name}__{how}": value})
        return found | Q(**{f"{self.field.name}__isnull": True}) if self.nulls_follow else found

    def text(self, row: Model) -> str | None:
        """Return the row's value as a cursor carries it."""
        return None if getattr(row, self.field.attname) is None else self.field.value_to_string(row)


def beyond(columns: Sequence[Column], values: Sequence[Any]) -> Q:
    """Return what finds the rows behind the one with these values in these columns."""
    column, value = columns[0], values[0]
    if len(columns) == 1:
        return column.after(value)
    return column.onward(value) & (column.after(value) | beyond(columns[1:], values[1:]))


class Place(NamedTuple):
    """Behind which row a page begins, by the texts of its columns, read forwards or backwards; no texts: the start."""

    backwards: bool = False
    texts: tuple[str | None, ...] = ()


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
        columns = self._columns(queryset, place.backwards)
        found = list(_from(queryset, columns, place)[: size + 1])
        more, page = len(found) > size, found[:size]
        if place.backwards:
            page.reverse()
        has_next, has_previous = (True, more) if place.backwards else (more, bool(place.texts))
        self.next = self._link(request, columns, page[-1], backwards=False) if page and has_next else None
        self.previous = self._link(request, columns, page[0], backwards=True) if page and has_previous else None
        return page

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
        words = "From `next` or `previous`; the first page when absent", "Rows a page"
        return [
            {"name": name, "in": "query", "required": False, "description": description, "schema": schema}
            for name, description, schema in zip(self.parameters, words, (cursor, size), strict=True)
        ]

    @property
    def _signer(self) -> Signer:
        return Signer(sep=".", salt=f"cursor:{','.join(self.ordering)}")

    def _place(self, request: Request) -> Place:
        cursor = request.query_params.get("cursor")
        if cursor is None:
            return Place()
        try:
            backwards, *texts = self._signer.unsign_object(cursor)
        except BadSignature as error:
            raise ValidationError({"cursor": [CURSOR_REFUSED]}) from error
        return Place(backwards, tuple(texts))

    def _link(self, request: Request, columns: Sequence[Column], row: Model, *, backwards: bool) -> str:
        return self._linked(request, [backwards, *(column.text(row) for column in columns)])

    def _linked(self, request: Request, place: list[Any]) -> str:
        cursor = self._signer.sign_object(place)
        return replace_query_param(request.build_absolute_uri(), "cursor", cursor)

    def _columns(self, queryset: "QuerySet[Any]", backwards: bool) -> list[Column]:
        nulls_largest = connections[queryset.db].features.nulls_order_largest
        columns = []
        for name in self.ordering:
            field, falling = queryset.model._meta.get_field(name.removeprefix("-")), name.startswith("-") != backwards
            columns.append(Column(field, falling, field.null and falling != nulls_largest))
        return columns


def _from(queryset: "QuerySet[Any]", columns: Sequence[Column], place: Place) -> "QuerySet[Any]":
    """Return the rows from the place on, in the columns' order."""
    rows = queryset.order_by(*(f"{'-' if column.falling else ''}{column.field.name}" for column in columns))
    if not place.texts:
        return rows
    values = [column.field.to_python(text) for column, text in zip(columns, place.texts, strict=True)]
    return rows.filter(beyond(columns, values))
