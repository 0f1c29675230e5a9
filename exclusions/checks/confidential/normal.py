"""The normal form in which confidential values and public texts are compared, and the way back to the words as written.

Case, accents, look-alike letters, full-width and foreign digits, dashes, quotes, HTML entities and unseen characters
make no difference in it. Most of a text is ASCII and left to the interpreter's own loops; the rest is taken up by hand.
"""

import html
import re
import unicodedata
from bisect import bisect_left, bisect_right
from functools import lru_cache

from exclusions.checks.confidential.lookalikes import LETTERS, SIGNS

_ENTITY = r"(?:amp;)*(?:#[0-9]{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};)"
# Scripts that set few words apart (Chinese, Japanese, Korean, Thai); with them, those that have no capitals. No digits.
_RUNNING = (
    r"\u0e01-\u0e4f\u0e81-\u0ecf\u1100-\u11ff\u3005-\u3007\u3040-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
_CASELESS = rf"{_RUNNING}\u0590-\u065f\u066e-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_ODD = re.compile(
    rf"[&\x80-\U0010ffff](?:(?<=&){_ENTITY}|(?<=[{_CASELESS}])[{_CASELESS}]*|(?<![&{_CASELESS}])[^\x00-\x7f{_CASELESS}]*)"
)
_AGAIN = re.compile(r"&(?:amp;)+(?=.)")  # an entity whose ampersand is written as an entity
_LINE_END = r"[-\u00ad\u058a\u2010-\u2015\u2212\uff0d](?:[ \t]{0,8}\r?\n[ \t]{0,80})"
LINE_END = re.compile(_LINE_END)  # a word hyphenated there goes on in the next line
_ODD_OR_LINE_END = re.compile(rf"{_LINE_END}|{_ODD.pattern}")
_APART = re.compile(f"[{_CASELESS}]")
_OF_RUNNING = re.compile(f"[{_RUNNING}]+")
_ACCENTS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff]+")
_DIGIT = re.compile(r"(?![0-9])\d")
_NO_WORD = re.compile(r"[^\w\x00-\x7f]")
_INNER_BYTE = re.compile(rb"[\x80-\xbf]")  # a letter has one byte more
_WORD = re.compile(rb"[^ ]+")
RUNNING = re.compile(rb"[\x80-\xff][\x80-\xff ]+")  # in normal form: words of such a script, or of another beyond ASCII
# Bytes from 0x80 on are parts of letters: the rest has become a space by then.
_SPACES = bytes(code if code >= 0x80 or chr(code).isalnum() else 0x20 for code in range(256))
_FRACTIONS = "\u00bc\u00bd\u00be"
# What is set high: behind a figure it is the number of a footnote or a power, and no digit of it.
_RAISED = re.compile(
    "[\u00aa\u00b2\u00b3\u00b9\u00ba\u02b0-\u02b8\u02e0-\u02e4\u1d2c-\u1d6a\u1d78\u1d9b-\u1dbf\u2070-\u207f]"
)
_RAISED_WITHIN = re.compile(rf"(?<=\d){_RAISED.pattern}")
_LETTERS = bytes(0x20 if code == 0x20 else 0x61 for code in range(256))
_SHORT = 16


class Normal:
    """A text in normal form: `low` with its punctuation, `tokens` the words of it, both as UTF-8.

    Positions are those of bytes in `low`; `written` leads back to the text as it was given. `is_ascii` says whether the
    normal form has no other letters. With `closed`, words that
    are hyphenated at a line end are one word.
    """

    def __init__(self, text: str, *, closed: bool = False) -> None:
        self._text = text
        self._from: list[int] = [0]  # from this character of the plain text on …
        self._back: list[int] = [0]  # … count from this character of the text as given
        plain = text if text.isascii() and "&" not in text and not closed else self._plain(text, closed)
        self.is_ascii = plain.isascii()
        self.low = plain.encode().lower()
        self._spaced = self.low.translate(_SPACES)
        self.tokens = self._spaced.split()
        self._starts: list[int] | None = None
        self._inner: list[int] | None = None

    def span(self, first: int, stop: int) -> tuple[int, int]:
        """Return where the tokens from `first` to before `stop` begin and end in `low`."""
        starts = self._places()
        return starts[first], starts[stop - 1] + len(self.tokens[stop - 1])

    def has_word_of(self, letters: int) -> bool:
        """Whether some word may have so many letters or more; quick, for texts that have none."""
        return b"a" * letters in self._spaced.translate(_LETTERS)

    def between(self, place: int) -> bytes:
        """Return what stands between this token and the next one."""
        starts = self._places()
        return self.low[starts[place] + len(self.tokens[place]) : starts[place + 1]] if place >= 0 else b""

    def written(self, start: int, end: int) -> tuple[int, int]:
        """Return where the bytes from `start` to `end` of `low` stand in the text as it was given."""
        return self._given(start), self._given(end)

    def is_capital(self, place: int) -> bool:
        """Whether a byte of `low` is a capital letter in the text as it was given."""
        given = self._given(place)
        return self._text[given : given + 1].isupper()

    def _places(self) -> list[int]:
        if self._starts is None:
            self._starts = [match.start() for match in _WORD.finditer(self._spaced)]
        return self._starts

    def _given(self, place: int) -> int:
        if not self.is_ascii:
            if self._inner is None:
                self._inner = [match.start() for match in _INNER_BYTE.finditer(self.low)]
            place -= bisect_left(self._inner, place)
        known = bisect_right(self._from, place) - 1
        return min(self._back[known] + place - self._from[known], len(self._text))

    def _plain(self, text: str, closed: bool) -> str:
        parts: list[str] = []
        done = length = 0
        for match in (_ODD_OR_LINE_END if closed else _ODD).finditer(text):
            start, end = match.span()
            plain, apart = _resolved(match[0]) if end - start <= _SHORT else _resolve(match[0])
            if _RAISED.match(match[0]) and text[start - 1 : start].isdecimal():
                plain = f"^{plain}"
            if match[0] in _FRACTIONS and not text[start - 1 : start].isdigit():
                plain = f"0{plain}"
            parts += text[done:start], plain
            length += start - done
            if apart:
                self._know(length + 1, start)
            length += len(plain)
            if len(plain) != end - start:
                self._know(length, end)
            done = end
        return "".join((*parts, text[done:]))

    def _know(self, place: int, given: int) -> None:
        self._from.append(place)
        self._back.append(given)


def plain_words(text: str) -> list[str]:
    """Return the words of a text in lower case without accents or punctuation, look-alike letters as plain ones."""
    return [token.decode() for token in Normal(text).tokens]


def _resolve(odd: str) -> tuple[str, bool]:
    """Return the plain form of a run of characters beyond ASCII, of an HTML entity, or of a hyphen at a line end.

    The second says whether a space was set before and behind.
    """
    if odd[0] == "&":
        odd = html.unescape(_AGAIN.sub("&", odd))
    elif "\n" in odd:
        return "", False
    signs = _RAISED_WITHIN.sub(lambda raised: f"^{raised[0]}", odd).translate(SIGNS)
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", signs)).translate(LETTERS).casefold()
    plain = _DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), _NO_WORD.sub(" ", plain))
    return (f" {plain} ", True) if _APART.match(odd) else (plain, False)


_resolved = lru_cache(maxsize=4096)(_resolve)


def is_running(token: bytes) -> bool:
    """Whether a word in normal form is of a script that sets few words apart."""
    return not token.isascii() and _OF_RUNNING.fullmatch(token.decode()) is not None
