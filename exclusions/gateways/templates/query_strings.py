"""Query strings, as `urllib` and Django write them: lists have dozens, of words that mostly stand as they are."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote_plus

from django.http import QueryDict
from django.template.defaulttags import querystring as djangos

_PLAIN = re.compile(r"[A-Za-z0-9_.~-]*").fullmatch


def quoted(value: Any) -> str:
    """Return a value as it stands in a query string."""
    text = value if type(value) is str else str(value)
    return text if _PLAIN(text) else quote_plus(text)


def written(asked: Iterable[tuple[str, Iterable[Any]]]) -> str:
    """Return the query string of names, each with its values, without a question mark."""
    return "&".join([f"{quoted(name)}={quoted(value)}" for name, values in asked for value in values])


def around(asked: Iterable[tuple[str, list[Any]]], name: str) -> tuple[str, str]:
    """Return what stands before and after the value of a name in a query string, whatever value it is given; one that
    was not asked for stands at the end."""
    kept = list(asked)
    at = next((place for place, (other, _) in enumerate(kept) if other == name), len(kept))
    before, after = written(kept[:at]), written(kept[at + 1 :])
    return f"{before}&{quoted(name)}=" if before else f"{quoted(name)}=", f"&{after}" if after else ""


def querystring(context: Any, query_dict: QueryDict | None = None, **changes: Any) -> str:
    """Return what Django's tag of this name does: the query string of the request (or the one given) with changes."""
    asked = context.request.GET if query_dict is None else query_dict
    if type(asked) is not QueryDict or asked.encoding.lower() != "utf-8":
        return str(djangos(context, query_dict, **changes))
    kept: dict[str, Iterable[Any]] = dict(asked.lists())
    for name, value in changes.items():
        if value is None:
            kept.pop(name, None)
        else:
            kept[name] = value if isinstance(value, Iterable) and not isinstance(value, str) else [value]
    return f"?{written(kept.items())}" if kept or asked else ""
