"""The words in a file and what it tells besides them, for the leak check: text under a black box is text all the same.

pypdf reads PDF: pure Python, so a hostile file can do no more than raise, and it takes the text from the drawing
commands, whatever is painted over it. Word and Excel files are read as the XML that they are.
"""

import io
import logging
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import pypdf
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse
from PIL import ExifTags, Image
from pypdf.errors import PyPdfError

from exclusions.gateways.documents.inspection import CSV, DOCX, JPEG, PDF, PNG, TXT, XLSX

MAX_TEXT = 20_000_000  # characters
MAX_PAGES = 2_000
# What an office file tells about who made it, and where.
PROPERTIES = ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml")
_OFFICE_TEXT = re.compile(r"(word|xl)/(?!theme|styles|settings|fontTable|webSettings|_rels|calcChain).*\.xml")
_BREAKS = frozenset({"p", "tr", "br", "tab", "si", "row", "c", "v", "comment"})
# pypdf tells of every oddity of a file; an upload's oddities are no news of ours, and may quote its text.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class Reading:
    """What a file says: its text, and its metadata as {name: value}. `whole` is false where some was not readable."""

    text: str = field(repr=False)
    metadata: dict[str, str] = field(repr=False, default_factory=dict)
    whole: bool = True


def read_content(content_type: str, content: bytes | BinaryIO) -> Reading:
    """Return the text and metadata of an accepted file. What cannot be read leaves `whole` false and raises nothing.

    Only a lack of memory raises. Call it where a limit ends it: see `parsing`.
    """
    readers = {PDF: _pdf, DOCX: _office, XLSX: _office, PNG: _image, JPEG: _image, TXT: _plain, CSV: _plain}
    reader = next((reader for kind, reader in readers.items() if kind.content_type == content_type), None)
    if reader is None:
        return Reading("", whole=False)
    stream = io.BytesIO(content) if isinstance(content, bytes) else content
    stream.seek(0)
    try:
        return reader(stream)
    except MemoryError:
        raise  # a limit, and no damage of the file
    # A damaged file raises whatever its damage meets deep inside a parser; to us it is a file that cannot be read.
    except Exception:
        return Reading("", whole=False)


def _plain(stream: BinaryIO) -> Reading:
    data = stream.read(MAX_TEXT)
    try:
        return Reading(data.decode("utf-8-sig")[:MAX_TEXT])
    except UnicodeDecodeError:
        return Reading(data.decode("cp1252", errors="replace")[:MAX_TEXT])


def _pdf(stream: BinaryIO) -> Reading:
    reader = pypdf.PdfReader(stream)
    told = {key.lstrip("/"): str(value) for key, value in (reader.metadata or {}).items() if value}
    parts: list[str] = []
    size, whole = 0, len(reader.pages) <= MAX_PAGES
    for page in reader.pages[:MAX_PAGES]:
        try:
            parts += [page.extract_text(), *_annotations(page)]
        except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            whole = False
            continue
        size += len(parts[-1])
        if size > MAX_TEXT:
            whole = False
            break
    parts += [str(value) for value in (reader.get_form_text_fields() or {}).values() if value]
    root: Any = reader.trailer["/Root"].get_object()
    xmp = root.get("/Metadata")
    if xmp is not None:
        told["XMP"] = " ".join(re.sub(r"<[^>]*>", " ", xmp.get_object().get_data().decode("utf-8", "replace")).split())
    return Reading("\n".join(parts)[:MAX_TEXT], told, whole)


def _annotations(page: Any) -> Iterator[str]:
    for reference in page.get("/Annots") or ():
        note = reference.get_object()
        yield from (str(note[key]) for key in ("/Contents", "/T", "/RC") if key in note)


def _office(stream: BinaryIO) -> Reading:
    told: dict[str, str] = {}
    parts: list[str] = []
    size, whole = 0, True
    with zipfile.ZipFile(stream) as archive:
        for name in archive.namelist():
            try:
                if name in PROPERTIES:
                    told |= {key: text for key, text in _properties(archive, name) if text}
                elif _OFFICE_TEXT.fullmatch(name) and size < MAX_TEXT:
                    parts.append("".join(_xml_words(archive, name)))
                    size += len(parts[-1])
            except (ParseError, DefusedXmlException, zipfile.BadZipFile):
                whole = False
    return Reading("\n".join(parts)[:MAX_TEXT], told, whole)


def _xml_words(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    with archive.open(name) as part:
        for _, element in iterparse(part, forbid_dtd=True):
            tag = element.tag.rpartition("}")[2]
            if element.text and tag in ("t", "v", "f", "delText", "instrText"):
                yield element.text
            if tag in _BREAKS:
                yield "\n"
            element.clear()


def _properties(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[str, str]]:
    with archive.open(name) as part:
        for _, element in iterparse(part, forbid_dtd=True):
            yield element.tag.rpartition("}")[2], (element.text or "").strip()


def _image(stream: BinaryIO) -> Reading:
    with Image.open(stream) as image:
        told = {str(key): str(value) for key, value in image.info.items() if isinstance(value, str)}
        for tag, value in image.getexif().items():
            told[str(ExifTags.TAGS.get(tag, tag))] = _readable(value)
    return Reading("", told)


def _readable(value: Any) -> str:
    if isinstance(value, bytes):
        return value.replace(b"\0", b"").decode("utf-8", "replace")
    return str(value)
