"""Numbers that are spelled out: "four million two hundred thousand", "forty-one percent", "4 million 200 thousand"."""

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
_ARTICLES = frozenset((b"a", b"an"))
_BETWEEN = _ARTICLES | {b"and", b"of", b"point"}
_PERCENT = frozenset((b"percent", b"percentage", b"pct"))
_MONEY = frozenset((b"dollars", b"dollar", b"euros", b"yuan"))
_CENTS = frozenset((b"cents", b"cent"))
_MOST = 24  # words; "nine hundred ninety-nine million ..." has about as many

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
    if any(part in text.low for part in _PART_OF_ANCHORS):
        yield from _spelled(text.tokens)


def _spelled(tokens: Sequence[bytes]) -> Iterator[Spelled]:
    done = 0
    for place in [place for place, token in enumerate(tokens) if token in ANCHORS]:
        if place < max(done, 1):
            continue
        behind = place - 1 if tokens[place] == b"cent" and tokens[place - 1] == b"per" else place
        first, stop = _run(tokens, done, behind)
        value = _value(tokens[first:stop])
        done = max(done, stop)
        if value is not None:
            kind, done = _kind(tokens, stop)
            if kind == "money":
                cents, done = _cents(tokens, done)
                value += cents
            if kind or value >= 1000:
                yield Spelled(first, done, int(value * 100), kind or "scaled")


def is_of_numbers(tokens: Sequence[bytes]) -> bool:
    """Whether the words say a number and nothing else."""
    return all(token.isdigit() or token in ANCHORS or _may_be_in(token) for token in tokens)


def _run(tokens: Sequence[bytes], least: int, place: int) -> tuple[int, int]:
    """Return the first token and the end of the number that the place is in or behind; both alike if there is none."""
    first = stop = place
    while first > max(least, place - _MOST) and _may_be_in(tokens[first - 1]):
        first -= 1
    while stop < min(len(tokens), place + _MOST) and _may_be_in(tokens[stop]):
        stop += 1
    if sum(token in _SCALES for token in tokens[first:stop]) < 2:  # "4.2 million" is read by its digits
        first = max((at + 1 for at in range(first, place) if tokens[at].isdigit()), default=first)
        stop = min((at for at in range(place, stop) if tokens[at].isdigit()), default=stop)
    while first < stop and tokens[first] in _BETWEEN and not _is_a_scale(tokens[first : first + 2]):
        first += 1
    while stop > first and tokens[stop - 1] in _BETWEEN:
        stop -= 1
    return first, stop


def _may_be_in(token: bytes) -> bool:
    return token in _UNITS or token in _SCALES or token in _BETWEEN or token in _PARTS or _is_short(token)


def _is_short(token: bytes) -> bool:
    return len(token) <= 3 and token.isdigit()


def _is_a_scale(pair: Sequence[bytes]) -> bool:
    """Whether it is "a million"."""
    return len(pair) == 2 and pair[0] in _ARTICLES and pair[1] in _SCALES


def _value(said: Sequence[bytes]) -> Fraction | None:
    """Return what words say as a number, None when they are none: "million" by itself, two figures side by side."""
    total, group, tenth = Fraction(0), Fraction(0), Fraction(0)
    counted = named = False  # a number for the next scale word; any number in words at all
    for before, word in zip((b"", *said), said, strict=False):
        if word in _SCALES:
            if not counted and before not in _ARTICLES:
                return None
            times = 10 ** _SCALES[word]
            if word == b"hundred":
                group = (group if counted else 1) * Fraction(times)
            else:
                total, group = total + (group if counted else 1) * times, Fraction(0)
            counted, tenth, named = word == b"hundred", Fraction(0), True
        elif word == b"point":
            tenth = Fraction(1, 10)
        elif word in _PARTS:
            group = group * _PARTS[word] if word == b"quarters" and counted else group + _PARTS[word]
            counted = named = True
        elif word not in _BETWEEN:
            if word.isdigit() and before.isdigit():
                return None
            number = _UNITS[word] if word in _UNITS else int(word)
            group += number * (tenth or 1)
            tenth /= 10
            counted, named = True, named or word in _UNITS
    return total + group if named else None


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
