"""Numbers in other languages: German ("zwei Millionen dreihunderttausend") and Chinese ("一百四十一万")."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from exclusions.checks.confidential.normal import Normal

_ONES = {"ein": 1, "eine": 1, "eins": 1, "einer": 1, "einen": 1, "zwei": 2, "zwo": 2, "drei": 3, "vier": 4, "funf": 5}
_ONES |= {"sechs": 6, "sieben": 7, "acht": 8, "neun": 9}
_TEENS = {"zehn": 10, "elf": 11, "zwolf": 12, "dreizehn": 13, "vierzehn": 14, "funfzehn": 15, "sechzehn": 16}
_TEENS |= {"siebzehn": 17, "achtzehn": 18, "neunzehn": 19}
_TENS = {"zwanzig": 20, "dreissig": 30, "vierzig": 40, "funfzig": 50, "sechzig": 60, "siebzig": 70, "achtzig": 80}
_TENS |= {"neunzig": 90}
_PLAIN = _ONES | _TEENS | _TENS
_HALF = {"anderthalb": Fraction(3, 2), "eineinhalb": Fraction(3, 2)}
_SCALES = {b"million": 6, b"millionen": 6, b"milliarde": 9, b"milliarden": 9}
_GERMAN_SCALES = (b"ine million", b"illionen", b"illiarde")
_UMLAUTS = (("fuenf", "funf"), ("zwoelf", "zwolf"))
_LONGEST = 80  # letters of a number that is written as one word

_SIGNS = ("〇零", "一壹", "二贰貳两兩", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
_DIGITS = {sign: value for value, signs in enumerate(_SIGNS) for sign in signs}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_SECTIONS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_CHINESE = re.compile(b"(?:%b){3,40}" % b"|".join(sign.encode() for sign in (*_DIGITS, *_UNITS, *_SECTIONS)))
_CHINESE_SCALE = tuple(sign.encode() for sign in _SECTIONS)

Said = tuple[int, int, int]  # where it begins and ends in the text's normal form, and its value in hundredths


def in_other_words(text: Normal) -> Iterator[Said]:
    """Yield the numbers that are spelled out in German or Chinese."""
    low = text.low
    if b"tausend" in low or (b"illi" in low and any(part in low for part in _GERMAN_SCALES)):
        yield from _german(text)
    if not text.is_ascii and any(sign in low for sign in _CHINESE_SCALE):
        for found in _CHINESE.finditer(low):
            yield *found.span(), _chinese(found[0].decode()) * 100


def _german(text: Normal) -> Iterator[Said]:
    tokens, done = text.tokens, 0
    for place, token in enumerate(tokens):
        if place < done or not (token in _SCALES or b"tausend" in token):
            continue
        first, stop, value = _around(tokens, place, done)
        if value:
            done = stop
            yield *text.span(first, stop), int(value * 100)


def _around(tokens: Sequence[bytes], place: int, least: int) -> tuple[int, int, Fraction]:
    """Return the first word, the end and the value of a number that a word tells of; nought where it is none."""
    power = _SCALES.get(tokens[place])
    if power is None:
        return place, place + 1, Fraction(_value(tokens[place]) or 0)
    times = _times(tokens[place - 1]) if place > least else None
    if times is None:
        return place, place + 1, Fraction(0)
    stop = place + 1 + (tokens[place + 1 : place + 2] == [b"und"])
    rest = _value(tokens[stop]) if stop < len(tokens) else None
    return place - 1, stop + 1 if rest else place + 1, times * 10**power + (rest or 0)


def _times(token: bytes) -> Fraction | None:
    word = _word(token)
    if word in _HALF or not word.endswith("einhalb"):
        value = _value(token)
        return _HALF.get(word) or (Fraction(value) if value else None)
    whole = _PLAIN.get(word.removesuffix("einhalb"))
    return Fraction(2 * whole + 1, 2) if whole else None


def _value(token: bytes) -> int | None:
    """Return what a German word says as a number below a million; None where it is no number."""
    word = _word(token)
    return _below(word, (("tausend", 1000), ("hundert", 100))) if word and len(word) <= _LONGEST else None


def _below(word: str, scales: Sequence[tuple[str, int]]) -> int | None:
    word = word.removeprefix("und") if word != "und" else ""
    if not word:
        return 0
    if not scales:
        ones, und, tens = word.partition("und")
        return _ONES[ones] + _TENS[tens] if und and ones in _ONES and tens in _TENS else _PLAIN.get(word)
    (name, times), below = scales[0], scales[1:]
    before, found, behind = word.partition(name)
    if not found:
        return _below(word, below)
    many, rest = _below(before, below) if before else 1, _below(behind, below)
    return None if many is None or rest is None else many * times + rest


def _word(token: bytes) -> str:
    word = token.decode()
    for written, plain in _UMLAUTS:
        word = word.replace(written, plain)
    return word


def _chinese(signs: str) -> int:
    """Return the value of a number in Chinese signs: digits before their units, these before their ten thousands."""
    total = section = digit = 0
    for sign in signs:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _UNITS:
            section, digit = section + (digit or 1) * _UNITS[sign], 0
        else:
            times = _SECTIONS[sign]
            total = (total + section + digit) * times if times == 10**8 else total + (section + digit) * times
            section = digit = 0
    return total + section + digit
