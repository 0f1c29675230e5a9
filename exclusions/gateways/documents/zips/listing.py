"""A ZIP of documents told by its directory: nothing of it is unpacked. Runs in a child process; see `parsing`.

No name in it leads anywhere: a ZIP holds files, each under a name of its own.
"""

import json
import re
import stat
import zipfile
from collections.abc import Callable
from typing import Any, BinaryIO

from exclusions.gateways.documents.inspection import MAX_BYTES, MAX_RATIO, kind_of_name
from exclusions.gateways.documents.zips.names import LONGEST, file_key

MOST_FILES = 5_000  # in one ZIP
MOST_UNPACKED = 400_000_000  # bytes, of all files together
NAMED = 6  # sentences about one ZIP
NO_ZIP = "This file is no ZIP, or a damaged one. Make the ZIP again, and send it again."
EMPTY = "There is no file in this ZIP. Put the documents into it, and send it again."
TOO_MANY = f"There are more than {MOST_FILES:,} files in this ZIP. Divide it, and send the parts one after another."
TOO_LARGE = (
    f"This ZIP unpacks to more than {MOST_UNPACKED // 1_000_000} MB. Divide it, and send the parts one after another."
)
_ACCEPTED = "PDF, PNG, JPEG, TXT, CSV, DOCX or XLSX"
_OF_MACOS = "__MACOSX/"  # what macOS adds beside each file; no document
_UNPACKED_MUCH = 10_000_000  # bytes, below which no ratio is looked at
_END, _LONGEST_END = b"PK\x05\x06", 65_557  # of the directory (APPNOTE 4.3.16)
_PATH = re.compile(r"[/\\]|^[A-Za-z]:")
_ENCRYPTED = 0x1


def zip_listing(*, source: BinaryIO, clean: BinaryIO, text: BinaryIO) -> dict[str, Any]:
    """Write [name, size] of each file, in JSON a line; say why where one of them makes the ZIP refused."""
    if _count(source) > MOST_FILES:
        return {"refused": TOO_MANY}
    try:
        with zipfile.ZipFile(source) as archive:
            entries = [entry for entry in archive.infolist() if not entry.filename.startswith(_OF_MACOS)]
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return {"refused": NO_ZIP}
    if said := _wrong_directory(entries):
        return {"refused": "\n".join(said[:NAMED])}
    for name, entry in {file_key(entry.filename): entry for entry in entries}.items():
        text.write(json.dumps([entry.filename, name, entry.file_size]).encode() + b"\n")
    return {}


def _count(source: BinaryIO) -> int:
    """Return how many entries a ZIP says it has: the directory of a hostile one would fill the memory."""
    size = source.seek(0, 2)
    source.seek(max(0, size - _LONGEST_END))
    tail = source.read()
    source.seek(0)
    place = tail.rfind(_END)
    return int.from_bytes(tail[place + 10 : place + 12], "little") if place >= 0 else 0


def _wrong_directory(entries: list[zipfile.ZipInfo]) -> list[str]:
    """Return a sentence for each thing that the directory tells and that no ZIP of documents has."""
    if not entries:
        return [EMPTY]
    if len(entries) > MOST_FILES:
        return [TOO_MANY]
    said = [sentence for entry in entries if (sentence := _wrong(entry))]
    said += _of_one_name(entries)
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        said.append(TOO_LARGE)
    return said


def _wrong(entry: zipfile.ZipInfo) -> str:
    shown = f"“{_plain(entry.orig_filename)}”"
    return next((sentence.format(shown) for holds, sentence in _RULES if holds(entry)), "")


def _is_link(entry: zipfile.ZipInfo) -> bool:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    return kind not in (0, stat.S_IFREG)


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > _UNPACKED_MUCH and entry.file_size > MAX_RATIO * max(1, entry.compress_size)


_RULES: tuple[tuple[Callable[[zipfile.ZipInfo], bool], str], ...] = (
    (
        lambda entry: bool(_PATH.search(entry.orig_filename)),
        "{} is a path or a folder. Put the files into the ZIP themselves, without folders.",
    ),
    (_is_link, "{} is a link, and no file. Put the file itself into the ZIP."),
    (
        lambda entry: bool(entry.flag_bits & _ENCRYPTED),
        "{} is locked with a password, so nobody can check it. Make the ZIP without a password.",
    ),
    (
        lambda entry: len(entry.orig_filename) > LONGEST or not entry.orig_filename.isprintable(),
        "{} is no name that we can keep. Give the file a shorter name of letters and digits.",
    ),
    (
        lambda entry: kind_of_name(entry.filename) is None,
        f"{{}} has no accepted ending. Put {_ACCEPTED} files into the ZIP.",
    ),
    (
        lambda entry: entry.file_size > MAX_BYTES,
        f"{{}} is larger than {MAX_BYTES // 1_000_000} MB. Reduce it or split it.",
    ),
    (_is_bomb, "{} unpacks to far more than it holds, which is not accepted. Save it again."),
    (
        lambda entry: entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED),
        "{} is packed in a way that we do not read. Make the ZIP with ordinary compression.",
    ),
)


def _of_one_name(entries: list[zipfile.ZipInfo]) -> list[str]:
    """Return a sentence for each file whose name another has that is not the same, by its checksum and size."""
    known: dict[str, tuple[int, int]] = {}
    return [
        f"Two different files are named “{_plain(entry.filename)}”. Give each a name of its own."
        for entry in entries
        if known.setdefault(file_key(entry.filename), (entry.CRC, entry.file_size)) != (entry.CRC, entry.file_size)
    ]


def _plain(name: str) -> str:
    """Return a name as a sentence may show it."""
    return "".join(sign if sign.isprintable() else "_" for sign in name)[:100]
