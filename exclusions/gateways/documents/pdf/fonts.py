"""What the codes of a PDF's strings mean in a font, by every account that the file gives of it.

A font may say twice which letter a code is: by what it is drawn as (its encoding, the names of its glyphs) and by what
a program shall copy (/ToUnicode). Where the two differ, both are read, and a person has to look.
"""

import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from exclusions.gateways.documents.pdf.glyphs import said_by_codes, said_by_glyph

_MOST_CODES = 70_000  # of one font
_LONGEST = 8  # letters that one code stands for
_BEGIN = re.compile(rb"beginbf(char|range)")
_CHAR = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>\s*(?:<([0-9A-Fa-f\s]*)>|\[([^\]]*)\])")
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
# Encodings of composite fonts that are a coding of text: their names in PDF, and Python's.
_CODED = (
    ("UCS2", "utf-16-be"), ("UTF16", "utf-16-be"), ("GBK", "gb18030"), ("GB-", "gb18030"), ("ETen", "big5"),
    ("B5", "big5"), ("HKscs", "big5hkscs"), ("RKSJ", "shift_jis"), ("EUC", "euc_jp"), ("KSC", "cp949"),
)  # fmt: skip
_PLAIN = re.compile(r"[A-Za-z0-9]")


class Font:
    """A font: `copied_text` decodes a string as a program copies it, `drawn` as it is drawn, if the file tells that."""

    def __init__(self, font: Any) -> None:
        """Take up a font dictionary; what is damaged in it says nothing."""
        self.is_composite = font.get("/Subtype") == "/Type0"
        told = font.get("/ToUnicode")
        self._copied = dict(_mapped(_bytes_of(told))) if isinstance(told, pikepdf.Stream) else {}
        encoding = font.get("/Encoding")
        self._codec = _codec(str(encoding)) if self.is_composite and isinstance(encoding, pikepdf.Name) else ""
        self._shown = {} if self.is_composite else _drawn_codes(font, encoding)
        self._is_type3 = font.get("/Subtype") == "/Type3"
        self.differs = any(
            _PLAIN.search(letter + self._shown[code]) and letter.casefold() != self._shown[code].casefold()
            for code, letter in self._copied.items()
            if code in self._shown
        )

    def copied_text(self, data: bytes) -> str:
        """Return the text that a program copies from a string."""
        if self.is_composite and not self._copied and self._codec:
            return data.decode(self._codec, "replace")
        codes = self._codes(data)
        return "".join(self._copied.get(code) or self._shown.get(code, "") for code in codes)

    def drawn(self, data: bytes) -> str:
        """Return a string as it is shown; as a program copies it, where nothing else is known."""
        if self.is_composite:
            return data.decode(self._codec, "replace") if self._codec else self.copied_text(data)
        return "".join(self._shown.get(code) or self._copied.get(code, "") for code in data)

    def is_sure(self, data: bytes) -> bool:
        """Whether what a program copies of a string may be taken for what is shown.

        Most programs write fonts with one account alone, the copied one: a mark on each of their pages would be a mark
        that nobody reads. Such a font counts as sure where each code has a letter.
        """
        if self.differs or self._is_type3:
            return False
        known = self._shown or self._copied
        return bool(self._codec) or all(code in known for code in self._codes(data))

    def _codes(self, data: bytes) -> Iterator[int]:
        if not self.is_composite:
            return iter(data)
        return (int.from_bytes(data[place : place + 2], "big") for place in range(0, len(data), 2))


def _bytes_of(stream: pikepdf.Stream) -> bytes:
    try:
        return stream.read_bytes()
    except pikepdf.PikepdfError:
        return b""


def _codec(name: str) -> str:
    return next((codec for part, codec in _CODED if part in name), "")


def _is_embedded(font: Any) -> bool:
    below = font.get("/DescendantFonts")
    holders = [font, *(below if isinstance(below, pikepdf.Array) else ())]
    described = [holder.get("/FontDescriptor") for holder in holders if isinstance(holder, pikepdf.Dictionary)]
    keys = ("/FontFile", "/FontFile2", "/FontFile3")
    return any(key in told for told in described if isinstance(told, pikepdf.Dictionary) for key in keys)


def _drawn_codes(font: Any, encoding: Any) -> dict[int, str]:
    """Return the letter that a simple font draws for each code, if its encoding names one."""
    shown: dict[int, str] = {}
    base = encoding.get("/BaseEncoding") if isinstance(encoding, pikepdf.Dictionary) else encoding
    if isinstance(base, pikepdf.Name):
        shown |= said_by_codes(str(base))
    elif not _is_embedded(font) and font.get("/Subtype") != "/Type3":
        shown |= said_by_codes("/StandardEncoding")
    differences: Any = encoding.get("/Differences") if isinstance(encoding, pikepdf.Dictionary) else None
    code = 0
    items: list[Any] = list(differences) if isinstance(differences, pikepdf.Array) else []
    for item in items:
        if isinstance(item, pikepdf.Name):
            letter = said_by_glyph(str(item))
            shown.pop(code, None)
            if letter is not None:
                shown[code] = letter
            code += 1
        elif isinstance(item, int):
            code = int(item)
    return shown


def _mapped(cmap: bytes) -> Iterator[tuple[int, str]]:
    """Yield (code, text) of a /ToUnicode map, at most as many as a font has."""
    count = 0
    begin = _BEGIN.search(cmap)
    while begin and (end := cmap.find(b"endbf", begin.end())) >= 0:
        section = cmap[begin.end() : end]
        for code, letter in _chars(section) if begin[1] == b"char" else _ranges(section):
            count += 1
            if count > _MOST_CODES:
                return
            yield code, letter
        begin = _BEGIN.search(cmap, end)


def _chars(section: bytes) -> Iterator[tuple[int, str]]:
    for found in _CHAR.finditer(section):
        yield _number(found[1]), _text(found[2])


def _ranges(section: bytes) -> Iterator[tuple[int, str]]:
    for found in _RANGE.finditer(section):
        first, last = _number(found[1]), _number(found[2])
        last = min(last, first + _MOST_CODES)
        if found[4] is not None:
            yield from zip(range(first, last + 1), map(_text, _HEX.findall(found[4])), strict=False)
            continue
        text = _text(found[3])
        for code in range(first, last + 1) if text else ():
            letter = ord(text[-1]) + code - first
            yield code, text[:-1] + (chr(letter) if letter < 0x110000 else "")


def _number(digits: bytes) -> int:
    return int(b"".join(digits.split())[:8] or b"0", 16)


def _text(digits: bytes) -> str:
    plain = b"".join(digits.split()).decode()
    return bytes.fromhex(plain + "0" * (len(plain) % 2)).decode("utf-16-be", "replace")[:_LONGEST]
