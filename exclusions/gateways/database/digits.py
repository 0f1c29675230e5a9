"""The first digits of a number, as an index holds them."""

from django.db.models import CharField, F, Func


def first_digits(count: int) -> Func:
    """Return the first so many digits of a number, in the very words of which an index is made."""
    return Func(F("number"), template=f"substr(%(expressions)s, 1, {count})", output_field=CharField())
