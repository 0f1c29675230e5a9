"""Every address of the site, read from its URL table: ours, the account library's and the administration's.

Complete by construction: what is in the table is here, with words in the place of what varies.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, resolve

WORDS = {"uuid": "00000000-0000-4000-8000-000000000001"}
VARIABLE = re.compile(r"<(?:(?P<kind>\w+):)?\w+>")
GROUP = re.compile(r"\((?:\?P<\w+>)?(?:(?P<choice>[a-z]+)(?=[|)])|\[[^\]]*\]\+|\.[+*])[^)]*\)")


@dataclass(frozen=True)
class Address:
    """One entry of the URL table. Entries without a name of their own are called by their route."""

    name: str
    url: str
    route: str


def addresses() -> list[Address]:
    """Return every entry of the URL table with an address that leads to it, and to no other entry."""
    found = list(_walk(get_resolver().url_patterns))
    for address in found:
        # A word that another entry takes would leave this one unasked.
        assert resolve(address.url).route == address.route, address
    return found


def _walk(entries: list[URLPattern | URLResolver], route: str = "", space: str = "") -> Iterator[Address]:
    for entry in entries:
        whole = route + (str(entry.pattern).removeprefix("^") if route else str(entry.pattern))
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, whole, f"{space}{entry.namespace}:" if entry.namespace else space)
        else:
            yield Address(space + entry.name if entry.name else whole, _url(whole), whole)


def _url(route: str) -> str:
    filled = VARIABLE.sub(lambda found: WORDS.get(found["kind"] or "", "1"), _groups(route))
    return "/" + filled.removeprefix("^").removesuffix("$").replace("\\.", ".")


def _groups(route: str) -> str:
    return GROUP.sub(lambda found: found["choice"] or "1", route)
