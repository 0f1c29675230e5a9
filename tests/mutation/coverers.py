"""Which tests run which line: found by one run of the tests on SQLite in which the product notes it, and kept."""

import ast
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.mutation.noting import OUTSIDE, SECONDS, Noted
from tests.mutation.targets import PROJECT, dotted, importers

KEPT_IN = PROJECT / "var" / "mutation"
SUITE = ("tests/architecture", "tests/unit", "tests/integration")
ON_SQLITE = "not postgres"
# The tests that hold every word of what the rules write and say, by the modules of which they do: whatever they run,
# they look at.
WALKS = "tests/integration/walks"
WORD_BY_WORD = {
    "exclusions/actions/record": (f"{WALKS}/test_whole_record.py",),
    "exclusions/permissions": (f"{WALKS}/test_what_is_said.py", f"{WALKS}/test_what_a_filer_is_told.py"),
    "exclusions/workflow": (f"{WALKS}/test_what_is_said.py", f"{WALKS}/test_whole_record.py"),
}


def fingerprint() -> str:
    """Return what stands for the product and its tests as they are."""
    sum_ = hashlib.sha256()
    for folder in ("exclusions", "tests", "tradecases", "templates"):
        for path in sorted((PROJECT / folder).rglob("*")):
            if path.suffix in {".py", ".html", ".txt", ".toml"} and "mutation" not in path.parts:
                sum_.update(f"{path.relative_to(PROJECT)}\0".encode() + path.read_bytes())
    return sum_.hexdigest()[:16]


def measure(jobs: int, suite: Sequence[str] = SUITE) -> Path:
    """Run the tests of these folders once, all of which have to pass, and return the folder of what was measured."""
    chosen = "" if tuple(suite) == SUITE else "-" + hashlib.sha256(" ".join(suite).encode()).hexdigest()[:8]
    folder = KEPT_IN / (fingerprint() + chosen)
    if (folder / SECONDS).exists():
        return folder
    empty(folder)
    command = [
        sys.executable, "-m", "pytest", *suite, "-m", ON_SQLITE, "-q", "-n", str(jobs),
        "-p", "tests.mutation.probes", "-p", "tests.mutation.noting", f"--lines-to={folder}",
    ]  # fmt: skip
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    if subprocess.run(command, cwd=PROJECT, env=environment, check=False).returncode:
        raise SystemExit("The tests have to pass before faults are put in.")
    return folder


def empty(folder: Path) -> None:
    """Make a folder for what is measured, without what a run that was stopped left."""
    folder.mkdir(parents=True, exist_ok=True)
    for kept in folder.glob("*.json"):
        kept.unlink()


@dataclass
class Coverers:
    """The tests by the lines they run: those that are likely to notice first, and of these the quickest."""

    noted: Noted
    seconds: dict[str, float]
    _readers: dict[Path, set[str]] = field(default_factory=dict)
    _files: dict[Path, set[str]] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path) -> "Coverers":
        """Read what `measure` left."""
        return cls(Noted.read(folder), json.loads((folder / SECONDS).read_text()))

    def lines(self, path: Path) -> dict[int, set[str]]:
        """Return the tests of each line of a file."""
        return {line: tests - {OUTSIDE} for line, tests in self.noted.lines(path).items()}

    def at_import(self, path: Path, lines: range) -> bool:
        """Whether one of these lines runs before the first test: the module, or one that it calls, is imported."""
        found = self.noted.lines(path)
        return any(OUTSIDE in found.get(line, ()) for line in lines)

    def inside(self, path: Path, tree: ast.Module, line: int) -> bool:
        """Whether a line is a function's and ran in tests alone, not while anything was imported or made for them."""
        return _in_function(tree, line) and not self.at_import(path, _statement(tree, line))

    def readers(self, path: Path) -> set[str]:
        """Return the tests that run a line of a module or of one that imports it, or whose own file imports it."""
        if path not in self._readers:
            tests: set[str] = set()
            for file in (path, *importers(dotted(path))):
                tests |= set().union(*self.lines(file).values())
            self._readers[path] = tests | {test for test in self.seconds if self.names(path, test)}
        return self._readers[path]

    def names(self, path: Path, test: str) -> bool:
        """Whether a test's own file imports the module: it was written with that in mind."""
        if path not in self._files:
            found = importers(dotted(path), folder="tests")
            self._files[path] = {file.relative_to(PROJECT).as_posix() for file in found}
        return test.partition("::")[0] in self._files[path]

    def likely(self, path: Path, test: str) -> bool:
        """Whether a test was written with the module in mind, or looks at every word that such a module says."""
        words = WORD_BY_WORD.get(path.parent.relative_to(PROJECT).as_posix(), ())
        return test.startswith(words) or self.names(path, test)

    def of(self, path: Path, tree: ast.Module, line: int, place: str) -> list[str]:
        """Return the tests that a fault on that line may break.

        A line that runs as the module is imported shapes whoever imports it, so those are the tests of the module and
        of its importers, and those of a test's file that imports it: a test may read a table and run no line of it.
        Any other line has its own, and those of its statement's other lines.
        """
        here = self.lines(path)
        statement = _statement(tree, line)
        tests = set().union(*(here.get(each, set()) for each in statement))
        if not tests and (not _in_function(tree, line) or self.at_import(path, statement)):
            tests = self.readers(path)
        return sorted(tests, key=lambda test: (not self.likely(path, test), self.seconds.get(test, 0.0), test))


def _statement(tree: ast.Module, line: int) -> range:
    """Return the lines of the smallest statement around a line."""
    around = [
        node for node in ast.walk(tree) if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or 0)
    ]
    if not around:
        return range(line, line + 1)
    smallest = min(around, key=lambda node: (node.end_lineno or 0) - node.lineno)
    if isinstance(smallest, ast.FunctionDef | ast.ClassDef):
        return range(line, line + 1)
    return range(smallest.lineno, (smallest.end_lineno or smallest.lineno) + 1)


def _in_function(tree: ast.Module, line: int) -> bool:
    return any(
        isinstance(node, ast.FunctionDef) and node.body[0].lineno <= line <= (node.end_lineno or 0)
        for node in ast.walk(tree)
    )


if __name__ == "__main__":  # for the bar, whose tests on SQLite can be those of `measure` (MAP=1)
    here = KEPT_IN / fingerprint()
    empty(here)
    print(here)
