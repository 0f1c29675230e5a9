"""Virus scan through a clamd server. What could not be scanned is "not scanned", never clean.

A server that says nothing at all is left alone for half a minute: whoever uploads meanwhile does not wait for it.
"""

import socket
import struct
import time
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings

from exclusions.gateways.circuit import SCANNER

_SILENCE = 3.0  # seconds without a word, after which the server is asked whether it is still there
_PING = 2.0  # seconds for the answer to that: together what a frozen server costs at most
_LONGEST = 60.0  # seconds that a server which is there may take over one file
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
    the file counts as not scanned. A server that is frozen costs five seconds, and then nobody anything for a while.
    """
    if not settings.CLAMD_URL:
        return Scan(ScanStatus.NOT_SCANNED, "not virus-scanned")
    if not SCANNER.worth_asking():
        return Scan(ScanStatus.NOT_SCANNED, "not virus-scanned: the scanner does not answer")
    try:
        answer = _asked(chunks)
    except (OSError, ValueError) as error:
        if isinstance(error, TimeoutError):
            SCANNER.failed(error)
        return Scan(ScanStatus.NOT_SCANNED, f"not virus-scanned: the scanner failed ({type(error).__name__})")
    SCANNER.worked()
    if answer == "stream: OK":
        return Scan(ScanStatus.CLEAN, "clean")
    if answer.endswith(" FOUND"):
        return Scan(ScanStatus.INFECTED, answer.removeprefix("stream: ").removesuffix(" FOUND"))
    return Scan(ScanStatus.NOT_SCANNED, f"not virus-scanned: the scanner answered {answer[:100]!r}")


def _asked(chunks: Iterable[bytes]) -> str:
    """Send the content and return the answer. Raises TimeoutError where nobody is there, OSError for other failures."""
    _ping()
    with _connected(settings.CLAMD_URL, _SILENCE + _PING) as connection:
        connection.sendall(b"zINSTREAM\0")
        for chunk in chunks:
            for start in range(0, len(chunk), _CHUNK):
                piece = chunk[start : start + _CHUNK]
                connection.sendall(struct.pack("!I", len(piece)) + piece)
        connection.sendall(struct.pack("!I", 0))
        return _answer(connection)


def _ping() -> None:
    """Ask the server whether it is there, on a line of its own. Raises OSError where it does not say so in time."""
    with _connected(settings.CLAMD_URL, _PING) as connection:
        connection.sendall(b"zPING\0")
        connection.recv(16)


def _connected(url: str, seconds: float) -> socket.socket:
    parts = urlsplit(url)
    if parts.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(seconds)
        try:
            connection.connect(parts.path)
        except OSError:
            connection.close()
            raise
        return connection
    return socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 3310), timeout=seconds)


def _answer(connection: socket.socket) -> str:
    """Return the answer, however long a server that is there takes, up to a minute."""
    received, until = b"", time.monotonic() + _LONGEST
    connection.settimeout(_SILENCE)
    while not received.endswith(b"\0") and len(received) < 4096:
        try:
            piece = connection.recv(4096)
        except TimeoutError:
            if time.monotonic() > until:
                raise
            _ping()
            continue
        if not piece:
            break
        received += piece
    return received.rstrip(b"\0").decode("utf-8", errors="replace").strip()
