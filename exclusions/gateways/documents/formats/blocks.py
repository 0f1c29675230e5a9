"""What a picture's file holds besides its picture: stretches of bytes, each with what it is."""

import re
import zlib
from collections.abc import Iterable, Iterator

# A place, as a person would call it, and the bytes there.
Block = tuple[str, bytes]
EXIF, XMP, IPTC, COMMENTS, TEXT = "EXIF", "XMP", "IPTC", "comments", "text beside the picture"
PROFILE, BEHIND, OTHER = "colour profile", "bytes after the picture", "other data of the picture"
MOST = 8_000_000  # bytes of such data that are read of one picture
_LEAST = 4  # characters in a row that may be a word

_SEEN = re.compile(rf"[^\x00-\x1f\x7f-\x9f\ufffd]{{{_LEAST},}}")
# In two bytes a character, what is a word: any two bytes make some rare sign or other.
_WIDE = re.compile(rf"[\x20-\x7e\xa0-\u1fff\u2010-\u2044\u20a0-\u20bf\u3040-\u30ff\uac00-\ud7a3]{{{_LEAST},}}")
_WIDE_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")


_NOTICE = re.compile(r"copyright|\(c\)|\u00a9|trademark|licen[cs]e|rights reserved|https?:", re.IGNORECASE)


class UnreadPicture(ValueError):
    """A picture of a kind that is not known, damaged, or with more beside it than is read."""


def unpacked(data: bytes) -> bytes:
    """Return what zlib packed; raise UnreadPicture where it is damaged or more than MOST."""
    packed = zlib.decompressobj()
    try:
        found = packed.decompress(data, MOST)
    except zlib.error as error:
        raise UnreadPicture("It is damaged.") from error
    if packed.unconsumed_tail:
        raise UnreadPicture("It unpacks to more than is read.")
    return found


def runs(data: bytes) -> Iterator[str]:
    """Yield what may be words among bytes of any kind: in UTF-8, Latin-1, and two bytes a character."""
    yield from _SEEN.findall(data.decode("utf-8", "replace"))
    if not data.isascii():
        yield from (run for run in _SEEN.findall(data.decode("latin-1")) if not run.isascii())
    if b"\0" in data or not data.isascii():
        for shift in (0, 1):
            for order in ("le", "be"):
                wide = data[shift:].decode(f"utf-16-{order}", "replace")
                yield from _WIDE.findall(wide)
                yield from filter(_is_chinese, _WIDE_CHINESE.findall(wide))


def _is_chinese(run: str) -> bool:
    """Whether it is no text of one byte a letter, nor of two beginning at the second, that was read two by two."""
    pairs = run.encode("utf-16-le")
    return any(pairs[::2]) and any(byte < 0x20 or byte > 0x7E for byte in pairs)


def besides_notices(words: Iterable[str]) -> Iterator[str]:
    """Yield words but for the notices of makers: every colour profile and font names its company."""
    return (said for said in words if not _NOTICE.search(said))


def bounded(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks; raise UnreadPicture when they are more than is read of one picture."""
    size = 0
    for place, block in blocks:
        size += len(block) - block.count(0)
        if size > MOST:
            raise UnreadPicture("It holds more beside the picture than is read.")
        if block:
            yield place, block
