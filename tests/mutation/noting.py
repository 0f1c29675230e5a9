"""A pytest plugin that writes which tests ran which line of the product, and how long each took: --lines-to=FOLDER.

The lines are those that the product notes itself (`tests/mutation/probes.py`), so nothing is traced and a test takes
its usual time. What runs between two tests (the product is imported, a fixture of the session is made) belongs to none
of them.
"""

import json
import os
from collections import defaultdict
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.mutation.probes import LINE, PROJECT, seen, size_of

OUTSIDE = ""  # stands for a test's name where none was running
SECONDS = "seconds.json"
so_far: dict[str, bytes] = {}  # what was noted of each file before it was forgotten


def noted() -> Iterator[tuple[str, list[int]]]:
    """Yield each file that ran, with its lines, and forget them."""
    for file, found in seen.items():
        if found.count(0) == len(found):
            continue
        apart = size_of(found)
        lines = found[LINE * apart : (LINE + 1) * apart]
        before = so_far.get(file, b"")
        so_far[file] = bytes(a | b for a, b in zip(before, found, strict=True)) if before else bytes(found)
        found[:] = bytes(len(found))
        yield Path(file).relative_to(PROJECT).as_posix(), [line for line, ran in enumerate(lines) if ran]


class Noting:
    """Takes down what runs in this process, test by test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tests: list[str] = []
        self.lines: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))

    def take(self, test: str) -> None:
        """Let everything that ran since the last time be that test's."""
        self.tests.append(test)
        for file, lines in noted():
            for line in lines:
                self.lines[file][line].append(len(self.tests) - 1)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Take down a whole test, its fixtures included; the name is pytest's."""
        self.take(OUTSIDE)
        try:
            return (yield)
        finally:
            self.take(item.nodeid)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self) -> None:
        """Write them, in a file of this process, and give back what the report of coverage asks for."""
        self.take(OUTSIDE)
        for file, found in so_far.items():
            seen[file][:] = found
        kept = json.dumps({"tests": self.tests, "lines": self.lines})
        (self.folder / f"lines-{os.getpid()}.json").write_text(kept)


class Seconds:
    """Adds the phases of each test up, in the process that hears of every test."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / SECONDS
        self.seconds: dict[str, float] = defaultdict(float)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take one phase; the name is pytest's."""
        self.seconds[report.nodeid] += report.duration

    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """Write them where all passed: by tests that fail nothing is judged; the name is pytest's."""
        if exitstatus == pytest.ExitCode.OK:
            self.file.write_text(json.dumps(self.seconds, indent=0, sort_keys=True))


@dataclass(frozen=True)
class Noted:
    """What the processes of a run wrote: the tests of each line of each file, OUTSIDE among them."""

    files: dict[str, dict[int, set[str]]]

    @classmethod
    def read(cls, folder: Path) -> "Noted":
        """Put the processes' files together."""
        files: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        for path in sorted(folder.glob("lines-*.json")):
            kept = json.loads(path.read_text())
            tests = kept["tests"]
            for file, lines in kept["lines"].items():
                for line, numbers in lines.items():
                    files[file][int(line)].update(tests[number] for number in numbers)
        return cls(files)

    def lines(self, path: Path) -> dict[int, set[str]]:
        """Return the tests of each line of a file; nothing where it never ran."""
        return self.files.get(path.relative_to(PROJECT).as_posix(), {})


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option; the name is pytest's, as below."""
    parser.addoption("--lines-to", default="", help="write the lines and seconds of each test to files in this folder")


def pytest_configure(config: pytest.Config) -> None:
    """Note in each process that runs tests, and count in the one that hears of all of them."""
    if not (name := config.getoption("--lines-to")):
        return
    folder = Path(name)
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Seconds(folder))
    if hasattr(config, "workerinput") or not config.getoption("numprocesses", None):
        config.pluginmanager.register(Noting(folder))
