"""What every body that the API sends has in common: all its fields are always there, and nobody writes them."""

from typing import Any, TypeVar

from django.db.models import Model
from rest_framework import serializers

from exclusions.hts import dotted

Row = TypeVar("Row")
Table = TypeVar("Table", bound=Model)
Fields = dict[str, serializers.Field[Any, Any, Any, Any]]


class Output(serializers.Serializer[Row]):
    """A body that is only sent. A field declared as `from_` is called `from`, which no attribute may be in Python."""

    def get_fields(self) -> Fields:
        """Return the fields under the names that they are sent by, in the order of their declaration."""
        fields = {name.removesuffix("_"): field for name, field in super().get_fields().items()}
        for field in fields.values():
            field.read_only = True
        return fields


class TableOutput(Output[Table], serializers.ModelSerializer[Table]):
    """The same, with the types of a table's columns."""


class Dotted(serializers.CharField):
    """A plain number of the tariff, written dotted."""

    def to_representation(self, value: str) -> str:
        """Dot the digits."""
        return dotted(value)
