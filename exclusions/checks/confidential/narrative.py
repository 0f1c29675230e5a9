"""The figures inside a confidential text that are secrets of their own: prices, amounts, percentages, quantities.

What anybody may say is left out: years, small counts, round percentages, the billions of the tariff actions themselves.
"""

import re
from collections.abc import Iterator

from exclusions.checks.confidential import number_words, numerals
from exclusions.checks.confidential.figures import MIN_COUNT, YEARS, is_common
from exclusions.checks.confidential.normal import Normal
from exclusions.checks.confidential.secret import Sort

_BARE = re.compile(r"(?<![\w.,])(?:[0-9]{1,3}(?:,[0-9]{3}){1,6}|[0-9]{5,15})(?!\w|[.,][0-9])")
_BILLION = 10**11  # hundredths
Figure = tuple[str, Sort]


def figures(text: str) -> Iterator[Figure]:
    """Yield each figure of a confidential text that must not turn up in public: its value, and what it is."""
    plain = Normal(text)
    low = plain.low.replace(b"usd", b"$  ")
    taken = bytearray(len(text))
    for pattern in (numerals.PREFIXED, numerals.SUFFIXED):
        for match in pattern.finditer(low):
            start, end = plain.written(*match.span())
            if not taken[start]:
                taken[start:end] = b"\x01" * (end - start)
                if pattern is numerals.PREFIXED and not match[2]:
                    yield text[start:end] if text[start] == "$" else f"${match[1].decode()}", Sort.FIGURE
                else:
                    yield from _marked(match[1], match[2], prefixed=pattern is numerals.PREFIXED)
    for number in number_words.spelled(plain):
        yield from _stated(number.value, number.kind)
    for found in _BARE.finditer(text):
        if not taken[found.start()]:
            yield found.group(), Sort.FIGURE


def _marked(numeral: bytes, mark: bytes, *, prefixed: bool) -> Iterator[Figure]:
    kind, power = numerals.kind_of(mark)
    for digits, decimals, _ in numerals.readings(numerals.nearest(numeral, first=prefixed))[-1:]:
        value = numerals.hundredths(digits, decimals, power)
        if kind != "short" or prefixed:
            yield from _stated(value, "scaled" if kind == "short" else kind)


def _stated(value: int, kind: str) -> Iterator[Figure]:
    plain = str(value // 100) if value % 100 == 0 else f"{value // 100}.{value % 100:02d}"
    if kind == "percent":
        if not is_common(value):
            yield f"{value / 100:g}%", Sort.PERCENT
    elif kind == "counted":
        if value not in YEARS and value >= MIN_COUNT * 100:
            yield plain, Sort.FIGURE
    elif value < _BILLION or numerals.significant(value) > 3:
        yield (plain if kind == "scaled" else f"${plain}"), Sort.FIGURE
