"""Judging the faults of functions by one process that has loaded the product, its tests and a database once.

It is forked for each fault, puts the fault into the functions (`replacing.py`) and runs the tests, so a fault takes no
longer than the tests that miss it. A fault in what runs at import cannot be judged so: `judging.py` starts anew for it.

A test counts as noticing only if it passes without the fault in a process made the same way; that is tried once a test.
"""

import gc
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import IO, Any

import pytest
import typst

from tests.mutation.coverers import ON_SQLITE, SUITE
from tests.mutation.judging import QUICK, Mutant
from tests.mutation.replacing import Functions

SOUND, NOTICED, COLD = 0, 1, 2  # how a process ends
KILLED, SURVIVED, TRY_COLD = "killed", "survived", "cold"
SLICE = 100  # tests that run in their files' order before the next slice


class Hears:
    """A pytest plugin: ends the process with the first test that fails, once its name is written down."""

    def __init__(self) -> None:
        self.into: Path | None = None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take one phase of a test; the name is pytest's."""
        if self.into is not None and report.failed:
            self.into.write_text(report.nodeid)
            os._exit(NOTICED)


@dataclass
class Trial:
    """A process that runs tests on a mutant; `proves` is the test that is tried without a fault."""

    number: int  # of the mutant
    begun: float
    limit: float
    folder: Path
    proves: str = ""


@dataclass
class Server:
    """A pytest plugin that takes the place of running the tests: it judges mutants and tells each verdict."""

    mutants: Sequence[Mutant]
    seconds: dict[str, float]
    jobs: int
    tell: IO[str]
    least: float  # seconds of processor time that any test is given
    hears: Hears = field(default_factory=Hears)
    running: dict[int, Trial] = field(default_factory=dict)
    proven: dict[str, bool] = field(default_factory=dict)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Judge them all; the name is pytest's."""
        self.items = {item.nodeid: item for item in session.items}
        self.after: Any = session  # in place of a next test: whatever belongs to less than all of them is torn down
        session.config.pluginmanager.register(self.hears)
        self._warm_up(session.config)
        assert threading.active_count() == len(list(Path("/proc/self/task").iterdir())) == 1, "Threads do not survive."
        self.functions = Functions()
        self.started = [each for each in gc.get_objects() if type(each) is subprocess.Popen]
        gc.collect()
        gc.freeze()
        waiting = list(reversed(range(len(self.mutants))))
        while waiting or self.running:
            while waiting and len(self.running) < self.jobs:
                self._start(waiting.pop())
            again = self._finished()
            if again is not None:
                waiting.append(again)
        return True

    def _warm_up(self, config: pytest.Config) -> None:
        """Let each kind of database be made before the first fault is put in, by the quickest test that needs it.

        What sets letters has threads, without which a forked process would wait for ever: it runs apart.
        """
        kinds: dict[object, pytest.Item] = {}
        for item in sorted(self.items.values(), key=lambda each: self.seconds.get(each.nodeid, 1.0)):
            if item.get_closest_marker("django_db"):
                kinds.setdefault(item.callspec.params["standing"], item)
        compile_here, typst.compile = typst.compile, apart(typst.compile)
        for item in kinds.values():
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=self.after)
        typst.compile = compile_here

    def _start(self, number: int, proves: str = "") -> None:
        mutant = self.mutants[number]
        tests = [proves] if proves else [test for test in mutant.tests if self.proven.get(test, True)]
        usual = sum(self.seconds.get(test, 0.1) for test in tests)
        folder = Path(tempfile.mkdtemp(prefix="mutant-"))
        sys.stdout.flush()
        pid = os.fork()
        if pid == 0:
            items = [self.items[test] for test in _in_slices(tests) if test in self.items]
            self._run(mutant, items, folder, sound=bool(proves))
        self.running[pid] = Trial(number, time.monotonic(), 300 + 50 * usual, folder, proves)

    def _run(self, mutant: Mutant, items: list[pytest.Item], folder: Path, *, sound: bool) -> None:
        """Run tests on a mutant, or without its fault, in this process and end it."""
        status = 3
        try:
            os.setpgid(0, 0)
            out = os.open(folder / "out", os.O_WRONLY | os.O_CREAT)
            os.dup2(out, 1)
            os.dup2(out, 2)
            for process in self.started:  # another's children: it neither waits for them nor warns of them
                process.returncode = 0
            if not sound and not self.functions.put_fault(mutant.path, mutant.number):
                os._exit(COLD)
            self.hears.into = folder / "noticed"
            for item, after in zip(items, [*items[1:], self.after], strict=True):
                (folder / "runs").write_text(item.nodeid)
                limit = self.least + 10 * self.seconds.get(item.nodeid, 0.1)
                signal.setitimer(signal.ITIMER_PROF, limit)  # the signal ends the process
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            status = SOUND
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)

    def _finished(self) -> int | None:
        """Wait a moment for a process to end; return the number of the mutant to judge once more, if any."""
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            for each, trial in self.running.items():
                if time.monotonic() - trial.begun > trial.limit:
                    os.killpg(each, signal.SIGKILL)
            time.sleep(0.005)
            return None
        if pid not in self.running:
            return None
        trial = self.running.pop(pid)
        ended = os.WEXITSTATUS(status) if os.WIFEXITED(status) else NOTICED
        test = _read(trial.folder / "noticed") or _read(trial.folder / "runs")
        shutil.rmtree(trial.folder, ignore_errors=True)
        if trial.proves:
            self.proven[trial.proves] = ended == SOUND
            if ended != SOUND:
                return trial.number
            self._say(trial, KILLED, trial.proves)
        elif ended in {SOUND, COLD} or not test:
            self._say(trial, SURVIVED if ended == SOUND else TRY_COLD, "")
        elif self.proven.get(test):
            self._say(trial, KILLED, test)
        else:
            self._start(trial.number, proves=test)
        return None

    def _say(self, trial: Trial, verdict: str, test: str) -> None:
        seconds = time.monotonic() - trial.begun
        print(json.dumps([trial.number, verdict, seconds, test]), file=self.tell, flush=True)


def apart(call: Callable[..., bytes]) -> Callable[..., bytes]:
    """Return what does the same in a process of its own, whose threads end with it."""

    def called(*args: Any, **how: Any) -> bytes:
        reads, writes = os.pipe()
        pid = os.fork()
        if pid == 0:
            try:
                with os.fdopen(writes, "wb") as told:
                    told.write(call(*args, **how))
            finally:
                os._exit(0)
        os.close(writes)
        with os.fdopen(reads, "rb") as told:
            made = told.read()
        os.waitpid(pid, 0)
        return made

    return called


def _read(file: Path) -> str:
    return file.read_text() if file.exists() else ""


def _in_slices(tests: Sequence[str]) -> list[str]:
    """Return the tests in slices, the likeliest first, each in the order of their files."""
    cuts = [0, QUICK, *range(QUICK + SLICE, len(tests) + SLICE, SLICE)]
    return [test for cut, end in pairwise(cuts) for test in sorted(tests[cut:end], key=_file)]


def _file(test: str) -> str:
    return test.partition("::")[0]


def verdicts(
    mutants: Sequence[Mutant], seconds: dict[str, float], jobs: int, suite: Sequence[str] = SUITE, *, least: float = 20
) -> Iterator[tuple[Mutant, str, float, str]]:
    """Yield each mutant with its verdict, the seconds that took, and the test that noticed.

    The verdict is "killed", "survived" or "cold": the last can only be judged by a process that starts anew. A test
    that takes more than `least` seconds of processor time and ten times what it usually takes has noticed.
    """
    if not mutants:
        return
    reads, writes = os.pipe()
    said = Path(tempfile.mkstemp(prefix="warm-")[1])
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        status = 3
        try:
            os.close(reads)
            out = os.open(said, os.O_WRONLY)
            os.dup2(out, 1)
            os.dup2(out, 2)
            options = ["-m", ON_SQLITE, "-q", "-s", "-p", "no:cacheprovider", "-p", "no:playwright"]
            options += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # libraries that came before pytest
            with os.fdopen(writes, "w") as tell:
                status = int(pytest.main([*suite, *options], plugins=[Server(mutants, seconds, jobs, tell, least)]))
        finally:
            os._exit(status)
    os.close(writes)
    with os.fdopen(reads) as told:
        for line in told:
            number, verdict, took, test = json.loads(line)
            yield mutants[number], verdict, took, test
    _, status = os.waitpid(pid, 0)
    if status:
        raise SystemExit(f"{said.read_text(errors='replace')[-5000:]}\nThe process that judges ended, as said above.")
    said.unlink()
