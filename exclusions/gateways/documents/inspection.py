"""What an uploaded file really is, told from its content; its name must agree."""

import codecs
import io
import mmap
import re
import struct
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

import pikepdf
import puremagic
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError

from exclusions.gateways.documents.office.actions import DDE, office_fault
from exclusions.gateways.documents.pdf.actions import pdf_fault

MAX_BYTES = 50_000_000
MAX_FILES = 20
MAX_UNPACKED = 200_000_000
MAX_RATIO = 120
MAX_PARTS = 5_000
MAX_PIXELS = 50_000_000
_PIECE = 1 << 20
_LIKELY = 0.4
_LONGEST_NAME = 100
_ALLOWED = "PDF, PNG, JPEG, TXT, CSV, DOCX or XLSX"


@dataclass(frozen=True)
class FileKind:
    """A kind of file that is accepted: what people call it, its endings and its media type."""

    label: str
    endings: tuple[str, ...]
    content_type: str


PDF = FileKind("a PDF", (".pdf",), "application/pdf")
PNG = FileKind("a PNG image", (".png",), "image/png")
JPEG = FileKind("a JPEG image", (".jpg", ".jpeg"), "image/jpeg")
TXT = FileKind("plain text", (".txt",), "text/plain")
CSV = FileKind("comma-separated text", (".csv",), "text/csv")
_OPENXML = "application/vnd.openxmlformats-officedocument."
DOCX = FileKind("a Word document", (".docx",), _OPENXML + "wordprocessingml.document")
XLSX = FileKind("an Excel workbook", (".xlsx",), _OPENXML + "spreadsheetml.sheet")
KINDS = (PDF, PNG, JPEG, TXT, CSV, DOCX, XLSX)
ACCEPT = ",".join(ending for kind in KINDS for ending in kind.endings)
# Our own first bytes: puremagic gives real PDF and JPEG files a confidence of 0.4 and 0.3, no more than it gives junk.
_FIRST_BYTES = {b"%PDF-": PDF, b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPEG}
_OFFICE_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
# A cell of comma-separated text that starts a program when a spreadsheet opens it.
_DDE_CELL = re.compile(
    rb"(?:^|[,;\t\"])\s{0,9}[=+@-](?:[\w .]{0,50}\||\s{0,9}DDE\s{0,9}\()", re.IGNORECASE | re.MULTILINE
)
_STRANGE = re.compile("[\ufffd\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_MARKUP = re.compile(r"\s*(<\?xml|<!doctype|<html|<svg|<script|<head|<body|#!|%!ps)", re.IGNORECASE)

Data = bytes | mmap.mmap


class FileRefused(ValueError):
    """A file that is not accepted; the message is a sentence that names the file and the remedy."""


@dataclass(frozen=True)
class InspectedFile:
    """An accepted file: the name to show, and the media type of its content."""

    name: str
    content_type: str


def inspect_file(name: str, content: bytes | BinaryIO) -> InspectedFile:
    """Return the shown name and true media type of an upload.

    `name` is what the sender calls it, `content` the whole of it; a file on disk is not read into memory. Raises
    FileRefused when it is empty, too large, of a kind that is not accepted, carries macros, or is not what its name
    says.
    """
    shown = safe_name(name)
    if isinstance(content, bytes):
        return _inspect(shown, content, io.BytesIO(content))
    if not content.seek(0, io.SEEK_END):
        return _inspect(shown, b"", content)
    with mmap.mmap(content.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return _inspect(shown, data, content)


def _inspect(shown: str, data: Data, stream: BinaryIO) -> InspectedFile:
    if not data:
        raise FileRefused(f'"{shown}" is empty. Attach the file again.')
    if len(data) > MAX_BYTES:
        raise FileRefused(f'"{shown}" is larger than {MAX_BYTES // 1_000_000} MB. Reduce it or split it.')
    named = kind_of_name(shown)
    found = _kind_of_content(shown, data, stream)
    if named is None:
        raise FileRefused(f'"{shown}" has no accepted ending. Attach {_ALLOWED} files.')
    if found is TXT and named is CSV:
        found = CSV
    if found is not named:
        raise FileRefused(
            f'"{shown}" is named as {named.label}, but its content is {found.label}. '
            f"Give it the ending {found.endings[0]} or attach the file you meant."
        )
    _refuse_double(shown, found, data, stream)
    return InspectedFile(shown, found.content_type)


def _refuse_double(shown: str, found: FileKind, data: Data, stream: BinaryIO) -> None:
    """Refuse a file that is a second kind as well, one that acts by itself, and a picture too large to open."""
    office = found in (DOCX, XLSX)
    hidden = (not office and zipfile.is_zipfile(stream)) or (found is not PDF and b"%PDF-" in data[:1024])
    if found in (PNG, JPEG):
        tail = data[-65_536:].lower()
        hidden = hidden or any(mark in tail for mark in (b"<script", b"<html", b"<?php", b"<svg"))
        if _pixels(found, data) > MAX_PIXELS:
            raise FileRefused(f'"{shown}" has more than {MAX_PIXELS // 1_000_000} million pixels. Make it smaller.')
    if hidden:
        raise FileRefused(
            f'"{shown}" holds a second file within it, which is not accepted. Save it again under a new name.'
        )
    if found is PDF:
        _refuse_acting_pdf(shown, stream)
    if office:
        _refuse_acting_office(shown, stream)
    if found is CSV and _DDE_CELL.search(data):
        raise FileRefused(f'"{shown}" {DDE}')


def _refuse_acting_pdf(shown: str, stream: BinaryIO) -> None:
    try:
        fault = pdf_fault(stream)
    except pikepdf.PasswordError as error:
        raise FileRefused(
            f'"{shown}" is locked with a password, so nobody can check it. Save it without a password.'
        ) from error
    except (pikepdf.PdfError, ValueError, RecursionError, RuntimeError) as error:
        raise FileRefused(f'"{shown}" is damaged and cannot be opened. Save it again and attach it.') from error
    if fault:
        raise FileRefused(f'"{shown}" {fault}')


def _refuse_acting_office(shown: str, stream: BinaryIO) -> None:
    try:
        with zipfile.ZipFile(stream) as archive:
            fault = office_fault(archive)
    except (
        ParseError,
        DefusedXmlException,
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        zlib.error,
    ) as error:
        raise FileRefused(f'"{shown}" is damaged and cannot be opened. Save it again and attach it.') from error
    if fault:
        raise FileRefused(f'"{shown}" {fault}')


def _pixels(found: FileKind, data: Data) -> int:
    """Return how many pixels a picture claims to have; 0 when it does not say. Nothing is unpacked."""
    if found is PNG:
        width, height = struct.unpack(">II", data[16:24]) if len(data) >= 24 else (0, 0)
        return int(width * height)
    place = 2
    while place + 9 < len(data) and data[place] == 0xFF:
        marker, length = data[place + 1], int.from_bytes(data[place + 2 : place + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(data[place + 5 : place + 7], "big") * int.from_bytes(
                data[place + 7 : place + 9], "big"
            )
        place += 2 + max(length, 2)
    return 0


def refusal_of_count(already: int) -> str:
    """Return a sentence when one more file would be too many, else an empty string."""
    if already < MAX_FILES:
        return ""
    return f"There are {already} files already, and at most {MAX_FILES} are accepted. Remove one or join some."


def safe_name(name: str) -> str:
    """Return a file name fit to show and to send: no folders, no control or direction marks, at most 100 characters."""
    last = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    kept = "".join(
        " " if char.isspace() else char for char in last if unicodedata.category(char)[0] != "C" or char.isspace()
    )
    plain = re.sub(r"\s+", " ", re.sub(r"[^\w .,()+&-]", "_", kept)).strip(" .")
    stem, ending = PurePath(plain).stem, PurePath(plain).suffix
    return f"{stem[: _LONGEST_NAME - len(ending)]}{ending}"[:_LONGEST_NAME] or "file"


def kind_of_name(name: str) -> FileKind | None:
    """Return the kind of file that a name says, by its ending; None for one that is not accepted."""
    ending = PurePath(name).suffix.lower()
    return next((kind for kind in KINDS if ending in kind.endings), None)


def _kind_of_content(shown: str, data: Data, stream: BinaryIO) -> FileKind:
    if data[:2] == b"PK":
        return _kind_of_archive(shown, stream)
    for first_bytes, kind in _FIRST_BYTES.items():
        if data[: len(first_bytes)] == first_bytes:
            return kind
    text = _text(stream)
    if text and not _MARKUP.match(text):
        return TXT
    what = "a web page or script" if text else _guess(data[:4096])
    raise FileRefused(f'"{shown}" is {what} by its content, which is not accepted. Attach {_ALLOWED} files.')


def _guess(data: bytes) -> str:
    """Return what a refused file seems to be. Asked without the name: given one, puremagic believes it."""
    try:
        best = puremagic.magic_string(data)[0]
    except (puremagic.PureError, ValueError):
        return "of an unknown kind"
    if best.confidence < _LIKELY or not best.extension:
        return "of an unknown kind"
    return f"a file of the kind {best.extension.lstrip('.').upper()}"


def _kind_of_archive(shown: str, stream: BinaryIO) -> FileKind:
    """Tell a Word or Excel file by its main part; nothing is unpacked but the list of parts."""
    try:
        with zipfile.ZipFile(stream) as archive:
            entries = archive.infolist()
            parts = {entry.filename for entry in entries}
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise FileRefused(f'"{shown}" is damaged and cannot be opened. Save it again and attach it.') from error
    if any(
        part.lower().endswith(("vbaproject.bin", "vbadata.xml")) or "macrosheets/" in part.lower() for part in parts
    ):
        raise FileRefused(f'"{shown}" contains macros, which are not accepted. Save it without macros and attach that.')
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if len(entries) > MAX_PARTS or unpacked > MAX_UNPACKED or (unpacked > 10_000_000 and unpacked / packed > MAX_RATIO):
        raise FileRefused(f'"{shown}" unpacks to far more than it holds, which is not accepted. Save it again.')
    if any("externallinks/" in part.lower() or part.lower().endswith("connections.xml") for part in parts):
        raise FileRefused(
            f'"{shown}" takes values from other files or addresses. Replace those links by their values and attach it.'
        )
    for part, kind in _OFFICE_PARTS.items():
        if part in parts and "[Content_Types].xml" in parts:
            return kind
    raise FileRefused(f'"{shown}" is an archive by its content, which is not accepted. Attach {_ALLOWED} files.')


def _text(stream: BinaryIO) -> str:
    """Return the beginning of a text of a Unix or Windows machine, or nothing when the bytes are no text."""
    try:
        return _decoded(stream, "utf-8-sig", "strict")
    except UnicodeDecodeError:
        return _decoded(stream, "cp1252", "replace")


def _decoded(stream: BinaryIO, encoding: str, errors: str) -> str:
    """Return the first piece of the text; nothing when any piece holds what no text does."""
    decoder, begins = codecs.getincrementaldecoder(encoding)(errors), ""
    stream.seek(0)
    while raw := stream.read(_PIECE):
        piece = decoder.decode(raw)
        if _STRANGE.search(piece):
            return ""
        begins = begins or piece
    return "" if _STRANGE.search(decoder.decode(b"", final=True)) else begins
