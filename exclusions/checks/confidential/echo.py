"""Does a public text repeat something that was given in confidence? (15 CFR 2006.15)

Looks for figures and names, not for meaning: a person still reads. Written for reasons of findings and decisions,
and for the clerk who screens public answers before posting.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

MIN_DIGITS = 5  # shorter figures (years, counts, percentages) occur by chance
MIN_NAME = 5
MIN_SENTENCE = 20
SHORT = 80

_FIGURE = re.compile(r"\d[\d,]*\d|\d")
_SENTENCE = re.compile(r"[.;\n]+")


def echoes(text: str, confidential: Mapping[str, Sequence[str]], already_public: str = "") -> list[str]:
    """Return the labels of the confidential values that the text repeats.

    `confidential` is {label: values}. A value that `already_public` holds as well (the public answers) is no secret
    and is not counted. Figures count from five digits, names from five letters, long texts by whole sentences.
    """
    words, figures = _plain(text), _figures(text)
    known_words, known_figures = _plain(already_public), _figures(already_public)
    found = []
    for label, values in confidential.items():
        for value in values:
            secret_figures = {f for f in _figures(value) if len(f) >= MIN_DIGITS} - known_figures
            secret_words = [chunk for chunk in _chunks(value) if chunk not in known_words]
            if secret_figures & figures or any(chunk in words for chunk in secret_words):
                found.append(label)
                break
    return found


def _plain(text: str) -> str:
    return f" {' '.join(re.sub(r'[^0-9a-z]+', ' ', text.casefold()).split())} "


def _figures(text: str) -> set[str]:
    return {match.group().replace(",", "") for match in _FIGURE.finditer(text)}


def _chunks(value: str) -> Iterator[str]:
    """The value as a whole when it is short, sentence by sentence when it is long; figures alone are left out."""
    parts, least = ([value], MIN_NAME) if len(value) <= SHORT else (_SENTENCE.split(value), MIN_SENTENCE)
    for part in parts:
        plain = _plain(part)
        if len(plain.strip()) >= least and not plain.replace(" ", "").isdigit():
            yield plain
