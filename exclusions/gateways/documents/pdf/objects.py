"""Going through the objects of a PDF: what one says in its normal spelling, and what is held in it."""

from typing import Any

import pikepdf

DEEPEST = 200  # things within one another


class TooDeep(ValueError):
    """A thing within so many others that nobody wrote it so."""


def spelled(thing: Any) -> bytes:
    """Return an object in its normal spelling, for a quick look; of a stream its entries alone."""
    if isinstance(thing, pikepdf.Stream):
        return bytes(thing.stream_dict.unparse(resolved=True))
    return bytes(thing.unparse(resolved=True)) if isinstance(thing, pikepdf.Object) else b""


def is_direct(thing: Any) -> bool:
    """Whether an object is direct: part of another, without a number of its own (ISO 32000-1, 7.3.10)."""
    return not getattr(thing, "is_indirect", False)


def direct_parts(thing: Any) -> list[tuple[str, Any]]:
    """Return (key, part) of the direct parts of an object; the key is "" in an array."""
    if isinstance(thing, pikepdf.Array):
        return [("", item) for item in thing if is_direct(item)]
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        keys = sorted(thing.keys())
        return [(key, thing[key]) for key in keys if is_direct(thing[key])]
    return []


def looked_through(thing: Any, depth: int = 0) -> list[Any]:
    """Return the dictionaries and streams in an object, itself included, but for what it refers to.

    Raises TooDeep.
    """
    if depth > DEEPEST:
        raise TooDeep("It is nested too deeply.")
    found = [thing] if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream) else []
    for _, inner in direct_parts(thing):
        if isinstance(inner, pikepdf.Object):
            found += looked_through(inner, depth + 1)
    return found
