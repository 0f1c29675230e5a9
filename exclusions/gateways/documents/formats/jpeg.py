"""JPEG (ITU-T T.81): segments before and between the scans, comments, and what follows the end of the picture."""

import re
from collections.abc import Iterator

from PIL import Image

from exclusions.gateways.documents.formats.blocks import (
    BEHIND,
    COMMENTS,
    EXIF,
    IPTC,
    OTHER,
    PROFILE,
    XMP,
    Block,
)

FIRST_BYTES = b"\xff\xd8"
_SOI, _EOI, _SOS, _COM, _JUNK = 0xD8, 0xD9, 0xDA, 0xFE, -1
_ALONE = {0x01, *range(0xD0, 0xD9)}  # markers without a length
_TABLES = {*range(0xC0, 0xD0), _SOS, 0xDB, 0xDC, 0xDD, 0xDE, 0xDF}  # frames, tables, scans: what is drawn
_MARKER = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")  # behind packed pixels
# What a segment begins with, what it is, and how many bytes of it are no content.
_SEGMENTS = (
    (b"Exif\0\0", EXIF, 6),
    (b"http://ns.adobe.com/xap/1.0/\0", XMP, 29),
    (b"http://ns.adobe.com/xmp/extension/\0", XMP + " (extended)", 75),
    (b"Photoshop 3.0\0", IPTC, 14),
    (b"ICC_PROFILE\0", PROFILE, 14),
    (b"JFIF\0", OTHER, 14),
    (b"Adobe", OTHER, 12),
)
_JOINED = (XMP + " (extended)", PROFILE)
# What says how the picture is drawn: JFIF, the colour profile, Adobe's transformation of colours.
_KEPT = ((0xE0, b"JFIF\0"), (0xE2, b"ICC_PROFILE\0"), (0xEE, b"Adobe"))
_ORIENTATION = 0x112

# Marker, where the segment begins and ends, and where its content begins.
_Segment = tuple[int, int, int, int]


def blocks(data: bytes) -> Iterator[Block]:
    """Yield what a JPEG holds beside its pixels."""
    joined: dict[str, list[bytes]] = {}
    end = 0
    for marker, _, content, end in _segments(data):
        if marker in _TABLES or marker in _ALONE or marker == _EOI:
            continue
        place, said = (COMMENTS, data[content:end]) if marker == _COM else _known(data[content:end])
        if place in _JOINED:
            joined.setdefault(place, []).append(said)
        else:
            yield place, said
    for place, pieces in joined.items():
        yield place, b"".join(pieces)
    yield BEHIND, data[end:]


def bare(data: bytes) -> bytes:
    """Return the same pixels without anything beside them but how they are drawn and which side is up."""
    parts = []
    for marker, begin, content, end in _segments(data):
        is_told = marker in (_COM, _JUNK) or 0xE0 <= marker <= 0xEF
        if not is_told or any(marker == kept and data.startswith(mark, content) for kept, mark in _KEPT):
            parts.append(data[begin:end])
        if marker == _SOI:
            parts.append(_turned(data))
    return b"".join(parts)


def _known(segment: bytes) -> Block:
    found = next(((place, segment[skip:]) for mark, place, skip in _SEGMENTS if segment.startswith(mark)), None)
    return found or (OTHER, segment)


def _segments(data: bytes) -> Iterator[_Segment]:
    """Yield every segment up to the end of the picture; packed pixels belong to the segment before them."""
    place = 0
    while place < len(data):
        begin = place
        if data[place] != 0xFF:  # what readers of pictures pass over
            place = data.find(b"\xff", place) if b"\xff" in data[place:] else len(data)
            yield _JUNK, begin, begin, place
            continue
        while place < len(data) and data[place] == 0xFF:
            place += 1
        marker, place = data[place] if place < len(data) else _EOI, place + 1
        if marker == _EOI:
            yield marker, begin, place, place
            return
        end = place if marker in _ALONE else place + max(2, int.from_bytes(data[place : place + 2], "big"))
        content = min(end, place + 2)
        if marker == _SOS:
            behind = _MARKER.search(data, end)
            end = behind.start() if behind else len(data)
        yield marker, begin, content, end
        place = end


def _turned(data: bytes) -> bytes:
    """Return a segment that says which side is up, where the picture says so; it says nothing else."""
    said = next((block for place, block in blocks(data) if place == EXIF), b"")
    exif, kept = Image.Exif(), Image.Exif()
    try:
        exif.load(b"Exif\0\0" + said)
        turn = exif.get(_ORIENTATION) if said else None
    except Exception:  # whatever the damage meets: then nobody turns it
        return b""
    if turn not in range(2, 9):
        return b""
    kept[_ORIENTATION] = turn
    content = kept.tobytes()
    return b"\xff\xe1" + (len(content) + 2).to_bytes(2, "big") + content
