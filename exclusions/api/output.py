"""What every body that the API sends has in common: all its fields are always there, and nobody writes them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cache, cached_property, partial
from operator import attrgetter
from typing import Any, TypeVar, cast
from urllib.parse import quote

import orjson
from django.conf import settings
from django.db.models import Model
from django.urls import reverse
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer
from rest_framework.utils.encoders import JSONEncoder

from exclusions.facts.fictional import demo_dockets
from exclusions.facts.on_file import HeadingNotOnFile
from exclusions.hts import dotted

Row = TypeVar("Row")
Table = TypeVar("Table", bound=Model)
Fields = dict[str, serializers.Field[Any, Any, Any, Any]]
Step = tuple[str, Callable[[Any], Any], Callable[[Any], Any], serializers.Field[Any, Any, Any, Any]]
PLAIN: dict[type, Callable[[Any], Any]] = {serializers.CharField: str, serializers.IntegerField: int}
_DATE = date.isoformat
_OTHERS = JSONEncoder().default
# Moments and days are written as the framework writes them, which ends a moment of UTC with a Z.
_HOW = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_NON_STR_KEYS
_LINE_ENDS = ((b"\xe2\x80\xa8", b"\\u2028"), (b"\xe2\x80\xa9", b"\\u2029"))  # which end a line of JavaScript


class Output(serializers.Serializer[Row]):
    """A body that is only sent. A field declared as `from_` is called `from`, which no attribute may be in Python."""

    def get_fields(self) -> Fields:
        """Return the fields under the names that they are sent by, in the order of their declaration."""
        fields = {name.removesuffix("_"): field for name, field in super().get_fields().items()}
        for field in fields.values():
            field.read_only = True
        return fields

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Return the body, as the library does: what it asks of each field of each row, it is asked once here."""
        sent: dict[str, Any] = {}
        for name, take, show, field in self._steps:
            try:
                value = take(instance)
                if isinstance(value, partial):  # `get_…_display`: the library reads its signature each time
                    value = value()
                elif callable(value):  # which the library calls
                    value = field.get_attribute(instance)
            except (AttributeError, KeyError, TypeError):
                try:
                    value = field.get_attribute(instance)
                except serializers.SkipField:
                    continue
            sent[name] = None if value is None else show(value)
        return sent

    @cached_property
    def _steps(self) -> list[Step]:
        """Of each field its name, how its value is taken from a row and how it is sent."""
        return [
            (str(field.field_name), _taking(field), PLAIN.get(type(field), field.to_representation), field)
            for field in self.fields.values()
            if not field.write_only
        ]


class Whole:
    """How rows of a body are sent whose fields are plain, or lists of such bodies: found out once a process.

    What several rows share, a list or a thing in it, is written out once a page.
    """

    def __init__(self, output: Output[Any]) -> None:
        self._steps = [self._step(field) for field in output.fields.values()]

    def send(self, rows: Iterable[Any]) -> list[dict[str, Any]]:
        """Return the bodies, as `to_representation` makes them one by one."""
        shared: dict[int, tuple[Any, Any]] = {}
        return [self._body(row, shared) for row in rows]

    def _body(self, row: Any, shared: dict[int, tuple[Any, Any]]) -> dict[str, Any]:
        body: dict[str, Any] = {}
        for name, take, show, within in self._steps:
            value = take(row)
            if within is None:
                body[name] = None if value is None else show(value)
            elif not value:
                body[name] = []
            elif id(value) in shared:
                body[name] = shared[id(value)][1]
            else:
                body[name] = within._of_list(value, shared)
                shared[id(value)] = (value, body[name])  # with the list itself: its number is not given away
        return body

    def _of_list(self, rows: Iterable[Any], shared: dict[int, tuple[Any, Any]]) -> list[dict[str, Any]]:
        bodies = []
        for row in rows:
            if id(row) not in shared:
                shared[id(row)] = (row, self._body(row, shared))
            bodies.append(shared[id(row)][1])
        return bodies

    @staticmethod
    def _step(field: Any) -> tuple[str, Callable[[Any], Any], Callable[[Any], Any], "Whole | None"]:
        within = Whole(cast("Output[Any]", field.child)) if isinstance(field, serializers.ListSerializer) else None
        show = _DATE if type(field) is serializers.DateField else PLAIN.get(type(field), field.to_representation)
        return str(field.field_name), attrgetter(".".join(field.source_attrs)), show, within


@cache
def whole(kind: Any) -> Whole:
    """Return how rows of a body, a class of `Output`, are sent."""
    return Whole(kind())


def _taking(field: serializers.Field[Any, Any, Any, Any]) -> Callable[[Any], Any]:
    """Return how a field takes its value: by its name, where the library does so too."""
    by_name = type(field).get_attribute is serializers.Field.get_attribute and field.source_attrs
    return attrgetter(".".join(field.source_attrs)) if by_name else field.get_attribute


class TableOutput(Output[Table], serializers.ModelSerializer[Table]):
    """The same, with the types of a table's columns."""


class Dotted(serializers.CharField):
    """A plain number of the tariff, written dotted."""

    def to_representation(self, value: str) -> str:
        """Dot the digits."""
        return dotted(value)


class OfDemonstration(serializers.BooleanField):
    """Whether a docket is that of a demonstration round."""

    def __init__(self, **options: Any) -> None:
        super().__init__(help_text="made for the demonstration", **options)

    def to_representation(self, value: Any) -> bool:
        """Say whether it is."""
        return value in self._dockets

    @cached_property
    def _dockets(self) -> frozenset[str]:
        return demo_dockets()


class PageOf(serializers.URLField):
    """The address of the page of a thing, for people; `source` is what names the thing there."""

    def __init__(self, route: str, *, source: str, **options: Any) -> None:
        super().__init__(source=source, **{"help_text": "address of its page", **options})
        self.route = route

    def to_representation(self, value: Any) -> str:
        """Write the address."""
        before, after = self._around
        return f"{before}{quote(str(value), safe='')}{after}"

    @cached_property
    def _around(self) -> tuple[str, str]:
        before, _, after = reverse(self.route, args=["-"]).rpartition("-")
        return f"{settings.BASE_URL}{before}", after


class Moment(serializers.DateTimeField):
    """A moment as every other is sent, with the offset of New York, also where it was kept as text."""

    def to_representation(self, value: Any) -> Any:
        """Write it."""
        return super().to_representation(datetime.fromisoformat(value) if isinstance(value, str) else value)


class Money(serializers.DecimalField):
    """An amount of US dollars, to the cent: sent as text, since no number of JSON holds every cent."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_digits=None, decimal_places=2, **options)


class NotOnFileOutput(Output[HeadingNotOnFile]):
    """A heading whose exclusions are not, or not all, on file here."""

    heading = Dotted()
    from_ = serializers.DateField(source="valid_from", allow_null=True)
    to = serializers.DateField(source="valid_to", allow_null=True)


class QuickJSONRenderer(JSONRenderer):
    """The framework's JSON, written by a library that is several times as fast."""

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        """Return the body as bytes; what the quick library does not take, the framework's writes."""
        if data is None or self.get_indent(accepted_media_type or "", dict(renderer_context or {})) is not None:
            return super().render(data, accepted_media_type, renderer_context)
        try:
            written = orjson.dumps(data, _OTHERS, _HOW)
        except orjson.JSONEncodeError:
            return super().render(data, accepted_media_type, renderer_context)
        for end, escaped in _LINE_ENDS:
            written = written.replace(end, escaped)
        return written
