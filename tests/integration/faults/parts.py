"""Servers of our own that can be taken away: ended, frozen, started again empty."""

import importlib.util
import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import Any

import psycopg
from psycopg import sql

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


class Postgres:
    """The private PostgreSQL of the bar, as `.ci/services.py` starts it; here it is stopped and started again."""

    def __init__(self, url: str) -> None:
        """Take the URL of its database `postgres`."""
        self._admin = url
        with psycopg.connect(url) as line:
            self._data = Path(str(line.execute("SHOW data_directory").fetchone()[0]))  # type: ignore[index]
        words = shlex.split((self._data / "postmaster.opts").read_text())
        self._control = [str(Path(words[0]).parent / "pg_ctl"), "-D", str(self._data), "-w", "-t", "120"]
        self._options = shlex.join(words[words.index("-p") :])
        self._owner = self._data.owner()

    def create(self, name: str) -> str:
        """Make a database; return its URL as the site takes it."""
        with psycopg.connect(self._admin, autocommit=True) as line:
            line.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self._admin.rpartition("/")[0] + f"/{name}"

    def _run(self, *command: str) -> None:
        """Run pg_ctl as who owns the server; without a pipe, which the server would keep open."""
        who = {"user": self._owner, "extra_groups": []} if os.geteuid() == 0 else {}
        subprocess.run(  # type: ignore[call-overload]
            [*self._control, *command], check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **who
        )

    def stop(self) -> None:
        """End it as an operator does in a hurry: who is at work is cut off."""
        self._run("-m", "fast", "stop")

    def start(self) -> None:
        """Start it with what it had."""
        self._run("-l", str(self._data.parent / "log"), "-o", self._options, "start")

    def _all(self) -> list[int]:
        """Return the server's processes, the first one first."""
        first = int((self._data / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        return [first, *(int(child) for child in children)]

    def freeze(self) -> None:
        """Let it take connections and say nothing; what it began while it was being stopped is stopped, too."""
        stopped: list[int] = []
        while missing := [pid for pid in self._all() if pid not in stopped]:
            signal_all(missing, signal.SIGSTOP)
            stopped += missing

    def thaw(self) -> None:
        """Let it go on."""
        signal_all(list(reversed(self._all())), signal.SIGCONT)

    @contextmanager
    def full(self, url: str) -> Iterator[None]:
        """Use up its connections, those kept for administrators too, and cut off who has one."""
        lines: list[psycopg.Connection[Any]] = []
        for _ in range(2):
            with suppress(psycopg.OperationalError):
                while True:
                    lines.append(psycopg.connect(url, autocommit=True))
            mine = [line.info.backend_pid for line in lines]
            lines[0].execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> ALL(%s)",
                [mine],
            )
        try:
            yield
        finally:
            for line in lines:
                line.close()

    @contextmanager
    def locked(self, url: str, table: str) -> Iterator[None]:
        """Hold a table, as an operation that went wrong may."""
        with psycopg.connect(url) as line:
            line.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(sql.Identifier(table)))
            yield
            line.rollback()


@contextmanager
def own_postgres() -> Iterator[Postgres]:
    """Yield a PostgreSQL of our own that runs."""
    with ExitStack() as stack:
        try:
            url = stack.enter_context(services.private_postgres())
        except services.NotToBeHad as missing:
            cannot_run(str(missing))
        server = Postgres(url)
        try:
            yield server
        finally:
            server.thaw()
