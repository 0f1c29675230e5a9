"""PNG (ISO/IEC 15948): chunks beside the pixels, and what follows the last one."""

import binascii
from collections.abc import Iterator

from exclusions.gateways.documents.formats.blocks import (
    BEHIND,
    EXIF,
    IPTC,
    OTHER,
    PROFILE,
    TEXT,
    XMP,
    Block,
    UnreadPicture,
    unpacked,
)

FIRST_BYTES = b"\x89PNG\r\n\x1a\n"
# Pixels, colours, sizes and the frames of a moving picture: what is drawn.
_DRAWN = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"cICP", b"sBIT", b"bKGD", b"hIST",
    b"pHYs", b"acTL", b"fcTL", b"fdAT",
}  # fmt: skip
_KEPT = _DRAWN | {b"iCCP"}
_XMP = b"XML:com.adobe.xmp"
_RAW = {b"Raw profile type exif": EXIF, b"Raw profile type iptc": IPTC, b"Raw profile type xmp": XMP}


def blocks(data: bytes) -> Iterator[Block]:
    """Yield what a PNG holds beside its pixels; raise UnreadPicture when it is damaged."""
    behind = len(FIRST_BYTES)
    for kind, content, end in _chunks(data):
        behind = end
        if kind == b"eXIf":
            yield EXIF, content
        elif kind == b"iCCP":
            name, _, packed = content.partition(b"\0")
            yield PROFILE, name + b"\n" + unpacked(packed[1:])
        elif kind in (b"tEXt", b"zTXt", b"iTXt"):
            yield from _text(kind, content)
        elif kind not in _DRAWN:
            yield OTHER, content
    yield BEHIND, data[behind:]


def bare(data: bytes) -> bytes:
    """Return the same pixels without anything beside them but how they are drawn."""
    parts, begin = [FIRST_BYTES], len(FIRST_BYTES)
    for kind, _, end in _chunks(data):
        if kind in _KEPT:
            parts.append(data[begin:end])
        begin = end
    return b"".join(parts)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, int]]:
    """Yield the kind, the content and the end of each chunk, the last one included."""
    place = len(FIRST_BYTES)
    while place + 12 <= len(data):
        size, kind = int.from_bytes(data[place : place + 4], "big"), data[place + 4 : place + 8]
        end = place + 12 + size
        if end > len(data):
            raise UnreadPicture("It is damaged.")
        yield kind, b"" if kind in _DRAWN else data[place + 8 : end - 4], end
        if kind == b"IEND":
            return
        place = end


def _text(kind: bytes, content: bytes) -> Iterator[Block]:
    key, _, rest = content.partition(b"\0")
    if kind == b"zTXt":
        rest = unpacked(rest[1:])
    elif kind == b"iTXt":
        is_packed = rest[:1] == b"\x01"
        language, _, behind = rest[2:].partition(b"\0")
        translated, _, said = behind.partition(b"\0")
        rest = unpacked(said) if is_packed else said
        key = b"\n".join(part for part in (key, language, translated) if part)
    if key.partition(b"\n")[0] == _XMP:
        yield XMP, rest
    elif key in _RAW:  # what ImageMagick writes: a length, then the bytes as hexadecimal digits
        try:
            yield _RAW[key], binascii.unhexlify(b"".join(rest.split()[2:]))
        except (binascii.Error, ValueError):
            yield TEXT, rest
    elif kind == b"iTXt":
        yield TEXT, key + b"\n" + rest
    else:
        yield TEXT, (key + b"\n" + rest).decode("latin-1").encode()
        yield TEXT, rest  # what is no Latin-1 though it should be
