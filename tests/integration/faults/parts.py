"""Servers of our own that can be taken away: ended, frozen, started again empty."""

import importlib.util
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from tests.conftest import PROJECT, cannot_run
from tests.waiting import eventually, free_port


def _services() -> ModuleType:
    """Return `.ci/services.py`, which starts the servers of the bar; its folder is no package."""
    spec = importlib.util.spec_from_file_location("services", PROJECT / ".ci" / "services.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


services = _services()


def signal_all(pids: list[int], what: signal.Signals) -> None:
    """Send a signal to processes, as far as they are still there."""
    for pid in pids:
        try:
            os.kill(pid, what)
        except ProcessLookupError:
            continue


class Redis:
    """A Redis on a port of its own that keeps nothing."""

    def __init__(self) -> None:
        program = shutil.which("redis-server") or shutil.which("valkey-server")
        if not program:
            cannot_run("no Redis is installed.")
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}"
        self._command = [str(program), "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, empty, and wait until it answers."""
        self.process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        eventually(lambda: bool(services.answers(self.url)), "Redis answers", of=self.process)

    def stop(self) -> None:
        """End it, frozen or not; nothing listens on its port then."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def freeze(self) -> None:
        """Let it take connections and say nothing."""
        assert self.process
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        assert self.process
        self.process.send_signal(signal.SIGCONT)


@contextmanager
def own_redis() -> Iterator[Redis]:
    """Yield a Redis of our own that runs."""
    server = Redis()
    try:
        server.start()
        yield server
    finally:
        server.stop()
