"""Text of a file whose coding nobody states: UTF-8, UTF-16 or Windows-1252, as far as the bytes decide."""

import codecs
import re

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BEGINNING = 400


class NotText(ValueError):
    """Bytes that are no text in any of the codings."""


def decoded(content: bytes) -> str:
    """Return the text of a file. Raises NotText where its bytes are no text, or do not say which.

    A mark at the beginning goes first; zero bytes at every other place are UTF-16; what is not UTF-8 is Windows-1252,
    of which Latin-1 is a part where letters are concerned, if it has no byte that this leaves unused.
    """
    for coding in _codings(content):
        try:
            text = content.decode(coding)
        except UnicodeDecodeError:
            continue
        if not _CONTROLS.search(text):
            return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    raise NotText


def _codings(content: bytes) -> tuple[str, ...]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    begins = content[:_BEGINNING]
    if b"\0" in begins:
        even, odd = begins[::2].count(0), begins[1::2].count(0)
        if min(even, odd) or max(even, odd) < len(begins) / 4:
            raise NotText
        return ("utf-16-le",) if odd else ("utf-16-be",)
    return "utf-8-sig", "cp1252"
