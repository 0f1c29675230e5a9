"""What every body that the API sends has in common: all its fields are always there, and nobody writes them."""

from collections.abc import Callable
from functools import cached_property
from operator import attrgetter
from typing import Any, TypeVar

from django.db.models import Model
from rest_framework import serializers

from exclusions.hts import dotted

Row = TypeVar("Row")
Table = TypeVar("Table", bound=Model)
Fields = dict[str, serializers.Field[Any, Any, Any, Any]]
Step = tuple[str, Callable[[Any], Any], Callable[[Any], Any], serializers.Field[Any, Any, Any, Any]]
PLAIN: dict[type, Callable[[Any], Any]] = {serializers.CharField: str, serializers.IntegerField: int}


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
                if callable(value):  # which the library calls
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
