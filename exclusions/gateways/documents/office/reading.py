"""The words of Word and Excel files: every part, every text and attribute, the names of parts, what pictures tell.

A part is read for what it holds, whatever its name. One whose kind is not known is read as the bytes that it holds, and
named: nobody can say what else is in it.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO, cast

from exclusions.gateways.documents.drawings import drawing_words
from exclusions.gateways.documents.office import places
from exclusions.gateways.documents.office.attributes import own_words
from exclusions.gateways.documents.office.xml_words import ExpatError, WithEntities, taken_apart, xml_words
from exclusions.gateways.documents.pictures import picture_words
from exclusions.gateways.documents.reading_result import Gathered, Reading

_DEEPEST = 3  # packages in packages
_HEAD = 1024  # bytes
_MEDIA = re.compile(r"(?:word|xl)/media/", re.IGNORECASE)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<|\xff\xfe|\xfe\xff")
_SVG = re.compile(rb"<(?:\w+:)?svg\b")
_PROPERTIES = re.compile(rb"<(?:[\w.-]+:)?(?:coreProperties|Properties)[\s>/]")
_PICTURES = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF8",
    b"II*\0",
    b"MM\0*",
    b"BM",
    b"RIFF",
    b"II+\0",
    b"MM\0+",
    b"\0\0\0\x0cjP",
)
_DRAWINGS = (b"\x01\x00\x00\x00", b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00", b"\x02\x00\x09\x00", b"\x1f\x8b")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_DAMAGE = (
    ExpatError, WithEntities, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError,
    ValueError,
)  # fmt: skip


def read_office(stream: BinaryIO) -> Reading:
    """Return what a Word or Excel file says, by place, its properties, its pictures and what is unknown."""
    package = _Package()
    package.read(stream, "", 0)
    gathered, pictures = package.gathered, package.pictures
    pictured = "" if not pictures else "a picture" if pictures == 1 else f"{pictures} pictures"
    whole = not package.damaged and not package.unknown and gathered.is_whole
    return Reading(gathered.parts(""), package.told, whole, pictured, tuple(package.unknown))


class _Package:
    """What was gathered of a file and of the files within it."""

    def __init__(self) -> None:
        self.gathered = Gathered()
        self.told: dict[str, str] = {}
        self.pictures = 0
        self.unknown: list[str] = []
        self.damaged = False  # or longer than is read
        self.names: set[str] = set()  # of elements and spaces, that were told already

    def read(self, stream: BinaryIO, within: str, depth: int) -> None:
        """Gather the words of every part. Raises BadZipFile."""
        with zipfile.ZipFile(stream) as archive:
            self.gathered.add(places.NAMES, archive.comment.decode("utf-8", "replace"))
            for entry in archive.infolist():
                name = entry.filename
                if own_words(name):
                    self.gathered.add(places.NAMES, f"{taken_apart(name)}\n")
                try:
                    if not entry.is_dir() and not self._part(archive, entry, f"{within}{name}", depth):
                        self.unknown.append(f"{within}{name}")
                except _DAMAGE:
                    self.damaged = True
                    self.unknown.append(f"{within}{name}")
                if not self.gathered.is_whole:
                    return

    def _part(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, depth: int) -> bool:
        """Gather the words of one part; return whether its kind is known."""
        with archive.open(entry) as part:
            head = part.read(_HEAD)
        is_drawing = head.startswith(_DRAWINGS) or bool(_SVG.search(head))
        is_picture = head.startswith(_PICTURES)
        self.pictures += is_drawing or is_picture or bool(_MEDIA.match(name))
        if is_drawing or is_picture:
            return self._picture(entry.filename, archive.read(entry), is_drawing=is_drawing)
        if head.startswith(b"PK\x03\x04"):
            if depth < _DEEPEST:
                self.read(io.BytesIO(archive.read(entry)), f"{name} > ", depth + 1)
            return depth < _DEEPEST
        if _XML.match(head):
            with archive.open(entry) as whole:
                part = cast("BinaryIO", whole)
                if _PROPERTIES.search(head):
                    self.told |= {where: said for where, said in _properties(part, name)}
                else:
                    self._add(xml_words(part, entry.filename, self.names))
            return True
        return self._bytes(archive.read(entry))

    def _picture(self, name: str, data: bytes, *, is_drawing: bool) -> bool:
        """Gather what a picture's file says besides it, and all that a drawing says; return whether it can be read."""
        found = drawing_words(name, data) if is_drawing else picture_words(io.BytesIO(data))
        place = places.DRAWINGS if is_drawing else places.PICTURES
        self._add((place, f"{said}\n") for _, said in found or ())
        return found is not None

    def _bytes(self, data: bytes) -> bool:
        """Gather what a part of another kind holds; return whether it is plain text, and nothing else."""
        try:
            text = data.decode()
            plain = not _CONTROL.search(text)
        except UnicodeDecodeError:
            text, plain = data.decode("utf-8", "replace"), False
        self._add([(places.OTHER, f"{text}\n")])
        if not plain:
            self._add([(places.OTHER, data.decode("utf-16-le", "replace") + "\n")])
        return plain

    def _add(self, words: Iterable[tuple[str, str]]) -> None:
        for where, said in words:
            self.gathered.add(where, said)
            if not self.gathered.is_whole:
                return


def _properties(part: BinaryIO, name: str) -> Iterator[tuple[str, str]]:
    """Yield what the properties of a file say, each under a name of its own."""
    for number, (_, said) in enumerate(xml_words(part, name)):
        if said.strip():
            yield f"{name} {number}", said.strip()
