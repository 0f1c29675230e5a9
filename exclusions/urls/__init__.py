"""Every address of the product, one file a wing; names and paths are promised in README.md and do not change.

There are some two hundred: those that begin with another word than the one that is asked for are not looked at.
"""

import re
from collections.abc import Iterable
from typing import Any

from django.urls import URLPattern, URLResolver
from django.urls.resolvers import RoutePattern

from exclusions.urls import agency, answers, api, desk, frame, importer, people, public, register

# Those of people come before the importer's, which take any word behind a petition's key for a step of its form.
# Those of the desk and of the register come before the agency's, which take any word behind `review/` for a case.
WINGS = [frame, public, answers, people, importer, desk, register, agency, api]
_WORD = re.compile(r"\^?(?P<word>[a-z0-9.-]+(?:/|$))")


class _BeginsWith(RoutePattern):
    """Leaves out what does not begin with a word, and takes nothing of what does."""

    def __init__(self, word: str) -> None:
        super().__init__("")
        self.word = word

    def match(self, path: str) -> tuple[str, tuple[()], dict[str, Any]] | None:
        """Return the whole path for the addresses that begin so, or None."""
        return (path, (), {}) if path.startswith(self.word) else None


def by_first_word(found: Iterable[URLPattern | URLResolver]) -> list[URLResolver]:
    """Return addresses by the word that they begin with, in their order; one that begins with none is asked always."""
    groups: dict[str, list[URLPattern | URLResolver]] = {}
    for entry in found:
        begins = _WORD.match(str(entry.pattern))
        groups.setdefault(begins["word"] if begins else "", []).append(entry)
    return [URLResolver(_BeginsWith(word), entries) for word, entries in groups.items()]


urlpatterns = by_first_word(entry for wing in WINGS for entry in wing.urlpatterns)
