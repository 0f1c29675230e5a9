"""Starting the server under test, and running the loaders while their time and memory are measured."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def environment(database_url: str) -> dict[str, str]:
    """Return the environment of every process of the benchmark: no queue, so that what follows a commit is counted."""
    kept = {name: value for name, value in os.environ.items() if name not in {"REDIS_URL", "DEBUG", "DEMO"}}
    return {
        **kept,
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "SECRET_KEY": "only-for-the-benchmark-" + "x" * 40,
    }


@contextmanager
def served(database_url: str, *, threads: int, **variables: str) -> Iterator[tuple[int, int]]:
    """Serve from so many threads of one process, with more variables set; yield the port and gunicorn's process id."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port = int(sock.getsockname()[1])
    command = [sys.executable, "-m", "gunicorn", "tests.bench.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    command += [
        "--worker-class",
        "tradecases.serving.Worker",
        "--workers",
        "1",
        "--threads",
        str(threads),
        "--keep-alive",
        "60",
    ]
    command += ["--no-control-socket", "--log-level", "warning"]
    server = subprocess.Popen(command, cwd=PROJECT, env={**environment(database_url), **variables})
    try:
        wait_for(port, server)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(300)


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Return when something listens on the port. RuntimeError when the server ended or needs over 30 seconds."""
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError("The server under test stopped at once; its message is above.")
        with socket.socket() as sock:
            if sock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("The server under test did not answer within 30 seconds.")


def manage(database_url: str, *arguments: str, **variables: str) -> tuple[float, float]:
    """Run a management command; return its seconds and its peak resident memory in MiB. RuntimeError if it fails."""
    command = [sys.executable, "manage.py", *arguments]
    begun = time.perf_counter()
    with subprocess.Popen(
        command,
        cwd=PROJECT,
        env={**environment(database_url), **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    took = time.perf_counter() - begun
    if process.returncode:
        raise RuntimeError(f"manage.py {' '.join(arguments)} failed:\n{output}")
    return took, usage.ru_maxrss / 1024


def peak(server: int) -> float:
    """Return the most memory that a web process ever held, in MiB (Linux): the children of gunicorn's own."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    return max(map(_most, children))


def own_peak() -> float:
    """Return the most memory that this process ever held, in MiB (Linux): none of what began it."""
    return _most("self")


def _most(process: str) -> float:
    return int(Path(f"/proc/{process}/status").read_text().partition("VmHWM:")[2].split()[0]) / 1024
