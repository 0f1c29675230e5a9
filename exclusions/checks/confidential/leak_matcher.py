"""Finds confidential values in public text, however they are written there (15 CFR 2006.15).

A figure is found as 2,100,000, 2100000, 2 100 000, $2.1m, 2.1 million, 2.1E6 or in words, also German and Chinese ones;
one of many digits wherever white space cuts it; a percentage beside its mark; a name without regard to case, accents,
look-alike letters, punctuation and order, also run together; a passage by any eleven of its words
in a row. The text is brought into normal form and read once, whatever the number of values.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from exclusions.checks.confidential.figures import Figures
from exclusions.checks.confidential.joined import Joined
from exclusions.checks.confidential.letters_apart import LettersApart
from exclusions.checks.confidential.normal import LINE_END, RUNNING, Normal, plain_words
from exclusions.checks.confidential.phrases import Phrases
from exclusions.checks.confidential.secret import Secret, Sort
from exclusions.checks.confidential.spellings import WITHIN, take_up

__all__ = ["Hit", "Matcher", "Secret", "Sort", "hit_id", "plain_words"]

PIECE = 1 << 16  # characters read at a time
OVERLAP = 2_000  # characters that are read with the piece before them as well
EDGE = 100  # characters at the edge of a piece that may be half a word: the other piece has them whole
AT_LINE_END = 120  # characters around a hyphen at a line end that are read again without it
AROUND, LONGEST = 40, 200  # characters in an excerpt: around the place, of the place

_FIGURES = (Sort.FIGURE, Sort.PERCENT)
_RUNNING_HEAD = 3
_TOGETHER_HEAD = 6
_BETWEEN = "\nzqzq zqzq zqzq\n"  # more words than a name may have among its own
Place = tuple[Secret, int, int]


@dataclass(frozen=True)
class Hit:
    """A secret found in a text, and from which character to which; `excerpt` shows the words around it.

    For those who may read the value, nobody else.
    """

    secret: Secret
    excerpt: str = field(repr=False)
    start: int = field(default=0, repr=False)
    end: int = field(default=0, repr=False)


class Matcher:
    """Looks for many secrets in any number of texts.

    `allowed` are short texts that the public may read anyhow (the requester's own name): a secret that one of them
    holds is not looked for. Neither is what `published` texts of any length give away already, be it a part of a
    passage. A secret too short to mean anything (a year, a small count, a two-letter word) is left out as well.
    """

    def __init__(self, secrets: Iterable[Secret], allowed: Iterable[str] = (), published: Iterable[str] = ()) -> None:
        wanted = list(dict.fromkeys(secrets))
        known = [b" %b " % b" ".join(Normal(text).tokens) for text in allowed]
        told = [Normal(text) for text in published]
        self._take_up(wanted, known)
        if told:
            out = {secret for text in told for secret, _, _ in self._in_text(text) if secret.sort in _FIGURES}
            self._take_up([secret for secret in wanted if secret not in out], known)
            for text in told:
                self._phrases.forget(text.tokens)

    def __bool__(self) -> bool:
        return bool(self._figures or self._phrases or self._running)

    def find(self, text: str) -> list[Hit]:
        """Return the secrets that the text gives away, each once, in the order of the first places where it does."""
        found: dict[Secret, tuple[int, int]] = {}
        for begin in range(0, max(1, len(text)), PIECE) if self else ():
            piece = text[begin : begin + PIECE + OVERLAP]
            least = EDGE if begin else 0
            most = len(piece) - (EDGE if begin + len(piece) < len(text) else 0)
            for secret, start, end in self._in_piece(piece):
                if least <= start and end <= most and begin + start < found.get(secret, (len(text), 0))[0]:
                    found[secret] = begin + start, begin + end
        places = sorted(found.items(), key=lambda item: item[1])
        return [Hit(secret, _excerpt(text, start, end), start, end) for secret, (start, end) in places]

    def _take_up(self, secrets: Sequence[Secret], known: Collection[bytes]) -> None:
        self._phrases, self._running, self._together = Phrases(), Joined(_RUNNING_HEAD), Joined(_TOGETHER_HEAD)
        self._figures = Figures(secrets, _numbers(known))
        self._apart = LettersApart(self._phrases, self._figures)
        for run, secret in self._figures.runs:
            self._phrases.add_run(run, secret)
        for secret in secrets:
            if secret.sort not in _FIGURES:
                take_up(secret, self._phrases, self._running, self._together, known)

    def _in_piece(self, piece: str) -> Iterator[Place]:
        text = Normal(piece)
        for secret, start, end in _first(self._in_text(text)):
            yield secret, *text.written(start, end)
        stretches = list(_around_line_ends(piece))
        if stretches:
            yield from self._across_line_ends(piece, stretches)

    def _across_line_ends(self, piece: str, stretches: Sequence[tuple[int, int]]) -> Iterator[Place]:
        """Read the stretches around hyphens at line ends again, as one text, with the hyphens closed up."""
        begins = list(accumulate((last - first + len(_BETWEEN) for first, last in stretches), initial=0))
        text = Normal(_BETWEEN.join(piece[first:last] for first, last in stretches), closed=True)
        for secret, start, end in self._in_text(text):
            start, end = text.written(start, end)
            stretch = bisect_right(begins, start) - 1
            shift = stretches[stretch][0] - begins[stretch]
            if LINE_END.search(piece, start + shift, end + shift):
                yield secret, start + shift, end + shift

    def _in_text(self, text: Normal) -> Iterator[Place]:
        """Yield the secrets in a text in normal form, with the places of their bytes; the same one perhaps again."""
        yield from self._figures.find(text)
        seen = set()
        for secret, first, stop in self._phrases.find(text.tokens):
            if secret not in seen and (secret.sort is not Sort.FIGURE or self._figures.in_run(text, first, stop)):
                seen.add(secret)
                yield secret, *text.span(first, stop)
        for secret, first, stop in self._apart.find(text):
            yield secret, *text.span(first, stop)
        yield from self._in_long_words(text) if self._together and text.has_word_of(WITHIN + 1) else ()
        for match in RUNNING.finditer(text.low) if self._running else ():
            for secret, word in self._running.find(match[0].replace(b" ", b"").decode()):
                start = text.low.find(word.encode(), *match.span())
                yield (secret, start, start + len(word.encode())) if start >= 0 else (secret, *match.span())

    def _in_long_words(self, text: Normal) -> Iterator[Place]:
        for place, token in enumerate(text.tokens):
            if len(token) > WITHIN:
                for secret, _ in self._together.find(token.decode()):
                    yield secret, *text.span(place, place + 1)


def hit_id(place: str, secret: Secret) -> str:
    """Return a short name of "this secret in this place", by which it can be settled; it tells nothing of the value."""
    return hashlib.sha256("\n".join((place, secret.source, secret.sort, secret.value)).encode()).hexdigest()[:24]


def _first(places: Iterable[Place]) -> Iterator[Place]:
    """Yield each secret once, with the first of its places."""
    found: dict[Secret, tuple[int, int]] = {}
    for secret, start, end in places:
        if secret not in found or start < found[secret][0]:
            found[secret] = start, end
    return ((secret, *place) for secret, place in found.items())


def _numbers(known: Iterable[bytes]) -> set[int]:
    """The numbers in texts that everybody may read, and the shorter ones that a tariff number begins with."""
    digits = [word for text in known for word in text.split() if word.isdigit()]
    return {int(word[:length]) for word in digits for length in (len(word), *((6, 8) if len(word) == 10 else ()))}


def _around_line_ends(piece: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text around its hyphens at line ends."""
    first = last = -1
    for match in LINE_END.finditer(piece):
        start, end = max(0, match.start() - AT_LINE_END), match.end() + AT_LINE_END
        if start > last >= 0:
            yield first, last
            first = start
        first, last = (start if first < 0 else first), end
    if last >= 0:
        yield first, min(last, len(piece))


def _excerpt(text: str, start: int, end: int) -> str:
    end = min(end, start + LONGEST)
    left, right = max(0, start - AROUND), min(len(text), end + AROUND)
    return f"{'…' if left else ''}{' '.join(text[left:right].split())}{'…' if right < len(text) else ''}"
