"""Figures in digits: with separators, scale words, signs of money, percent marks, words for what is counted.

Works on texts in normal form. Amounts are counted in hundredths. Every pattern begins with a digit or a sign and takes
a bounded number of characters from there, so that no text makes it slow.
"""

import re
from fractions import Fraction
from functools import lru_cache

_NUMERAL = (
    rb"([0-9](?<![0-9a-z_][0-9])(?<![0-9][.,'][0-9])[0-9]{0,17}+(?![0-9])(?:[,.'_ ][0-9]{3}(?![0-9])){0,6}+"
    rb"(?:[.,][0-9]{1,8}(?![0-9]))?+)"
)
_SCALE_WORDS = (
    rb"thousand|million(?:en)?|billion|trillion|mn|mln|mio|bn|mrd|milliarden?|tsd|tausend|lakhs?|lacs?|crores?"
)
_CHINESE_SCALES = {"\u5343": 3, "\u4e07": 4, "\u842c": 4, "\u4ebf": 8, "\u5104": 8}  # thousands to hundred millions
_CHINESE = b"|".join(sign.encode() for sign in _CHINESE_SCALES)
_SHORT_SCALES = rb"k|mm?|mill?|b"  # without a sign of money: kelvin, meters, millimeters, thousandths of an inch
_MONEY_WORDS = rb"(?:us |u\.s\. )?(?:\$(?!\s{0,3}[0-9])|dollars?\b|euros?\b|eur\b|rmb\b|yuan\b)"
_COUNTED = (
    rb"(?:pieces?|pcs|units?|items?|sets?|pairs?|boxes|cartons|dozens?|machines?|workers|employees|people|jobs"
    rb"|customers|containers|pallets|tons|tonnes)\b"
)
_POWER = rb"e\+?[0-9]{1,2}\b|[x*]\s?10\^?[0-9]{1,2}\b"

# A sign of money, a figure, perhaps a scale; a figure and the mark behind it; a percent mark in the head of a column.
PREFIXED = re.compile(rb"\$\s{0,3}" + _NUMERAL + rb"(?:\s?-?((?:" + _SCALE_WORDS + rb"|" + _SHORT_SCALES + rb")\b))?")
SUFFIXED = re.compile(
    _NUMERAL + rb"\)?\s{0,3}-?(%|per[\s-]?cent|pct\b|(?:" + _SCALE_WORDS + rb")\b|(?:" + _SHORT_SCALES + rb")\b(?:\s?"
    rb"" + _MONEY_WORDS + rb")?|" + _CHINESE + rb"|" + _POWER + rb"|" + _MONEY_WORDS + rb"|" + _COUNTED + rb")"
)
PERCENT_BEFORE = re.compile(rb"%(?<![0-9]%)(?<![0-9] %)\)?[:=]?\s{0,2}(?<=[):=\s])" + _NUMERAL + rb"()(?!\s?%)")
PLAIN = re.compile(_NUMERAL)
# "2 3/4 million"; a half, or a quarter or three, of one sign has become a decimal.
FRACTION = re.compile(
    rb"(?<![0-9.,/])(?:([0-9]{1,3})[ -](?:and )?)?(?:([1-9])/([1-9][0-9]?)|0(\.5|\.25|\.75))\s?-?(?:of )?(?:an? )?"
    rb"(" + _SCALE_WORDS + rb")\b"
)
_INDIAN = re.compile(rb"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}")

_SCALES = {b"k": 3, b"thousand": 3, b"m": 6, b"mm": 6, b"mil": 6, b"mill": 6, b"million": 6, b"mn": 6, b"mln": 6}
_SCALES |= {b"mio": 6, b"b": 9, b"bn": 9, b"billion": 9, b"trillion": 12, b"millionen": 6, b"mrd": 9, b"milliarde": 9}
_SCALES |= {b"milliarden": 9, b"tsd": 3, b"tausend": 3, b"lakh": 5, b"lakhs": 5, b"lac": 5, b"lacs": 5}
_SCALES |= {b"crore": 7, b"crores": 7} | {sign.encode(): power for sign, power in _CHINESE_SCALES.items()}
SHORT_SCALES = frozenset((b"k", b"m", b"mm", b"mil", b"mill", b"b"))
_MARK = re.compile(rb"(e\+?|[x*]\s?10\^?)?([0-9]{1,2})|([a-z]+)(?:\s?(" + _MONEY_WORDS + rb"))?")
_GROUPED = re.compile(rb"([0-9]{1,3}(?:([,.'_ ])[0-9]{3})(?:\2[0-9]{3})*)(?:[.,]([0-9]{1,8}))?")
_SIMPLE = re.compile(rb"([0-9]+)(?:[.,]([0-9]{1,8}))?")
_SEPARATORS = b",.'_ "
_IN_GROUPS = re.compile(rb"[0-9]{1,3}([,.'_ ]) ?[0-9]{3}(?:\1 ?[0-9]{3})*")
_BREAKS = bytes.maketrans(b"\t\r\n", b"   ")
_ANOTHER_SCALE = re.compile(rb"\s{0,3}-?(?:" + _SCALE_WORDS + rb")\b")


@lru_cache(maxsize=8192)
def readings(numeral: bytes) -> tuple[tuple[int, int, int], ...]:
    """Return what a figure in digits may state, each as (digits, how many of them are decimals, significant digits).

    "4.200" is four and a fifth or four thousand two hundred; "2018 100" is two figures, so none.
    """
    grouped = _GROUPED.fullmatch(numeral)
    simple = _SIMPLE.fullmatch(numeral)
    found = []
    if grouped:
        found.append(_reading(grouped[1].translate(None, _SEPARATORS), grouped[3] or b""))
    if simple and not (grouped and b"," in numeral):
        found.append(_reading(simple[1], simple[2] or b""))
    return tuple(found)


def nearest(numeral: bytes, *, first: bool) -> bytes:
    """Return what belongs to the mark before (`first`) or behind it: of "2018 100 million" the hundred."""
    if b" " not in numeral or _GROUPED.fullmatch(numeral):
        return numeral
    return numeral.partition(b" ")[0] if first else numeral.rpartition(b" ")[2]


def fraction(match: re.Match[bytes]) -> int:
    """Return what a fraction with a scale word states, in hundredths."""
    whole, over, under, decimal, scale = match.groups()
    part = Fraction(int(over), int(under)) if over else Fraction(f"0{decimal.decode()}")
    return int((int(whole or 0) + part) * 10 ** (_SCALES[scale] + 2))


def by_comma(numeral: bytes, power: int) -> tuple[int, int] | None:
    """Return the least and the most, in hundredths, that "1,235" of millions says where a comma is a decimal point."""
    if power < 6 or not re.fullmatch(rb"[0-9]{1,3},[0-9]{3}", numeral):
        return None
    return rounded(int(numeral.replace(b",", b"")), 3, power)


def rounded(digits: int, decimals: int, power: int) -> tuple[int, int]:
    """Return the least and the most, in hundredths, that digits with a scale may have been rounded or cut off from."""
    value, unit = hundredths(digits, decimals, power), 10**power * 100 // 10**decimals
    return value - unit // 2, value + unit - 1


def head(digits: bytes) -> bytes:
    """Return the first three digits that mean something, wherever the decimal point is."""
    return digits.translate(None, _SEPARATORS).lstrip(b"0")[:3].ljust(3, b"0")


def _reading(whole: bytes, decimals: bytes) -> tuple[int, int, int]:
    digits = whole + decimals
    return int(digits), len(decimals), max(1, len(digits.strip(b"0")))


def hundredths(digits: int, decimals: int, scale: int = 0) -> int:
    """Return digits with a decimal point and a power of ten as hundredths, cut off."""
    power = scale + 2 - decimals
    return int(digits * 10**power) if power >= 0 else digits // int(10**-power)


@lru_cache(maxsize=1024)
def kind_of(mark: bytes) -> tuple[str, int]:
    """Return what the mark behind a figure makes of it, and the power of ten that it is multiplied by.

    "percent"; "scaled"; "short" (a scale only when money is meant); "money"; "counted".
    """
    if not mark:
        return "money", 0
    if mark == b"%" or mark.startswith((b"per", b"pct")):
        return "percent", 0
    if mark in _SCALES and not mark.isascii():
        return "scaled", _SCALES[mark]
    match = _MARK.match(mark)
    if match is None or mark.startswith((b"us ", b"u.s.", b"$")):
        return "money", 0
    if match[2]:
        return "scaled", int(match[2])
    if match[3] in SHORT_SCALES:
        return "scaled" if match[4] else "short", _SCALES[match[3]]
    if match[3] in _SCALES:
        return "scaled", _SCALES[match[3]]
    return ("money" if re.fullmatch(_MONEY_WORDS, mark) else "counted"), 0


def significant(amount: int) -> int:
    """Return how many digits of an amount are neither leading nor trailing zeros."""
    return len(str(amount).strip("0")) or 1


def stands(low: bytes, start: int, end: int) -> bool:
    """Whether the digits there, in one group or several, are a whole figure and no part of another one."""
    inside = low[start:end].translate(_BREAKS)
    separator = b""
    if not inside.isdigit():
        groups = _IN_GROUPS.fullmatch(inside)
        if groups is None and _INDIAN.fullmatch(inside):
            return not _goes_before(low, start, b",") and not _goes_on(low, end, b",")
        if groups is None or (groups[1] != b" " and b" " in inside and inside.count(groups[1]) == 1):
            return False  # "100, 000": two figures of a list
        separator = groups[1]
    return not _goes_before(low, start, separator) and not _goes_on(low, end, separator)


def _goes_before(low: bytes, start: int, separator: bytes) -> bool:
    before = low[start - 1 : start]
    if not before or before not in _SEPARATORS or not low[start - 2 : start - 1].isdigit():
        return False
    if before == b"." or separator:
        return before == b"." or (before == separator and low[start + 3 : start + 4] == separator)
    return before == b"," and low[start - 2 : start] == b"0," and not low[start - 3 : start - 2].isdigit()


def _goes_on(low: bytes, end: int, separator: bytes) -> bool:
    after = low[end : end + 5]
    if separator and after[:1] == separator and len(after) >= 4 and after[1:4].isdigit():
        return not after[4:5].isdigit()
    return _ANOTHER_SCALE.match(low, end) is not None
