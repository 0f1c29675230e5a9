"""What a glyph's name says: "one" is 1, "adieresis" ä (Adobe Glyph List), and what the codes of an encoding say."""

import re
import unicodedata
from functools import lru_cache

CODECS = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman", "/StandardEncoding": "latin-1"}
_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_SIGNS = {
    "space": " ", "exclam": "!", "quotedbl": '"', "numbersign": "#", "dollar": "$", "percent": "%", "ampersand": "&",
    "quotesingle": "'", "quoteright": "'", "quoteleft": "'", "parenleft": "(", "parenright": ")", "asterisk": "*",
    "plus": "+", "comma": ",", "hyphen": "-", "minus": "-", "endash": "-", "emdash": "-", "period": ".", "slash": "/",
    "colon": ":", "semicolon": ";", "less": "<", "equal": "=", "greater": ">", "question": "?", "at": "@",
    "bracketleft": "[", "bracketright": "]", "underscore": "_", "bar": "|", "bullet": "\u2022", "Euro": "\u20ac",
    "germandbls": "\u00df", "ae": "\u00e6", "AE": "\u00c6", "oslash": "\u00f8", "Oslash": "\u00d8", "dotlessi": "i",
    "fi": "fi", "fl": "fl", "ff": "ff", "ffi": "ffi", "ffl": "ffl", "nbspace": " ", "sterling": "\u00a3",
    "yen": "\u00a5", "cent": "\u00a2", "section": "\u00a7", "degree": "\u00b0", "multiply": "\u00d7",
}  # fmt: skip
_ACCENTS = {
    "grave": "GRAVE", "acute": "ACUTE", "circumflex": "CIRCUMFLEX", "tilde": "TILDE", "dieresis": "DIAERESIS",
    "ring": "RING ABOVE", "cedilla": "CEDILLA", "caron": "CARON", "macron": "MACRON", "breve": "BREVE",
    "ogonek": "OGONEK", "dotaccent": "DOT ABOVE", "hungarumlaut": "DOUBLE ACUTE",
}  # fmt: skip
_NUMBERED = re.compile(r"(?:uni|u)([0-9A-F]{4,6})")
_ACCENTED = re.compile(rf"([A-Za-z])({'|'.join(_ACCENTS)})")


@lru_cache(maxsize=4096)
def said_by_glyph(name: str) -> str | None:
    """Return the text that a glyph of this name shows; None for a name that says nothing, such as "g23"."""
    plain = name.lstrip("/").partition(".")[0]
    if len(plain) == 1:
        return plain
    if plain in _DIGITS:
        return str(_DIGITS.index(plain))
    if plain in _SIGNS:
        return _SIGNS[plain]
    if numbered := _NUMBERED.fullmatch(plain):
        code = int(numbered[1], 16)
        return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else None
    if accented := _ACCENTED.fullmatch(plain):
        letter, case = accented[1], "CAPITAL" if accented[1].isupper() else "SMALL"
        try:
            return unicodedata.lookup(f"LATIN {case} LETTER {letter.upper()} WITH {_ACCENTS[accented[2]]}")
        except KeyError:
            return None
    return None


@lru_cache(maxsize=8)
def said_by_codes(encoding: str) -> dict[int, str]:
    """Return what each code of a named encoding shows, what is no letter left out."""
    codec = CODECS.get(encoding, "latin-1")
    shown = {code: bytes((code,)).decode(codec, "ignore") for code in range(0x20, 0x100)}
    return {code: letter for code, letter in shown.items() if letter.isprintable()}
