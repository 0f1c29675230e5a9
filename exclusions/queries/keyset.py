"""Paging by key: a page begins behind a row that was named, so that its cost does not grow with its depth.

A place names the row by all the columns of the list's order, so that rows of one day and rows without a day are all
reached once. As it travels in an address it is signed: one that was changed, or comes from another list, is refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from exclusions.queries.chunks import Column, order_columns, rows_behind


class NotAPlace(ValueError):
    """A text that this list did not give out as a place."""


class Place(NamedTuple):
    """Behind which row a page begins, by the texts of its columns, read forwards or backwards; no texts: the start.

    `page` is the number of the page that begins there, as far as it was counted; 0: not counted.
    """

    backwards: bool = False
    texts: tuple[str | None, ...] = ()
    page: int = 0


START = Place()


def _text(column: Column, row: Any) -> str | None:
    """Return the row's value as a place carries it."""
    value = getattr(row, column.field.attname)
    return None if value is None else str(column.field.get_prep_value(value))


def _ordering(column: Column, *, gathered: bool) -> Any:
    """Return what `order_by` takes. `gathered`: in words of which no index knows, so that the rows are found
    otherwise.
    """
    name = F(column.name)
    value = Coalesce(name, name) if gathered else name
    return value.desc() if column.falling else value.asc()


@dataclass(frozen=True)
class Cut:
    """One page of a list: its rows, and the places of the pages around it; None: there is none."""

    rows: list[Any]
    next: Place | None
    previous: Place | None


def cut(
    rows: "QuerySet[Any]",
    ordering: Sequence[str],
    place: Place,
    size: int,
    *,
    unknown_last: bool = False,
    gathered: bool = False,
) -> Cut:
    """Return the `size` rows from a place on, in the order; no two rows may share its last column.

    `unknown_last`: rows without a value in the first column come last on either database, read by themselves, so that
    an index serves both parts. `gathered`: there are few rows, which are put in order once they were found. Raises
    NotAPlace where the place is not one of this order.
    """
    columns = order_columns(rows, ordering, backwards=place.backwards)
    try:
        values = [column.field.to_python(text) for column, text in zip(columns, place.texts, strict=bool(place.texts))]
    except (ValidationError, ValueError) as error:
        raise NotAPlace from error
    found: list[Any] = []
    for part in _parts(columns, values, unknown_last=unknown_last, backwards=place.backwards):
        if len(found) <= size:
            ordered = rows.filter(part).order_by(*(_ordering(column, gathered=gathered) for column in columns))
            found += ordered[: size + 1 - len(found)]
    return _with_places(found, columns, place, size)


def _with_places(found: list[Any], columns: Sequence[Column], place: Place, size: int) -> Cut:
    more, page = len(found) > size, found[:size]
    if place.backwards:
        page.reverse()
    has_next, has_previous = (True, more) if place.backwards else (more, bool(place.texts))
    number = place.page
    return Cut(
        page,
        Place(False, _texts(columns, page[-1]), number and number + 1) if page and has_next else None,
        Place(True, _texts(columns, page[0]), max(number - 1, 0)) if page and has_previous else None,
    )


def behind(rows: "QuerySet[Any]", ordering: Sequence[str], row: Any, page: int) -> Place:
    """Return the place behind a row, at which the page of that number begins; the row has the order's columns."""
    return Place(False, _texts(order_columns(rows, ordering), row), page)


def _texts(columns: Sequence[Column], row: Any) -> tuple[str | None, ...]:
    return tuple(_text(column, row) for column in columns)


def _parts(columns: Sequence[Column], values: Sequence[Any], *, unknown_last: bool, backwards: bool) -> list[Q]:
    """Return what finds the rows from a place on: at once, or those with a value apart from those without."""
    if not unknown_last:
        return [rows_behind(columns, values) if values else Q()]
    first = columns[0].name
    known, unknown = Q(**{f"{first}__isnull": False}), Q(**{f"{first}__isnull": True})
    parts = [unknown, known] if backwards else [known, unknown]
    if not values:
        return parts
    if values[0] is None:
        here = unknown & rows_behind(columns[1:], values[1:])
        return [here, known] if backwards else [here]
    apart = [Column(columns[0].name, columns[0].field, columns[0].falling, nulls_follow=False), *columns[1:]]
    here = known & rows_behind(apart, values)
    return [here] if backwards else [here, unknown]


def _signer(name: str) -> Signer:
    return Signer(sep=".", salt=f"cursor:{name}")


def to_text(place: Place, name: str) -> str:
    """Return a place as an address carries it; `name` is that of the list: its order, and what it was asked."""
    return _signer(name).sign_object([place.backwards, place.page, *place.texts])


def from_text(text: str, name: str) -> Place:
    """Return the place that `to_text` wrote. Raises NotAPlace for any other text."""
    try:
        backwards, page, *texts = _signer(name).unsign_object(text)
    except (BadSignature, ValueError) as error:
        raise NotAPlace from error
    if not isinstance(page, int):  # a cursor of an earlier version
        raise NotAPlace
    return Place(bool(backwards), tuple(texts), page)
