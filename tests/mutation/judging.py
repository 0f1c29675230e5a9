"""Judging a fault: its tests run in a process of its own, which ends with the first test that notices.

The process is forked from one that has imported the libraries and nothing of the product, so it starts within a second;
its database is a copy of the migrated one, in memory. A few tests go first, the rest only where none of them
noticed. A fault that never ends is stopped by its processor time, so it counts the same on a busy machine.
"""

import ast
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path

import pytest

from tests.mutation.coverers import Coverers
from tests.mutation.loading import put_fault
from tests.mutation.operators import mutations
from tests.mutation.targets import PROJECT, dotted

QUICK = 25  # tests that are tried first
LIBRARIES = (
    "boto3",
    "celery.app.task",
    "django.contrib.staticfiles.handlers",
    "django.core.management",
    "django.db.migrations.loader",
    "django.test.client",
    "django.views.generic",
    "hypothesis",
    "pikepdf",
    "psycopg",
    "redis",
    "typst",
)


@dataclass(frozen=True)
class Mutant:
    """One fault of one module, and the tests that may notice it, the likeliest first."""

    path: Path
    number: int
    line: int
    place: str
    words: str
    tests: tuple[str, ...] = field(repr=False)
    inside: bool = False  # of a function that no import calls

    @property
    def module(self) -> str:
        """Return the module's path within the project."""
        return self.path.relative_to(PROJECT).as_posix()

    @property
    def key(self) -> str:
        """Return what names the fault as long as the product does not change."""
        return f"{self.module}:{self.number}"


def mutants_of(path: Path, coverers: Coverers) -> Iterator[Mutant]:
    """Yield the mutants of a module."""
    tree = ast.parse(path.read_text())
    for number, found in enumerate(mutations(tree)):
        tests = coverers.of(path, tree, found.line, found.place)
        inside = coverers.inside(path, tree, found.line)
        yield Mutant(path, number, found.line, found.place, found.words, tuple(tests), inside)


@dataclass
class Trial:
    """A process that runs tests on a mutant, and what is left to be run where none of them notices."""

    mutant: Mutant
    rest: tuple[str, ...]
    pid: int
    begun: float
    limit: float
    folder: Path


class Chosen:
    """A pytest plugin: runs these tests alone, each file's together and in its order, as the bar does."""

    def __init__(self, tests: Iterable[str]) -> None:
        self.tests = frozenset(tests)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep them; the name is pytest's."""
        items[:] = [item for item in items if item.nodeid in self.tests]


def load_libraries() -> None:
    """Import what every process needs anyway."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    for name in LIBRARIES:
        import_module(name)


class Judge:
    """Judges mutants, several at a time."""

    def __init__(self, coverers: Coverers, jobs: int) -> None:
        self.coverers = coverers
        self.jobs = jobs
        self.running: dict[int, Trial] = {}
        self.said = ""  # by the process that ended last

    def check(self, mutants: Iterable[Mutant]) -> None:
        """Let the tests of each module pass without a fault, as they would after it; what fails then judges nothing."""
        sound: dict[Path, Mutant] = {}
        for mutant in mutants:
            if mutant.tests:
                sound.setdefault(mutant.path, replace(mutant, number=-1, tests=mutant.tests[:QUICK]))
        for mutant, verdict, _ in self.verdicts(sound.values()):
            if verdict != "survived":
                raise SystemExit(f"{self.said}\nWithout a fault in {mutant.module} its tests fail, as said above.")

    def verdicts(self, mutants: Iterable[Mutant]) -> Iterator[tuple[Mutant, str, float]]:
        """Yield each mutant with "killed", "survived" or "no tests", and the seconds of its last process."""
        waiting = iter(mutants)
        more = True
        while more or self.running:
            while more and len(self.running) < self.jobs:
                mutant = next(waiting, None)
                if mutant is None:
                    more = False
                elif not mutant.tests:
                    yield mutant, "no tests", 0.0
                else:
                    self._start(mutant, mutant.tests[:QUICK], mutant.tests[QUICK:])
            if self.running:
                yield from self._finished()

    def _finished(self) -> Iterator[tuple[Mutant, str, float]]:
        """Wait for a process to end; go on with the rest of its tests where nothing was noticed."""
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            for trial in self.running.values():
                if time.monotonic() - trial.begun > trial.limit:
                    os.killpg(trial.pid, signal.SIGKILL)
            time.sleep(0.02)
            return
        trial = self.running.pop(pid)
        self.said = (trial.folder / "out").read_text(errors="replace")
        shutil.rmtree(trial.folder, ignore_errors=True)
        passed = os.WIFEXITED(status) and os.WEXITSTATUS(status) == pytest.ExitCode.OK
        if passed and trial.rest:
            self._start(trial.mutant, trial.rest)
        else:
            yield trial.mutant, "survived" if passed else "killed", time.monotonic() - trial.begun

    def _start(self, mutant: Mutant, tests: tuple[str, ...], rest: tuple[str, ...] = ()) -> None:
        usual = sum(self.coverers.seconds.get(test, 0.1) for test in tests)
        folder = Path(tempfile.mkdtemp(prefix="mutant-"))
        sys.stdout.flush()
        pid = os.fork()
        if pid == 0:
            _run(mutant, tests, folder, seconds=int(60 + 10 * usual))
        self.running[pid] = Trial(mutant, rest, pid, time.monotonic(), 900 + 100 * usual, folder)


def _run(mutant: Mutant, tests: tuple[str, ...], folder: Path, seconds: int) -> None:
    """Run tests on a mutant in this process and end it."""
    status = 3
    try:
        os.setpgid(0, 0)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        out = os.open(folder / "out", os.O_WRONLY | os.O_CREAT)
        os.dup2(out, 1)
        os.dup2(out, 2)
        put_fault(dotted(mutant.path), mutant.number)
        files = sorted({test.partition("::")[0] for test in tests})
        options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:playwright", f"--basetemp={folder / 'temp'}"]
        options += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # libraries that came before pytest
        status = int(pytest.main([*files, *options], plugins=[Chosen(tests)]))
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
