"""Virus scan through a clamd server. What could not be scanned is "not scanned", never clean."""

import socket
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings

_TIMEOUT = 60  # seconds, for the connection and for each read or write
_CHUNK = 64 * 1024


class ScanStatus(StrEnum):
    """What is known about a file."""

    NOT_SCANNED = "not_scanned"
    CLEAN = "clean"
    INFECTED = "infected"


@dataclass(frozen=True)
class Scan:
    """The outcome of a scan; `detail` names the finding or says why there was no scan."""

    status: ScanStatus
    detail: str


def scan(chunks: Iterable[bytes]) -> Scan:
    """Return what the server of CLAMD_URL says about the content; it is only read, never kept.

    Without CLAMD_URL, and on any failure of the server (a stream longer than it accepts closes the connection),
    the file counts as not scanned.
    """
    if not settings.CLAMD_URL:
        return Scan(ScanStatus.NOT_SCANNED, "not virus-scanned")
    try:
        with _connected(settings.CLAMD_URL) as connection:
            connection.sendall(b"zINSTREAM\0")
            for chunk in chunks:
                for start in range(0, len(chunk), _CHUNK):
                    piece = chunk[start : start + _CHUNK]
                    connection.sendall(struct.pack("!I", len(piece)) + piece)
            connection.sendall(struct.pack("!I", 0))
            answer = _answer(connection)
    except (OSError, ValueError) as error:
        return Scan(ScanStatus.NOT_SCANNED, f"not virus-scanned: the scanner failed ({type(error).__name__})")
    if answer == "stream: OK":
        return Scan(ScanStatus.CLEAN, "clean")
    if answer.endswith(" FOUND"):
        return Scan(ScanStatus.INFECTED, answer.removeprefix("stream: ").removesuffix(" FOUND"))
    return Scan(ScanStatus.NOT_SCANNED, f"not virus-scanned: the scanner answered {answer[:100]!r}")


def _connected(url: str) -> socket.socket:
    parts = urlsplit(url)
    if parts.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(_TIMEOUT)
        try:
            connection.connect(parts.path)
        except OSError:
            connection.close()
            raise
        return connection
    return socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 3310), timeout=_TIMEOUT)


def _answer(connection: socket.socket) -> str:
    received = b""
    while not received.endswith(b"\0") and len(received) < 4096:
        piece = connection.recv(4096)
        if not piece:
            break
        received += piece
    return received.rstrip(b"\0").decode("utf-8", errors="replace").strip()
