"""EMF and WMF ([MS-EMF], [MS-WMF]) as words: texts that are drawn, comments, descriptions, names of fonts."""

import struct
from collections import defaultdict
from collections.abc import Iterator

from exclusions.gateways.documents.formats.blocks import UnreadPicture, runs

DRAWN, COMMENT, DESCRIPTION, OTHER = "drawn text", "comments", "description", "other data of the drawing"
_PLACEABLE = b"\xd7\xcd\xc6\x9a"
_EMF_COMMENT, _EMF_TEXTS, _EMF_POLY, _EMF_SMALL = 70, (83, 84), (96, 97), 108
# Records of EMF that hold numbers, pixels or nothing: lines, shapes, pens, brushes, regions, states, bitmaps.
_EMF_DRAWN = frozenset((*range(2, 70), *range(71, 82), *range(85, 96), *range(98, 104), 114, 115, 116, 118, 119, 120))
_WMF_TEXT, _WMF_EXT_TEXT, _WMF_ESCAPE, _WMF_FONT = 0x0521, 0x0A32, 0x0626, 0x02FB
_GLYPHS, _NO_RECTANGLE, _SMALL_CHARACTERS, _RECTANGLE = 0x10, 0x100, 0x200, 0x06

Words = Iterator[tuple[str, str]]


def is_emf(data: bytes) -> bool:
    """Say whether these bytes begin as an EMF does."""
    return data[:4] == b"\1\0\0\0" and data[40:44] == b" EMF"


def is_wmf(data: bytes) -> bool:
    """Say whether these bytes begin as a WMF does."""
    return data.startswith((_PLACEABLE, b"\1\0\x09\0\0\x03", b"\1\0\x09\0\0\x01", b"\2\0\x09\0\0\x03"))


def emf_words(data: bytes) -> Words:
    """Yield (where, what it says) of an EMF; raise UnreadPicture when it is damaged."""
    lines: dict[int, list[str]] = defaultdict(list)
    place = 0
    while place + 8 <= len(data):
        kind, size = struct.unpack_from("<II", data, place)
        record = data[place : place + size]
        if size < 8 or len(record) < size:
            raise UnreadPicture("It is damaged.")
        place += size
        if kind in _EMF_TEXTS or kind in _EMF_POLY or kind == _EMF_SMALL:
            for line, said in _drawn(kind, record):
                lines[line].append(said)
        elif kind == 1:
            yield from _described(record)
        elif kind == _EMF_COMMENT:
            yield COMMENT, "\n".join(runs(record[12:]))
        elif kind == 14:
            break
        elif kind not in _EMF_DRAWN:
            yield OTHER, "\n".join(runs(record[8:]))
    else:
        raise UnreadPicture("It is cut off.")
    yield from _lines(lines)
    yield OTHER, "\n".join(runs(data[place:]))


def wmf_words(data: bytes) -> Words:
    """Yield (where, what it says) of a WMF; raise UnreadPicture when it is damaged."""
    lines: dict[int, list[str]] = defaultdict(list)
    place = 40 if data.startswith(_PLACEABLE) else 18
    while place + 6 <= len(data):
        words, kind = struct.unpack_from("<IH", data, place)
        record = data[place : place + 2 * words]
        if words < 3 or len(record) < 2 * words:
            raise UnreadPicture("It is damaged.")
        place += 2 * words
        if kind == _WMF_TEXT:
            length, *_ = _numbers("<H", record, 6)
            line, *_ = _numbers("<h", record, 8 + length + length % 2)
            lines[line].append(_narrow(record[8 : 8 + length]))
        elif kind == _WMF_EXT_TEXT:
            line, _, length, options = _numbers("<hhHH", record, 6)
            begin = 22 if options & _RECTANGLE else 14
            lines[line].append(_narrow(record[begin : begin + length]))
        elif kind == _WMF_ESCAPE:
            yield COMMENT, "\n".join(runs(record[10:]))
        elif kind == _WMF_FONT:
            yield OTHER, "\n".join(runs(record[24:]))
        elif not kind:
            break
    else:
        raise UnreadPicture("It is cut off.")
    yield from _lines(lines)
    yield OTHER, "\n".join(runs(data[place:]))


def _described(record: bytes) -> Words:
    length, place = _numbers("<II", record, 60)
    yield DESCRIPTION, record[place : place + 2 * length].decode("utf-16-le", "replace").replace("\0", "\n")
    yield OTHER, "\n".join(runs(record[88:]))


def _drawn(kind: int, record: bytes) -> Iterator[tuple[int, str]]:
    """Yield the height on the page and the text of each text that a record draws."""
    if kind == _EMF_SMALL:
        line, length, options = _numbers("<iII", record, 12)
        begin = 36 if options & _NO_RECTANGLE else 52
        if not options & _GLYPHS:
            yield line, _text(record, begin, length, wide=not options & _SMALL_CHARACTERS)
        return
    first, count = (36, 1) if kind in _EMF_TEXTS else (40, min(_numbers("<L", record, 36)[0], len(record) // 40))
    for number in range(count):
        _, line, length, begin, options = _numbers("<iiIII", record, first + 40 * number)
        if not options & _GLYPHS:  # numbers of a font's drawings: a person has to look
            yield line, _text(record, begin, length, wide=kind in (84, 97))


def _text(record: bytes, begin: int, length: int, *, wide: bool) -> str:
    if wide:
        return record[begin : begin + 2 * length].decode("utf-16-le", "replace")
    return _narrow(record[begin : begin + length])


def _narrow(said: bytes) -> str:
    """Return a text of one byte a letter; where it may be Chinese, in both readings."""
    latin = said.decode("cp1252", "replace")
    return latin if said.isascii() else f"{latin}\n{said.decode('gb18030', 'replace')}"


def _lines(lines: dict[int, list[str]]) -> Words:
    """Yield the texts of each height as one, then piece by piece: a word may be drawn in pieces."""
    for said in lines.values():
        yield DRAWN, "".join(said)
        if len(said) > 1:
            yield DRAWN, "\n".join(said)


def _numbers(form: str, record: bytes, place: int) -> tuple[int, ...]:
    try:
        return struct.unpack_from(form, record, place)
    except struct.error as error:
        raise UnreadPicture("It is damaged.") from error
