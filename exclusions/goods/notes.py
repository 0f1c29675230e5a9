"""On what the place of a thing depends, for words that do not say it: its material, its use, how it is driven."""

from collections.abc import Mapping, Sequence

MOST_SHOWN = 2


def notes_for(terms: Sequence[str], notes: Mapping[str, str]) -> list[str]:
    """Return up to two of the sentences, each once: those of the last stems of a query, which say what the thing is.

    `notes` are sentences by stem.
    """
    found = [notes[term] for term in reversed(terms) if term in notes]
    return list(dict.fromkeys(found))[:MOST_SHOWN]
