"""Parsing of uploads in processes of their own, under limits and in few slots: a hostile file costs its sender seconds.

A file that needs more than its limits of processor time, memory, output or time is refused; nobody else notices. See
`parser_process` for the other side.
"""

import atexit
import json
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Condition, Lock
from typing import IO, Any, BinaryIO

from exclusions.gateways.cells import Merged
from exclusions.gateways.documents.inspection import FileRefused, safe_name
from exclusions.gateways.documents.parser_process import DONE, WALL
from exclusions.gateways.documents.reading_result import Parsed, ReadApart

SECONDS = 4  # of processor time, for one file
SHEET_SECONDS = 8  # of processor time, for a sheet of 50,000 rows
HEAVY = "“{}” takes too much time or memory to read. Divide it, or save it as CSV UTF-8."
SLOTS = 2  # files that are parsed at once, by one web process
WAITING = 1  # who may wait for a slot while files take long; the other threads answer other people
BRISK = 0.5  # seconds: as long as no file takes longer, everybody may wait for his turn
PATIENCE = 10  # seconds of waiting for a slot
_DEATH = 0.2  # seconds that the end of a program takes to be known
_GRACE = 5  # seconds after which a child that the kernel should have ended counts as gone
_ROOT = Path(__file__).parents[3]
_PROGRAM = (
    f"import sys; sys.path.append({str(_ROOT)!r}); "
    "from exclusions.gateways.documents.parser_process import main; main()"
)
_LONGEST_ANSWER = 1 << 20  # bytes


class TooHeavy(FileRefused):
    """A file that cannot be read within the limits of one."""


class Busy(FileRefused):
    """Other files take all slots; the same file may pass in a moment."""


class CannotPublish(FileRefused):
    """A file whose metadata cannot be taken out."""


@contextmanager
def parsed_upload(
    name: str, content: bytes | BinaryIO, *, public: bool, seconds: int = SECONDS, without: str = ""
) -> Iterator[Parsed]:
    """Inspect an upload and, when it is to be public, clean and read it, in at most `seconds` of processor time.

    `without` names a part of it that is taken out first.
    Raises FileRefused with a sentence that names the file and the remedy: for what it is, TooHeavy for what it takes,
    CannotPublish when its metadata cannot be taken out, Busy when there is no slot for it now.
    """
    shown = safe_name(name)
    with ExitStack() as open_files:
        clean, text = (open_files.enter_context(tempfile.TemporaryFile()) for _ in range(2))
        source = open_files.enter_context(_on_disk(content)) if isinstance(content, bytes) else content
        with _slots.taken(shown):
            request = {"job": "take_in", "name": name, "public": public, "seconds": seconds}
            request |= {"job": "take_in_without", "part": without} if without else {}
            answer = _ask(request, source, clean, text)
        if answer is None:
            raise TooHeavy(
                f"“{shown}” takes too much time or memory to read, so nobody can check it. "
                "Split it, make it simpler or print it to a new PDF, and attach that."
            )
        if "refused" in answer:
            raise FileRefused(answer["refused"])
        if "damaged" in answer:
            raise CannotPublish(
                f"“{shown}” is damaged or locked with a password, so that what it tells of its author cannot be taken "
                "out. Save it again without a password and attach it."
            )
        yield Parsed(clean=clean, text=text, **answer)


def read_apart(content_type: str, content: BinaryIO) -> ReadApart:
    """Return what a stored file says; nothing, and not whole, when it takes more than the limits of one file.

    For sweeps: it waits for no slot, since only people who wait for a page are held up by others' files.
    """
    with _copied(content) as (source, clean, text):
        answer = _ask({"job": "read", "content_type": content_type, "seconds": SECONDS}, source, clean, text)
        if answer is None:
            return ReadApart()
        text.seek(0)
        said = text.read().decode("utf-8", "replace")
        return ReadApart(said, answer["whole"], answer["unknown"], answer["pictures"])


def part_of(content: BinaryIO, part: str) -> str:
    """Return all that one part of a stored file says; FileRefused, with why, where no person can read it."""
    with _copied(content) as (source, clean, text):
        answer = _ask({"job": "part", "part": part, "seconds": SECONDS}, source, clean, text)
        if answer is None or "refused" in answer:
            raise FileRefused(answer["refused"] if answer else "This part takes too much to open.")
        text.seek(0)
        return text.read().decode()


def thumbnail_of(name: str, content: BinaryIO) -> tuple[bytes, int, int]:
    """Return the small picture of a photograph, a JPEG, with its pixels; empty, 0 by 0, where none can be made.

    It is made within the limits of one file: whatever it is, it costs seconds. Raises Busy when there is no slot now.
    """
    content.seek(0)
    with _copied(content) as (source, small, text):
        with _slots.taken(safe_name(name)):
            answer = _ask({"job": "thumbnail", "seconds": SECONDS}, source, small, text)
        if answer is None or not answer["width"]:
            return b"", 0, 0
        small.seek(0)
        return small.read(), answer["width"], answer["height"]


def sheet_rows(name: str, content: BinaryIO, *, most: int, prefer: str = "") -> list[tuple[int, list[object]]]:
    """Return the first rows of a workbook's first sheet, each with its number, from 1, and its cells as texts.

    A sheet of the name to `prefer` goes before the first. A cell that goes on from a merged one is `Merged`.
    Raises FileRefused for what is no workbook, TooHeavy for what it takes, Busy when there is no slot for it now.
    """
    refused = "“{}” cannot be read as a spreadsheet. Save it as .xlsx without a password, or as CSV UTF-8."
    lines = lines_of(name, content, {"job": "sheet", "most": most, "prefer": prefer}, refused=refused)
    rows = [json.loads(line, object_hook=lambda cell: Merged(cell["merged"])) for line in lines]
    return [(number, cells) for number, cells in enumerate(rows, start=1) if cells]


def lines_of(
    name: str, content: BinaryIO, request: dict[str, Any], *, refused: str = "", heavy: str = HEAVY
) -> list[bytes]:
    """Return the lines that a job wrote of a workbook or another file of many parts.

    `refused` is said of one that it cannot read ("": what the job says itself), `heavy` of one that takes too much.
    Raises FileRefused so, Busy when there is no slot for it now.
    """
    shown, request = safe_name(name), {**request, "seconds": SHEET_SECONDS}
    with _copied(content) as (source, clean, text):
        with _slots.taken(shown):
            answer = _ask(request, source, clean, text)
        if answer is None:
            raise TooHeavy(heavy.format(shown))
        if "refused" in answer:
            raise FileRefused(refused.format(shown) or answer["refused"])
        text.seek(0)
        return list(text)


@contextmanager
def _copied(content: BinaryIO) -> Iterator[tuple[IO[bytes], IO[bytes], IO[bytes]]]:
    """Yield three files of the disk: a copy of the content, and two that are empty."""
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as first, tempfile.TemporaryFile() as second:
        shutil.copyfileobj(content, source, 1 << 20)
        source.flush()
        yield source, first, second


class _Slots:
    """A few places for files, and a short bench: whoever finds it taken by slow files is told so at once."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._since: list[float] = []
        self._waiting: list[object] = []  # whoever came first stands first

    @contextmanager
    def taken(self, shown: str) -> Iterator[None]:
        with self._changed:
            since = self._wait(shown)
            self._since.append(since)
        try:
            yield
        finally:
            with self._changed:
                self._since.remove(since)
                self._changed.notify()

    def _wait(self, shown: str) -> float:
        end = time.monotonic() + PATIENCE
        own = object()
        self._waiting.append(own)
        try:
            while len(self._since) >= SLOTS:
                now = time.monotonic()
                if now >= end or (self._waiting.index(own) >= WAITING and now - min(self._since) > BRISK):
                    raise Busy(
                        f"Other files are being checked at this moment, so “{shown}” was not taken. "
                        "Wait a minute, then attach it again."
                    )
                self._changed.wait(BRISK)
        finally:
            self._waiting.remove(own)
        return time.monotonic()


_slots = _Slots()


class _Program:
    """The running parser program of this process, and the socket to it."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.socket, theirs = socket.socketpair()
        with theirs:
            # Without environment, and in a session of its own: no key is in it, and no Ctrl-C ends it.
            self.process = subprocess.Popen(
                [sys.executable, "-I", "-c", _PROGRAM],
                stdin=theirs.fileno(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                env={}, start_new_session=True,
            )  # fmt: skip

    def works(self) -> bool:
        """Say whether it is this process's own (not its parent's, before a fork) and runs."""
        return self.owner == os.getpid() and self.process.poll() is None

    def stop(self) -> None:
        """Let it end: it does when the socket closes."""
        self.socket.close()
        if self.owner == os.getpid():
            self.process.wait(WALL)


_lock = Lock()
_program: _Program | None = None


def _started() -> _Program:
    global _program
    if _program is None or not _program.works():
        if _program is None:
            atexit.register(_stop)
        else:
            _program.stop()
        _program = _Program()
    return _program


def _stop() -> None:
    if _program is not None:
        _program.stop()


def _ask(request: dict[str, Any], *files: IO[bytes]) -> dict[str, Any] | None:
    """Have a child do a job; return its answer, or None when it died of its limits or of the file."""
    with tempfile.TemporaryFile() as talk:
        talk.write(json.dumps(request).encode())
        talk.flush()
        descriptors = [file.fileno() for file in (talk, *files)]
        if not (_done(descriptors) or (_gone() and _done(descriptors))):
            return None
        talk.seek(0)
        answer: dict[str, Any] = json.loads(talk.read(_LONGEST_ANSWER))
        return answer


def _done(descriptors: list[int]) -> bool:
    """Send a job, and wait; say whether it was done."""
    ours, theirs = os.pipe()
    try:
        with _lock:
            socket.send_fds(_started().socket, [DONE], [*descriptors, theirs])
    except ConnectionError:  # the program ended since it was last looked at
        os.close(ours)
        return False
    finally:
        os.close(theirs)
    try:
        end = select.poll()
        end.register(ours)
        return bool(end.poll((WALL + _GRACE) * 1000)) and os.read(ours, 1) == DONE
    finally:
        os.close(ours)


def _gone() -> bool:
    """Say whether the program itself ended, and not only the child of one file."""
    with _lock, suppress(subprocess.TimeoutExpired):
        return _program is not None and _program.process.wait(_DEATH) is not None
    return False


@contextmanager
def _on_disk(content: bytes) -> Iterator[IO[bytes]]:
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.flush()
        yield file
