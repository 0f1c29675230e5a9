"""Where words that were looked for stand in a text, in whichever form: "pumps" finds pump, pumping and Pump-s."""

import re
from collections.abc import Callable, Iterator

WORD = re.compile(r"[^\W_]+(?:[.-][^\W_]+)*")
# Endings that the searches of both databases take off, the longest first; what is left has to be a word's beginning.
ENDINGS = ("ations", "ation", "ings", "ies", "ing", "ed", "es", "s", "e", "y")
SHORTEST = 3  # of what is left


def _root(word: str) -> str:
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word[: -len(ending)]
    return word


def finder(words: str) -> Callable[[str], Iterator[tuple[int, int]]]:
    """Return what yields begin and end of each word of a text that is one of the words looked for, in order.

    It is for many texts: they have most words in common, and each is looked at once.
    """
    roots = {(_root(word), word) for word in (found.group().casefold() for found in WORD.finditer(words))}
    beginnings = tuple({root for root, _ in roots})  # with one of which each word begins that is found
    known: dict[str, bool] = {}

    def find(text: str) -> Iterator[tuple[int, int]]:
        folded = text.casefold()
        if not any(beginning in folded for beginning in beginnings):
            return
        for found in WORD.finditer(text):
            said = found.group()
            if said not in known:
                word = said.casefold()
                root = _root(word) if word.startswith(beginnings) else ""
                known[said] = any(root == other or word == asked for other, asked in roots)
            if known[said]:
                yield found.span()

    return find
