"""Which known word a word that nobody knows was meant to be."""

from collections.abc import Iterable, Mapping

SHORTEST = 4  # a shorter word is as near to many


def trigrams(word: str) -> list[str]:
    """Return the groups of three letters of a word, its beginning and its end marked: “cat” gives 1ca, cat, at1.

    The mark is a digit, so that a group is one word for every full-text index.
    """
    marked = f"1{word}1"
    return list(dict.fromkeys(marked[at : at + 3] for at in range(len(marked) - 2)))


def distance(one: str, other: str, most: int) -> int:
    """Return how many letters have to be changed, added, left out or swapped with the next; `most` + 1 if more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        above, row = row, [at]
        for place, there in enumerate(other, start=1):
            cost = min(above[place] + 1, row[-1] + 1, above[place - 1] + (letter != there))
            if before and place > 1 and letter == other[place - 2] and one[at - 2] == there:
                cost = min(cost, before[place - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before = above
    return row[-1]


def allowed(word: str) -> int:
    """Return how many letters of a word of that length may be wrong."""
    return 0 if len(word) < SHORTEST else 1 if len(word) < 6 else 2


def nearest(word: str, known: Mapping[str, int]) -> str:
    """Return the known word that is nearest, of several the one that is met more often; "" where none is near.

    `known` are words and how often each is met. A word is another one where two letters were exchanged, a consonant
    among them, or two consonants differ: “privacy” is not meant to be “primary”.
    """
    most, heard = allowed(word), _skeleton(word)
    best: tuple[float, int, str] | None = None
    for other, often in known.items():
        apart = float(distance(word, other, most))
        if apart > most:
            continue
        there = _skeleton(other)
        if apart > 1 and there != heard and (len(other) == len(word) or distance(heard, there, 1) > 1):
            continue
        if other[0] != word[0]:
            apart += 0.7
        if there == heard:
            apart -= 0.75 if len(other) == len(word) else 0.5
        if best is None or (apart, -often, other) < best:
            best = (apart, -often, other)
    return best[2] if best else ""


def swapped(word: str) -> list[str]:
    """Return what a word may have been meant to be if two neighbouring letters are the wrong way round.

    They may share no group of three letters with it: “pmup” and “pump”.
    """
    found = [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)]
    return [other for other in dict.fromkeys(found) if other != word]


def halves(word: str) -> Iterable[tuple[str, str]]:
    """Return the ways to part a word in two of at least three letters each."""
    return [(word[:at], word[at:]) for at in range(3, len(word) - 2)]


def _skeleton(word: str) -> str:
    """Return the consonants, doubled ones once: what is heard of a word however its vowels are written."""
    kept = ""
    for letter in word:
        if letter not in "aeiouy" and not kept.endswith(letter):
            kept += letter
    return kept
