"""Numbers that are spelled out: "four million two hundred thousand", "forty-one percent", "4 million 200 thousand".

Each word has a letter for what it is, and a pattern over these letters says which make up one number.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from exclusions.checks.confidential.normal import Normal
from exclusions.checks.confidential.numerals import significant

_ONES = (
    b"zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    b"eighteen nineteen"
)
_TENS = b"twenty thirty forty fifty sixty seventy eighty ninety"
_UNITS = {word: value for value, word in enumerate(_ONES.split())}
_UNITS |= {word: 10 * value for value, word in enumerate(_TENS.split(), 2)}
_SCALES = {b"hundred": 2, b"thousand": 3, b"million": 6, b"billion": 9, b"trillion": 12}
_PARTS = {b"half": Fraction(1, 2), b"quarter": Fraction(1, 4), b"quarters": Fraction(1, 4)}
_PERCENT = frozenset((b"percent", b"percentage", b"pct"))
_MONEY = frozenset((b"dollars", b"dollar", b"euros", b"yuan"))
_CENTS = frozenset((b"cents", b"cent"))
_BETWEEN = re.compile(rb"[\s,-]{1,4}")

# U(nits), T(ens), F(ractions), the scales H K M B R, P(oint), A(nd), I: a or an, O(f), D(igits).
_LETTERS = {word: "U" if value < 20 else "T" for word, value in _UNITS.items()} | dict.fromkeys(_PARTS, "F")
_LETTERS |= dict(zip(_SCALES, "HKMBR", strict=True)) | {b"point": "P", b"and": "A", b"a": "I", b"an": "I", b"of": "O"}
_SMALL = "(?:TU?|U)"
_HUNDREDS = f"(?:(?:{_SMALL}|[ID])H(?:A?{_SMALL})?|{_SMALL})"
_POINT = "(?:PU{1,8})?"
_GROUP = f"(?:(?:{_HUNDREDS}|D){_POINT}(?:A[IU]?F)?|UF(?:OI?)?|I?F(?:OI?|I)?|I)"
_NUMBER = re.compile(
    f"{''.join(f'(?:{_GROUP}{scale}(?:A(?=[UTDI]))?)?' for scale in 'RBMK')}(?:{_HUNDREDS}{_POINT}(?![HKMBR]))?"
)
_IN_WORDS = re.compile("[UTF]|I[HKMBR]|[KMBR].*[KMBR]")  # "4.2 million" is read by its digits

# A number that is spelled out matters with one of these words in it or behind it.
ANCHORS = frozenset(_SCALES) | _PERCENT | _MONEY | {b"cent"}
_PART_OF_ANCHORS = (b"hundred", b"thousand", b"illion", b"cent", b"pct", b"dollar", b"euro", b"yuan")


@dataclass(frozen=True)
class Spelled:
    """A number in words: its tokens, its value in hundredths, and "scaled", "percent" or "money"."""

    first: int
    stop: int
    value: int
    kind: str

    @property
    def significant(self) -> int:
        """Return how many digits of it mean something."""
        return significant(self.value)


def spelled(text: Normal) -> Iterator[Spelled]:
    """Yield the numbers in words that have an anchor, in order."""
    if not any(part in text.low for part in _PART_OF_ANCHORS):
        return
    tokens, done = text.tokens, 0
    if ANCHORS.isdisjoint(tokens):
        return
    for place in [place for place, token in enumerate(tokens) if token in ANCHORS]:
        if place >= done:
            first, letters = _around(tokens, done, place)
            done = max(place, first + len(letters))
            if _IN_WORDS.search(letters):
                yield from _numbers(text, first, letters)


def is_of_numbers(tokens: Sequence[bytes]) -> bool:
    """Whether the words say a number and nothing else."""
    return all(token.isdigit() or token in ANCHORS or token in _LETTERS for token in tokens)


def _around(tokens: Sequence[bytes], least: int, place: int) -> tuple[int, str]:
    """Return the first of the words around a place that may be in a number with it, and the letters of all of them."""
    first = stop = place - (tokens[place] == b"cent" and place > 0)  # "per" is in no number
    while first > least and _letter(tokens[first - 1]):
        first -= 1
    while stop < len(tokens) and _letter(tokens[stop]):
        stop += 1
    return first, "".join(map(_letter, tokens[first:stop]))


def _letter(token: bytes) -> str:
    return _LETTERS.get(token) or ("D" if len(token) <= 3 and token.isdigit() else "")


def _numbers(text: Normal, first: int, letters: str) -> Iterator[Spelled]:
    """Yield the numbers among words that may be in numbers; a dot or a bar between two of them ends one."""
    tokens, begin = text.tokens, 0
    ends = [at for at in range(1, len(letters)) if not _BETWEEN.fullmatch(text.between(first + at - 1))]
    for end in (*ends, len(letters)):
        for match in _NUMBER.finditer(letters, begin, end):
            start, stop = first + match.start(), first + match.end()
            if not match[0] or (match[0][0] == "D" and text.between(start - 1)[-1:] in (b".", b",", b"'")):
                continue
            value = _value(tokens[start:stop])
            kind, after = _kind(tokens, stop)
            if kind == "money":
                cents, after = _cents(tokens, after)
                value += cents
            if _IN_WORDS.search(match[0]) and (kind or value >= 1000):
                yield Spelled(start, after, int(value * 100), kind or "scaled")
        begin = end


def _value(said: Sequence[bytes]) -> Fraction:
    total, group, tenth = Fraction(0), Fraction(0), Fraction(0)
    counted, last = False, Fraction(0)
    for word in said:
        if word in _SCALES:
            times = (group if counted else 1) * Fraction(10 ** _SCALES[word])
            total, group = (total, times) if word == b"hundred" else (total + times, Fraction(0))
            counted, tenth = word == b"hundred", Fraction(0)
        elif word == b"point":
            tenth = Fraction(1, 10)
        elif word in _PARTS:
            # "three quarters" and "one half" are so many of them; "two and a half" is one more.
            group, last = group - last + (last or 1) * _PARTS[word], Fraction(0)
            counted = True
        elif word in _UNITS or word.isdigit():
            last = (_UNITS[word] if word in _UNITS else int(word)) * (tenth or Fraction(1))
            group += last
            tenth /= 10
            counted = True
            continue
        last = Fraction(0)
    return total + group


def _kind(tokens: Sequence[bytes], stop: int) -> tuple[str, int]:
    """Return what the words behind a number make of it, and where they end."""
    after = tuple(tokens[stop : stop + 2])
    if after[:1] and after[0] in _PERCENT:
        return "percent", stop + 1
    if after == (b"per", b"cent"):
        return "percent", stop + 2
    if after[:1] and after[0] in _MONEY:
        return "money", stop + 1
    if len(after) == 2 and after[0] == b"us" and after[1] in _MONEY:
        return "money", stop + 2
    return "", stop


def _cents(tokens: Sequence[bytes], stop: int) -> tuple[Fraction, int]:
    """Return the cents of "seventy-one dollars and twenty cents", and where they end."""
    first = stop + 1 if tuple(tokens[stop : stop + 1]) == (b"and",) else stop
    end = first
    while end < min(len(tokens), first + 3) and tokens[end] in _UNITS:
        end += 1
    if first < end < len(tokens) and tokens[end] in _CENTS:
        return Fraction(sum(_UNITS[token] for token in tokens[first:end]), 100), end + 1
    return Fraction(0), stop
