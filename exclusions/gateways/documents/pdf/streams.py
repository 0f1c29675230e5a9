"""Every stream of a PDF that is no page: what it draws, what it says, or that nobody could read it.

A stream is known by what refers to it or by its own entries. One of a kind that is not known is read both as drawing
commands and as bytes; one whose bytes cannot be had is named.
"""

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from exclusions.gateways.documents.formats.blocks import MOST, besides_notices, runs
from exclusions.gateways.documents.pdf.drawn import Drawn, Fonts, comments, drawn_by
from exclusions.gateways.documents.pdf.fonts import Font
from exclusions.gateways.documents.pdf.names import chosen_names
from exclusions.gateways.documents.pdf.objects import looked_through, spelled
from exclusions.gateways.documents.pdf.pictures import picture_bytes
from exclusions.gateways.documents.pictures import UnreadPicture, picture_words, xmp_words

STAMPS, PATTERNS, LETTERS = "stamps, notes and fields as drawn", "patterns", "letters of fonts"
PARTS, OTHERS, COMMENTS, PICTURES, FONTS = "drawn parts", "other streams", "comments", "data of pictures", "fonts"
_Id = tuple[int, int]
_NO_HEX = re.compile(rb"<[0-9A-Fa-f\s]*>")
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_MASKS = ("/SMask", "/Mask")
_FONT_HEAD = 16_384  # bytes at the start of a font that hold its names
_LEADS_ON = re.compile(rb"/(?:AP|CharProcs|Font|FontFile[23]?|SMask|Mask)\b")
_PACKED = {"/ObjStm", "/XRef"}  # what pikepdf has unpacked already


@dataclass
class Around:
    """What the objects of a PDF say of its streams: {id: …}."""

    drawn: dict[_Id, str] = field(default_factory=dict)  # which are drawing commands, by place
    fonts: set[_Id] = field(default_factory=set)
    masks: set[_Id] = field(default_factory=set)  # which parts of a picture are clear: no pictures of their own
    resources: dict[_Id, Any] = field(default_factory=dict)  # of streams that name none themselves
    names: dict[str, Any] = field(default_factory=dict)  # fonts by the first name that they go by
    pages: set[_Id] = field(default_factory=set)  # streams of pages
    seen: set[_Id] = field(default_factory=set)  # dictionaries of streams that were gone through


class Streams:
    """Reads the streams of a document; `unknown` are those that nobody could read, `names` what somebody chose."""

    def __init__(self, document: pikepdf.Pdf) -> None:
        self._document = document
        self.unknown: list[str] = []
        self.names: set[str] = set()
        self.pictures = 0
        self._around = Around()
        self._known: dict[_Id, Font] = {}
        info = getattr(document.trailer.get("/Info"), "objgen", None)
        for thing in document.objects:
            said = spelled(thing)
            if getattr(thing, "objgen", None) != info:  # whose entries are metadata
                self.names.update(chosen_names(said))
            for inner in looked_through(thing) if _LEADS_ON.search(said) else ():
                _note(inner, self._around)
        for page in document.pages:
            contents = page.obj.get("/Contents")
            for part in contents if isinstance(contents, pikepdf.Array) else (contents,):
                if isinstance(part, pikepdf.Stream):
                    self._around.pages.add(part.objgen)

    def of_page(self, page: pikepdf.Page) -> tuple[Drawn, bytes]:
        """Return what a page's own commands say, and the commands."""
        contents = page.obj.get("/Contents")
        parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        commands = b"\n".join(part.read_bytes() for part in parts if isinstance(part, pikepdf.Stream))
        return drawn_by(page, commands, self._fonts_of(page.obj.get("/Resources"))), commands

    def outside_pages(self) -> Iterator[tuple[str, str]]:
        """Yield (place, words) of every stream that belongs to no page."""
        for thing in self._document.objects:
            if isinstance(thing, pikepdf.Stream) and thing.objgen not in self._around.pages:
                try:
                    yield from self._words_of(thing)
                except (pikepdf.PikepdfError, UnreadPicture, RuntimeError) as error:
                    self._unread(thing, error)

    def pictures_among(self, drawn: Drawn) -> Iterator[tuple[str, str]]:
        """Yield what pictures among drawing commands say besides their pixels."""
        for data in drawn.pictures:
            self.pictures += 1
            begin = data.find(b"\xff\xd8\xff")
            yield PICTURES, "\n".join(runs(data if begin >= 0 else data[: data.find(b"ID")]))

    def _words_of(self, stream: pikepdf.Stream) -> Iterator[tuple[str, str]]:
        kind, subtype = str(stream.get("/Type")), str(stream.get("/Subtype"))
        if kind in _PACKED:
            return
        if subtype == "/Image":
            self.pictures += stream.objgen not in self._around.masks
            yield from self._of_picture(stream)
        elif kind == "/Metadata" or subtype == "/XML":
            yield from ((place, said) for place, said in xmp_words(stream.read_bytes()))
        elif stream.objgen in self._around.fonts:
            yield FONTS, "\n".join(besides_notices(runs(_names_of_font(stream.read_bytes()))))
        elif stream.objgen in self._around.drawn or subtype == "/Form" or "/PatternType" in stream:
            yield from self._drawn(stream, stream.read_bytes(), self._place(stream))
        elif "/FunctionType" not in stream and "/ShadingType" not in stream:
            yield from self._unsorted(stream, stream.read_bytes())
        elif stream.get("/FunctionType") == 4:
            yield OTHERS, "\n".join(runs(stream.read_bytes()))

    def _of_picture(self, stream: pikepdf.Stream) -> Iterator[tuple[str, str]]:
        found = picture_bytes(stream)
        if found is None:
            return
        yield from ((f"{PICTURES}: {place}", said) for place, said in picture_words(io.BytesIO(found)))

    def _unsorted(self, stream: pikepdf.Stream, data: bytes) -> Iterator[tuple[str, str]]:
        """Read a stream of no known kind: a map of letters, a colour profile, or what nobody thought of."""
        if b"begincmap" in data:
            yield FONTS, "\n".join(runs(_NO_HEX.sub(b" ", data)))
            return
        if len(data) > MOST:
            raise UnreadPicture("It is more than is read of a stream of no known kind.")
        if data[36:40] == b"acsp":
            yield OTHERS, "\n".join(besides_notices(runs(data)))
            return
        with suppress(pikepdf.PikepdfError):  # no drawing commands: its bytes are read as they are
            yield from self._drawn(stream, data, OTHERS)
        yield OTHERS, "\n".join(runs(data))

    def _drawn(self, stream: pikepdf.Stream, data: bytes, place: str) -> Iterator[tuple[str, str]]:
        resources = stream.get("/Resources") or self._around.resources.get(stream.objgen)
        drawn = drawn_by(stream, data, self._fonts_of(resources))
        yield from ((place, said) for said in drawn.texts())
        yield COMMENTS, comments(data)
        yield from self.pictures_among(drawn)

    def _place(self, stream: pikepdf.Stream) -> str:
        return self._around.drawn.get(stream.objgen, PATTERNS if "/PatternType" in stream else PARTS)

    def _fonts_of(self, resources: Any) -> Fonts:
        named = resources.get("/Font") if isinstance(resources, pikepdf.Dictionary) else None

        def font(name: str) -> Font | None:
            found = named.get(name) if isinstance(named, pikepdf.Dictionary) else None
            found = found if isinstance(found, pikepdf.Dictionary) else self._around.names.get(name)
            if found is None:
                return None
            if not found.is_indirect:
                return Font(found)
            if found.objgen not in self._known:
                self._known[found.objgen] = Font(found)
            return self._known[found.objgen]

        return font

    def _unread(self, stream: pikepdf.Stream, error: Exception) -> None:
        filters = stream.get("/Filter")
        packed = " ".join(map(str, filters)) if isinstance(filters, pikepdf.Array) else str(filters or "")
        kind = "picture" if stream.get("/Subtype") == "/Image" else "stream"
        self.unknown.append(f"{kind} {stream.objgen[0]} {packed}".strip())


def _note(thing: Any, around: Around) -> None:
    """Note what a dictionary says of streams."""
    for keys, known in ((_FONT_FILES, around.fonts), (_MASKS, around.masks)):
        known.update(thing[key].objgen for key in keys if isinstance(thing.get(key), pikepdf.Stream))
    for stream in _streams_below(thing.get("/AP"), 3, around.seen):
        around.drawn[stream.objgen] = STAMPS
    if thing.get("/Subtype") == "/Type3":
        for stream in _streams_below(thing.get("/CharProcs"), 1, around.seen):
            around.drawn[stream.objgen] = LETTERS
            around.resources.setdefault(stream.objgen, thing.get("/Resources"))
    fonts = thing.get("/Font")
    for name in fonts.keys() if isinstance(fonts, pikepdf.Dictionary) else ():
        if isinstance(fonts[name], pikepdf.Dictionary):
            around.names.setdefault(name, fonts[name])


def _streams_below(thing: Any, depth: int, seen: set[_Id]) -> Iterator[pikepdf.Stream]:
    """Yield the streams in a dictionary and those below it, but for dictionaries that were gone through already."""
    if isinstance(thing, pikepdf.Stream):
        yield thing
    elif isinstance(thing, pikepdf.Dictionary) and depth and thing.objgen not in seen:
        if thing.is_indirect:
            seen.add(thing.objgen)
        for key in thing.keys():  # noqa: SIM118 (a dictionary of pikepdf is no mapping)
            yield from _streams_below(thing[key], depth - 1, seen)


def _names_of_font(data: bytes) -> bytes:
    """Return the part of a font's program that holds names and notices: the table of names, or its beginning."""
    if data[:4] in (b"\0\1\0\0", b"true", b"OTTO", b"ttcf"):
        for place in range(12, min(len(data), 12 + 16 * int.from_bytes(data[4:6], "big")), 16):
            if data[place : place + 4] == b"name":
                begin, size = (int.from_bytes(data[at : at + 4], "big") for at in (place + 8, place + 12))
                return data[begin : begin + size]
        return b""
    return data[:_FONT_HEAD].partition(b"eexec")[0]
