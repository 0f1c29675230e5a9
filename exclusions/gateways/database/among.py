"""A condition that a column holds one of many values, which are sent as one.

With a parameter for each of them a statement differs by their number: it would be taken apart, and planned, anew.
"""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, F, Field, ForeignKey, Func, Lookup, Q

if TYPE_CHECKING:
    Asked = Lookup[Any]
else:
    Asked = Lookup


class Among(Asked):
    """`column__among=[…]`: the column holds one of the values."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Return the condition in the dialect of the database at hand."""
        column, values = self.process_lhs(compiler, connection)
        one_of = "= ANY(%s)" if connection.vendor == "postgresql" else "IN (SELECT value FROM json_each(%s))"
        return f"{column} {one_of}", (*values, as_one(self.rhs, connection))


Field.register_lookup(Among)
ForeignKey.register_lookup(Among)  # which takes none of a plain field's


def as_one(values: Sequence[Any], connection: Any) -> str:
    """Return many texts or whole numbers as the one value that the database takes for them: an array as it writes it
    itself, or JSON."""
    if connection.vendor != "postgresql":
        return json.dumps(list(values))
    if not values or isinstance(values[0], int):
        return "{" + ",".join(map(str, values)) + "}"
    joined = '","'.join(values)
    if "\\" in joined or joined.count('"') != 2 * (len(values) - 1):  # in most there is nothing to escape
        joined = '","'.join(value.replace("\\", "\\\\").replace('"', '\\"') for value in values)
    return '{"' + joined + '"}'


def among(column: str, values: Sequence[Any]) -> Q:
    """Return the condition that the column holds one of the values."""
    return Q(**{f"{column}__among": list(values)})


def first_digits(count: int) -> Func:
    """Return the first so many digits of a number, in the very words of which an index is made."""
    return Func(F("number"), template=f"substr(%(expressions)s, 1, {count})", output_field=CharField())
