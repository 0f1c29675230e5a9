"""Lists of words, written as one text."""


def listed(words: str) -> frozenset[str]:
    """Return the words of a text, each once."""
    return frozenset(words.split())
