"""The scanner gateway against a server that speaks clamd's INSTREAM protocol over a real socket."""

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from exclusions.gateways.circuit import Circuit
from exclusions.gateways.documents import scanner
from exclusions.gateways.documents.scanner import ScanStatus, scan
from tests.waiting import PATIENCE

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def read_exactly(connection: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        piece = connection.recv(count - len(data))
        if not piece:
            break
        data += piece
    return data


class Server:
    """Says that it is there, then takes one stream, and answers as told (or hangs up after `hang_up_after` bytes).

    With `slow` it says nothing about the stream until it was asked so many times more whether it is there.
    """

    def __init__(self, answer: Callable[[bytes], bytes], hang_up_after: int | None = None, slow: int = 0) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"tcp://127.0.0.1:{self.listener.getsockname()[1]}"
        self.received = b""
        self.answer = answer
        self.hang_up_after = hang_up_after
        self.slow = slow
        self.thread = threading.Thread(target=self.serve)
        self.thread.start()

    def serve(self) -> None:
        self.be_there()
        connection, _ = self.listener.accept()
        with connection:
            assert read_exactly(connection, 10) == b"zINSTREAM\0"
            while size := struct.unpack("!I", read_exactly(connection, 4))[0]:
                self.received += read_exactly(connection, size)
                if self.hang_up_after is not None and len(self.received) > self.hang_up_after:
                    return
            for _ in range(self.slow):
                self.be_there()
            connection.sendall(self.answer(self.received))

    def be_there(self) -> None:
        connection, _ = self.listener.accept()
        with connection:
            assert read_exactly(connection, 6) == b"zPING\0"
            connection.sendall(b"PONG\0")

    def close(self) -> None:
        self.thread.join(timeout=PATIENCE)
        assert not self.thread.is_alive(), "nobody came, or the stream never ended"
        self.listener.close()


@pytest.fixture
def serve(settings) -> Iterator[Callable[..., Server]]:
    servers: list[Server] = []

    def start(answer: Callable[[bytes], bytes], hang_up_after: int | None = None, slow: int = 0) -> Server:
        servers.append(Server(answer, hang_up_after, slow))
        settings.CLAMD_URL = servers[-1].url
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def frozen(settings) -> Iterator[socket.socket]:
    """A server that takes connections and says nothing, as one that was stopped does."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        settings.CLAMD_URL = f"tcp://127.0.0.1:{listener.getsockname()[1]}"
        yield listener
    scanner.SCANNER.worked()


def connections(listener: socket.socket) -> int:
    """Count who came since."""
    found = 0
    with suppress(BlockingIOError):
        while True:
            listener.accept()[0].close()
            found += 1
    return found


def test_a_frozen_server_costs_one_upload_five_seconds_and_the_next_ones_nothing(frozen: socket.socket) -> None:
    begun = time.monotonic()
    assert scan([b"x"]).detail == "not virus-scanned: the scanner failed (TimeoutError)"
    assert time.monotonic() - begun < 30, "of a minute that it once took; the limits are said below"
    assert connections(frozen) == 1
    for _ in range(20):
        assert scan([b"x"]).detail == "not virus-scanned: the scanner does not answer"
    assert connections(frozen) == 0
    assert scanner._SILENCE + scanner._PING <= 5


def test_a_server_that_answers_again_is_asked_again(frozen: socket.socket, serve, monkeypatch) -> None:
    monkeypatch.setattr(scanner, "SCANNER", Circuit("The virus scanner", seconds=0.0))
    scan([b"x"])
    assert scanner.SCANNER.away
    serve(lambda data: b"stream: OK\0")
    assert scan([b"x"]).status == ScanStatus.CLEAN
    assert not scanner.SCANNER.away


def test_a_server_that_takes_its_time_over_a_file_is_waited_for(serve) -> None:
    serve(lambda data: b"stream: OK\0", slow=1)
    assert scan([b"x"]).status == ScanStatus.CLEAN


def test_without_a_server_a_file_is_not_scanned(settings):
    settings.CLAMD_URL = ""
    assert scan([b"x"]).status == ScanStatus.NOT_SCANNED
    assert scan([b"x"]).detail == "not virus-scanned"


def test_the_whole_stream_reaches_the_server_and_a_clean_file_is_clean(serve):
    server = serve(lambda data: b"stream: OK\0")
    content = [b"a" * 200_000, b"", b"b" * 3]
    assert scan(content).status == ScanStatus.CLEAN
    assert server.received == b"".join(content)


def test_an_infected_file_is_named(serve):
    serve(lambda data: b"stream: Eicar-Test-Signature FOUND\0" if EICAR in data else b"stream: OK\0")
    result = scan([EICAR])
    assert (result.status, result.detail) == (ScanStatus.INFECTED, "Eicar-Test-Signature")


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"nonsense\0", b"\xff\xfe\0"])
def test_any_other_answer_counts_as_not_scanned(serve, answer):
    serve(lambda data: answer)
    assert scan([b"x"]).status == ScanStatus.NOT_SCANNED


def test_a_server_that_hangs_up_counts_as_not_scanned(serve):
    serve(lambda data: b"", hang_up_after=10)
    assert scan(b"a" * 65_536 for _ in range(200)).status == ScanStatus.NOT_SCANNED


@pytest.mark.parametrize("url", ["tcp://127.0.0.1:1", "unix:///nowhere/clamd.sock"])
def test_a_server_that_is_not_there_counts_as_not_scanned(settings, url):
    settings.CLAMD_URL = url
    result = scan([b"x"])
    assert result.status == ScanStatus.NOT_SCANNED
    assert "the scanner failed" in result.detail
