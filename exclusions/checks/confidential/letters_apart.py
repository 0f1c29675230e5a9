"""Letters and digits that are written one by one, "W h i s p e r": what they make up."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from exclusions.checks.confidential.figures import Figures
from exclusions.checks.confidential.joined import Joined
from exclusions.checks.confidential.normal import Normal
from exclusions.checks.confidential.phrases import Phrases
from exclusions.checks.confidential.secret import Secret, Sort

APART = 4  # letters or digits one by one, from which they are read together
_HEAD = 6
_NEAR = 6  # words on each side that may belong to them
_SHAPE = bytes(0x61 if code >= 0x80 or chr(code).isalnum() else 0x20 for code in range(256))
_APART_SHAPE = b" a" * APART + b" "
_BETWEEN = re.compile(rb"[\s,.'_-]{1,5}")  # within a figure
_DIGITS = re.compile(rb"[0-9]+")


class LettersApart:
    """Reads letters that stand apart against what is looked for otherwise."""

    def __init__(self, phrases: Phrases, figures: Figures) -> None:
        self._phrases, self._figures = phrases, figures

    @cached_property
    def _runs(self) -> Joined:
        """The runs as letters; made whole before anybody sees them, since threads may share a matcher."""
        runs = Joined(_HEAD)
        for run, secret in self._phrases.runs():
            if secret.sort is not Sort.FIGURE:
                runs.add(b"".join(run).decode(), secret)
        return runs

    def find(self, text: Normal) -> Iterator[tuple[Secret, int, int]]:
        """Yield the secrets that such letters give away, by themselves or with the words beside them."""
        tokens = text.tokens
        for first, stop in _stretches(tokens):
            letters = b"".join(tokens[first:stop])
            for secret, start, end in (*self._in_words(letters), *self._in_digits(letters, text, first)):
                yield secret, first + start, first + end
            least = max(0, first - _NEAR)
            near, place = [*tokens[least:first], letters, *tokens[stop : stop + _NEAR]], first - least
            for secret, start, end in self._phrases.find(near):
                if start <= place < end and secret.sort is not Sort.FIGURE:
                    yield secret, least + start, stop + end - place - 1

    def _in_words(self, letters: bytes) -> Iterator[tuple[Secret, int, int]]:
        for secret, word in self._runs.find(letters.decode()):
            start = letters.find(word.encode())
            yield secret, start, start + len(word)

    def _in_digits(self, letters: bytes, text: Normal, first: int) -> Iterator[tuple[Secret, int, int]]:
        for digits in _DIGITS.finditer(letters):
            begin, last = digits.span()
            ends = [at for at in range(begin + 1, last) if not _BETWEEN.fullmatch(text.between(first + at - 1))]
            for end in (*ends, last):
                for secret in self._figures.exactly(letters[begin:end]):
                    yield secret, begin, end
                begin = end


def _stretches(tokens: Sequence[bytes]) -> Iterator[tuple[int, int]]:
    """Yield where letters or digits stand one by one, APART of them or more."""
    if _APART_SHAPE not in (b" %b " % b" ".join(tokens)).translate(_SHAPE):
        return
    first = 0
    for place, length in enumerate((*map(len, tokens), 0)):
        if length != 1:
            if place - first >= APART:
                yield first, place
            first = place + 1
