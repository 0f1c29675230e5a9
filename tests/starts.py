"""Starts of the product's settings in environments of their own.

Each is a fork of one process that has loaded the libraries and nothing of the product's: it reads the settings anew, as
a process of its own does, in a tenth of the time. Run as a script, it is that process: a line of JSON for each start,
with the code and the environment, and a line back with the exit status and what was printed.
"""

import importlib
import json
import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

PROJECT = Path(__file__).resolve().parent.parent
OURS = ("exclusions", "tradecases", "tests")


class Starts:
    """Starts code in environments of its own."""

    def __init__(self, forks: "subprocess.Popen[str]") -> None:
        self._forks = forks

    def run(self, code: str, environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
        """Return how the code ended in a process with this environment alone, and what it printed."""
        assert self._forks.stdin
        assert self._forks.stdout
        self._forks.stdin.write(f"{json.dumps([code, environment])}\n")
        self._forks.stdin.flush()
        status, out, err = json.loads(self._forks.stdout.readline())
        return subprocess.CompletedProcess(code, status, out, err)


@contextmanager
def forking() -> Iterator[Starts]:
    """Yield what starts code, from the project's folder."""
    known = {"SECRET_KEY": "of nobody", "PATH": ""}
    command = [sys.executable, str(Path(__file__))]
    with subprocess.Popen(
        command, cwd=PROJECT, env=known, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as forks:
        yield Starts(forks)


def _answer(code: str, environment: dict[str, str]) -> tuple[int, str, str]:
    """Run the code in a fork; return its exit status, and what it wrote."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        child = os.fork()
        if not child:
            os.dup2(out.fileno(), 1)
            os.dup2(err.fileno(), 2)
            _run(code, environment)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        out.seek(0)
        err.seek(0)
        return status, out.read(), err.read()


def _run(code: str, environment: dict[str, str]) -> NoReturn:
    os.environ.clear()
    os.environ.update(environment)
    status = 1
    try:
        exec(code, {"__name__": "__main__"})
        status = 0
    except Exception:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def main() -> None:
    """Load the libraries, forget the product, and answer until nobody asks."""
    sys.path[0] = str(PROJECT)
    importlib.import_module("tradecases.settings")
    for name in [name for name in sys.modules if name.partition(".")[0] in OURS]:
        del sys.modules[name]
    for line in sys.stdin:
        sys.stdout.write(f"{json.dumps(_answer(*json.loads(line)))}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
