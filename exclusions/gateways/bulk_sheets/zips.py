"""ZIPs of documents as they come: listed by a process of its own, and their files read and taken out one by one."""

import hashlib
import json
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from exclusions.gateways.documents.parsing import lines_of

MOST_BYTES = 200_000_000  # of one ZIP
HEAVY = "“{}” takes too much time or memory to read. Divide it, and send the parts one after another."
_PIECE = 1 << 20


@dataclass(frozen=True)
class Listed:
    """A file in a ZIP: its name there, what that is compared by, and its size in bytes as the ZIP tells it."""

    name: str
    key: str
    size: int


class Damaged(Exception):
    """A file that does not unpack to what the ZIP says of it."""


def listed_files(name: str, content: BinaryIO) -> list[Listed]:
    """Return the files of a ZIP, each name once; nothing is unpacked.

    Raises FileRefused, a sentence a line, for a ZIP of which anything is not accepted.
    """
    content.seek(0)
    return [Listed(*json.loads(line)) for line in lines_of(name, content, {"job": "zip_listing"}, heavy=HEAVY)]


class Opened:
    """A ZIP that was listed. No more is read of a file than its size as listed, and its checksum must agree.

    Raises Damaged where it does not.
    """

    def __init__(self, content: BinaryIO) -> None:
        self._content = content
        with _sound():
            self._archive = zipfile.ZipFile(content)

    def digest(self, name: str) -> str:
        """Return the SHA-256 (hex) of a file."""
        digest = hashlib.sha256()
        for piece in self._pieces(name):
            digest.update(piece)
        return digest.hexdigest()

    @contextmanager
    def file(self, name: str) -> Iterator[BinaryIO]:
        """Give the content of a file, on the disk, without a name."""
        with tempfile.TemporaryFile() as out:
            for piece in self._pieces(name):
                out.write(piece)
            out.flush()
            yield out

    def close(self) -> None:
        """Let go of it."""
        self._archive.close()
        self._content.close()

    def _pieces(self, name: str) -> Iterator[bytes]:
        with _sound(), self._archive.open(name) as packed:
            while piece := packed.read(_PIECE):
                yield piece


@contextmanager
def _sound() -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError) as error:
        raise Damaged(type(error).__name__) from error
