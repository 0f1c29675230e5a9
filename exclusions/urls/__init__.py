"""Every address of the product, one file a wing; names and paths are promised in README.md and do not change.

There are some two hundred: those that cannot be the one that is asked for are not looked at.
"""

from collections.abc import Sequence
from functools import lru_cache

from django.urls import ResolverMatch, URLPattern, URLResolver
from django.urls.converters import IntConverter, SlugConverter, StringConverter, UUIDConverter
from django.urls.resolvers import RoutePattern

from exclusions.urls import agency, answers, api, desk, frame, importer, people, public, register

# Those of people come before the importer's, which take any word behind a petition's key for a step of its form.
# Those of the desk and of the register come before the agency's, which take any word behind `review/` for a case;
# those of the desk come before the answers, which take any word behind `help/` for a page of the help.
WINGS = [frame, public, desk, answers, people, importer, register, agency, api]
_WITHIN_SLASHES = {IntConverter, SlugConverter, StringConverter, UUIDConverter}
_SHAPES = 500  # of those that are asked for; there are some hundred

Entry = URLPattern | URLResolver
# How many slashes, the word before the first, and the one after the last but one: "review", "like"; "" for any.
Shape = tuple[int, str, str]


class Table(URLResolver):
    """Addresses in their order. Of these are asked, as Django asks them, the ones of the shape of the path."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__(RoutePattern(""), entries)
        self._shaped = [(_shape_of(entry), entry) for entry in entries]
        known = [shape for shape, _ in self._shaped if shape]
        self._counts, self._firsts, self._lasts = (set(values) for values in zip(*known, strict=True))
        self._of = lru_cache(_SHAPES)(self._narrowed)

    def resolve(self, path: str) -> ResolverMatch:
        """Return what answers a path. Raises Resolver404."""
        count, first, last = _shape(str(path))
        shape = count, first if first in self._firsts else "", last if last in self._lasts else ""
        return self._of(shape if count in self._counts else (-1, "", "")).resolve(path)

    def _narrowed(self, asked: Shape) -> URLResolver:
        """The addresses that a path of the shape may be: each of their words is that of the path, or any."""
        chosen = [
            entry
            for shape, entry in self._shaped
            if shape is None or (shape[0] == asked[0] and shape[1] in {"", asked[1]} and shape[2] in {"", asked[2]})
        ]
        return URLResolver(RoutePattern(""), chosen)


def _shape_of(entry: Entry) -> Shape | None:
    """The shape of an address; None where its paths may be of several."""
    pattern = entry.pattern
    if not isinstance(entry, URLPattern) or not isinstance(pattern, RoutePattern):
        return None
    if not {type(converter) for converter in pattern.converters.values()} <= _WITHIN_SLASHES:
        return None
    count, first, last = _shape(str(pattern))
    return count, "" if "<" in first else first, "" if "<" in last else last


def _shape(path: str) -> Shape:
    words = path.split("/")
    return len(words) - 1, words[0], words[-1] or words[-2] if len(words) > 1 else words[0]


urlpatterns = [Table([entry for wing in WINGS for entry in wing.urlpatterns])]
