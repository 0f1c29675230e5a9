"""On what the place of a thing depends, for words that do not say it: its material, or what it is used for."""

from collections.abc import Iterable, Mapping

NOTES: Mapping[str, str] = {}


def notes_for(terms: Iterable[str]) -> list[str]:
    """Return the sentences for the stems of a query, each once."""
    return list(dict.fromkeys(NOTES[term] for term in terms if term in NOTES))
