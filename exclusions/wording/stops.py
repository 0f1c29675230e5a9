"""The end of a sentence whose last word is a name."""


def stopped(sentence: str) -> str:
    """Return a sentence with one full stop at its end: a name such as “Acme Inc.” brings its own."""
    return sentence if sentence.endswith(".") else f"{sentence}."
