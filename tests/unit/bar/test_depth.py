"""`make test` leaves tests out only by name, with a reason, and only where another one does the like."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.conftest import PROJECT

SAMPLE = """
import pytest
from tests.depth import so_many

@pytest.mark.deep("test_quick does the like.")
def test_long(): pass

@pytest.mark.deep("test_quick does the like.", only_on="postgresql")
def test_long_elsewhere(): pass

def test_quick(): assert so_many(1, 2) == {expected}
"""


def marks() -> Iterator[tuple[str, ast.Call]]:
    """Yield each `deep` mark of the tests with its file."""
    for file in (PROJECT / "tests").rglob("test_*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.deep":
                yield file.relative_to(PROJECT).as_posix(), node


def names() -> set[str]:
    """Return the names of all tests."""
    return {
        node.name
        for file in (PROJECT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_every_test_that_is_left_out_names_one_that_is_there() -> None:
    known, deep = names(), list(marks())
    assert deep
    for file, mark in deep:
        reason = ast.literal_eval(mark.args[0])
        named = {word.rstrip(".,") for word in reason.split() if word.startswith("test_")}
        assert named, f"{file}: {reason}"
        assert named <= known, f"{file}: {reason}"


@pytest.mark.parametrize(("depth", "left_out", "tries"), [("0", {"test_long"}, 1), ("1", set(), 2), (None, set(), 2)])
def test_deep_tests_run_unless_they_are_left_out_by_the_bar(depth: str | None, left_out: set[str], tries: int) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in {"DEEP", "STRICT", "DATABASE_URL"}}
    if depth is not None:
        environment["DEEP"] = depth
    file = PROJECT / "tests" / "unit" / "bar" / f"sample_of_depth_{os.getpid()}_{tries}_{depth}.py"
    file.write_text(SAMPLE.replace("{expected}", str(tries)))
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", str(file), "-v", "-p", "no:cacheprovider", "-p", "no:playwright"],
            cwd=PROJECT, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
    finally:
        file.unlink()
    assert done.returncode == 0, done.stdout
    ran = {line.split("::")[1].split()[0] for line in done.stdout.splitlines() if "PASSED" in line}
    assert {"test_long", "test_long_elsewhere", "test_quick"} - ran == left_out
