"""Addresses of routes: a page has a hundred of them, so what stands around their words is looked up once."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, get_resolver, get_script_prefix, get_urlconf, reverse

# A word that stands in an address as it is: a reference, a key, a code; and a number with dots in it.
_SIMPLE = re.compile(r"[A-Za-z0-9_-]+").fullmatch
_DOTTED = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+").fullmatch
_MARK, _DOTTED_MARK = "a-word-of-number-{}-there", "a-word.of-number-{}.there"


def address_of(route: str, *words: str) -> str:
    """Return the path of a route with these words, as `reverse` does. Raises NoReverseMatch as that does."""
    pieces = around(route, (None,) * len(words), words, *where())
    return reverse(route, args=words) if pieces is None else filled(pieces, words)


def where() -> tuple[str, str]:
    """Return the URLs and the server's prefix for which addresses are made now."""
    return get_urlconf() or settings.ROOT_URLCONF, get_script_prefix()


def around(
    route: str, own: tuple[str | None, ...], words: Iterable[Any], urls: str, prefix: str
) -> tuple[str, ...] | None:
    """Return what stands before, between and after the words, which stand where `own` names none; None where that
    cannot be said once for all: a word has to be escaped, or settles the rest."""
    kinds = tuple(map(_kind, words))
    return _around(route, own, kinds, urls, prefix) if all(kinds) else None


def filled(pieces: tuple[str, ...], words: Iterable[str]) -> str:
    """Return the address with the words in their places."""
    address = pieces[0]
    for word, after in zip(words, pieces[1:], strict=True):
        address += word + after
    return address


def _kind(word: Any) -> str:
    """What stands for a word while its address is looked up; "" for one that needs more than to be put there."""
    if not isinstance(word, str):
        return ""
    return _MARK if _SIMPLE(word) else _DOTTED_MARK if _DOTTED(word) else ""


@cache
def _around(
    route: str, own: tuple[str | None, ...], kinds: tuple[str, ...], urls: str, prefix: str
) -> tuple[str, ...] | None:
    if ":" in route or len(get_resolver(urls).reverse_dict.getlist(route)) != 1:
        return None
    marks = [kind.format(number) for number, kind in enumerate(kinds)]
    rest = iter(marks)
    try:
        found = reverse(route, urlconf=urls, args=[next(rest) if word is None else word for word in own])
    except NoReverseMatch:
        return None
    return tuple(re.split("|".join(map(re.escape, marks)), found)) if marks else (found,)
