"""GIF, WebP, BMP, JPEG 2000 and TIFF: what they hold beside the picture, and what follows it."""

import io
import warnings
from collections.abc import Iterator

from PIL import Image, TiffImagePlugin

from exclusions.gateways.documents.formats.blocks import (
    BEHIND,
    COMMENTS,
    EXIF,
    OTHER,
    PROFILE,
    TEXT,
    XMP,
    Block,
    UnreadPicture,
)

_TRAILER, _EXTENSION, _FRAME = 0x3B, 0x21, 0x2C  # of GIF89a
_RIFF = {b"EXIF": EXIF, b"XMP ": XMP, b"ICCP": PROFILE}
_RIFF_DRAWN = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"}
_BOXES_DRAWN = {b"jP  ", b"ftyp", b"jp2h", b"jp2c"}
_CODESTREAM = b"\xff\x4f\xff\x51"
_STRIPS = ((273, 279), (324, 325), (513, 514))  # where pixels are, and how many bytes
_MOST_FRAMES = 200


def gif(data: bytes) -> Iterator[Block]:
    """Yield comments, plain texts and data of programs of a GIF, and what follows it."""
    place = 13 + _colours(data[10])
    while place < len(data) and data[place] != _TRAILER:
        if data[place] == _FRAME:
            place = _behind(data, place + 11 + _colours(data[place + 9]))
            continue
        if data[place] != _EXTENSION:
            raise UnreadPicture("It is damaged.")
        label, begin, place = data[place + 1], place + 2, _behind(data, place + 2)
        raw = data[begin:place]
        if raw[1:9] == b"XMP Data":
            yield XMP, raw[12:]
        elif label != 0xF9:
            yield (COMMENTS if label == 0xFE else TEXT if label == 0x01 else OTHER), b"".join(_pieces(raw))
    yield BEHIND, data[place + 1 :]


def webp(data: bytes) -> Iterator[Block]:
    """Yield the chunks of a WebP that are no pixels, and what follows it."""
    last = min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    place = 12
    while place + 8 <= last:
        kind, size = data[place : place + 4], int.from_bytes(data[place + 4 : place + 8], "little")
        if kind not in _RIFF_DRAWN:
            yield _RIFF.get(kind, OTHER), data[place + 8 : place + 8 + size]
        place += 8 + size + size % 2
    yield BEHIND, data[last:]


def bmp(data: bytes) -> Iterator[Block]:
    """Yield what stands in a BMP between its head and its pixels, and behind these."""
    begin, head = int.from_bytes(data[10:14], "little"), int.from_bytes(data[14:18], "little")
    if len(data) < 54 or head < 40:
        raise UnreadPicture("It is of an old kind.")
    width, height = (int.from_bytes(data[at : at + 4], "little", signed=True) for at in (18, 22))
    bits, packed = int.from_bytes(data[28:30], "little"), int.from_bytes(data[30:34], "little")
    row = (abs(width) * bits + 31) // 32 * 4
    size = row * abs(height) if packed in (0, 3, 6) else int.from_bytes(data[34:38], "little")
    colours = 4 * (int.from_bytes(data[46:50], "little") or (1 << bits if bits <= 8 else 0))
    yield OTHER, data[14 + head + colours : begin]
    yield BEHIND, data[begin + size :]


def jpeg_2000(data: bytes) -> Iterator[Block]:
    """Yield the boxes of a JPEG 2000 file that are no pixels, and the comments in its codestream."""
    place = 0
    if data.startswith(_CODESTREAM):
        yield from _comments(data, 0)
        return
    while place + 8 <= len(data):
        size, kind, head = int.from_bytes(data[place : place + 4], "big"), data[place + 4 : place + 8], 8
        if size == 1:
            size, head = int.from_bytes(data[place + 8 : place + 16], "big"), 16
        end = place + size if size else len(data)
        if end < place + head or end > len(data):
            break  # no box: what follows the picture
        if kind == b"jp2c":
            yield from _comments(data, place + head)
        elif kind == b"jp2h":
            yield PROFILE, data[place + head : end]
        elif kind not in _BOXES_DRAWN:
            yield (XMP if b"<x:xmpmeta" in data[place:end] else OTHER), data[place + head : end]
        place = end
    yield BEHIND, data[place:]


def tiff(data: bytes) -> Iterator[Block]:
    """Yield a TIFF without its pixels, which are zeros then: the rest has the form of EXIF data."""
    bare = bytearray(data)
    with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data), formats=("TIFF",)) as image:
        if not isinstance(image, TiffImagePlugin.TiffImageFile) or image.n_frames > _MOST_FRAMES:
            raise UnreadPicture("It has too many pages.")
        for number in range(image.n_frames):
            image.seek(number)
            for begin, end in _strips(image.tag_v2, len(data)):
                bare[begin:end] = bytes(end - begin)
    yield EXIF, bytes(bare)


def _strips(tags: TiffImagePlugin.ImageFileDirectory_v2, size: int) -> Iterator[tuple[int, int]]:
    for starts, sizes in _STRIPS:
        begins, lengths = (each if isinstance(each, tuple) else (each,) for each in map(tags.get, (starts, sizes)))
        for begin, length in zip(begins, lengths, strict=False):
            if begin is not None and length is not None:
                yield min(begin, size), min(begin + length, size)


def _comments(data: bytes, place: int) -> Iterator[Block]:
    """Yield the comments in the head of a JPEG 2000 codestream."""
    place += 2
    while place + 4 <= len(data) and data[place : place + 2] != b"\xff\x90":
        size = int.from_bytes(data[place + 2 : place + 4], "big")
        if data[place] != 0xFF or size < 2:
            raise UnreadPicture("It is damaged.")
        if data[place + 1] == 0x64:
            yield COMMENTS, data[place + 6 : place + 2 + size]
        place += 2 + size


def _colours(flags: int) -> int:
    return 3 * (2 << (flags & 7)) if flags & 0x80 else 0


def _behind(data: bytes, place: int) -> int:
    """Return where a chain of sub-blocks ends."""
    while place < len(data) and data[place]:
        place += 1 + data[place]
    return place + 1


def _pieces(raw: bytes) -> Iterator[bytes]:
    place = 0
    while place < len(raw) and raw[place]:
        yield raw[place + 1 : place + 1 + raw[place]]
        place += 1 + raw[place]
