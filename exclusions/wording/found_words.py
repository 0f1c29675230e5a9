"""Where words that were looked for stand in a text, in whichever form: "pumps" finds pump, pumping and Pump-s."""

import re
from collections.abc import Iterator

WORD = re.compile(r"[^\W_]+(?:[.-][^\W_]+)*")
# Endings that the searches of both databases take off, the longest first; what is left has to be a word's beginning.
ENDINGS = ("ations", "ation", "ings", "ies", "ing", "ed", "es", "s", "e", "y")
SHORTEST = 3  # of what is left


def _root(word: str) -> str:
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word[: -len(ending)]
    return word


def spans(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Yield begin and end of each word of a text that is one of the words looked for, in order."""
    roots = {(_root(word), word) for word in (found.group().casefold() for found in WORD.finditer(words))}
    for found in WORD.finditer(text):
        word = found.group().casefold()
        root = _root(word)
        if any(root == other or word == asked for other, asked in roots):
            yield found.span()
