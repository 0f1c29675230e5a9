"""Waiting for a state of another process or page: never for a time, and not for a process that has ended.

The limit is there so that a fault ends the test with a sentence. It is far above what a start takes, since the machine
may be busy with other things.
"""

import socket
import subprocess
import time
from collections.abc import Callable
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

PATIENCE = 180.0  # seconds
Process = subprocess.Popen[Any]


def eventually(condition: Callable[[], bool], what: str, *, of: Process | None = None) -> None:
    """Wait until the condition holds; fail when the process `of` which it is a state ends before, or never comes."""
    limit = time.monotonic() + PATIENCE
    while not condition():
        assert of is None or of.poll() is None, f"the process ended, status {of and of.returncode}, before: {what}"
        assert time.monotonic() < limit, f"after {PATIENCE:.0f} seconds still not: {what}"
        time.sleep(0.05)


def end(*processes: Process) -> None:
    """Ask processes to end, and wait until they did; one that does not is killed."""
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as sock:
        return int(sock.getsockname()[1])


def listens(port: int) -> bool:
    """Whether somebody takes connections on that port of loopback."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=PATIENCE).close()
    except OSError:
        return False
    return True


def answers(url: str) -> bool:
    """Whether a server answers there with a page that is no error."""
    try:
        urlopen(url, timeout=PATIENCE).close()
    except (URLError, OSError):
        return False
    return True
