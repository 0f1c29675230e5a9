"""Judging faults in a process that has loaded everything: functions get other code, tests notice it or do not."""

import ast
import json
import os
import subprocess
import sys
from importlib import util
from pathlib import Path
from types import ModuleType
from weakref import proxy

import pytest

from tests.conftest import PROJECT
from tests.mutation.operators import mutations
from tests.mutation.replacing import Functions
from tests.mutation.warm import _in_slices

THING = """
from functools import wraps

TABLE = ("row", "other")


def twice(f):
    @wraps(f)
    def doubled(*args):
        return f(*args) * 2

    return doubled


@twice
def size(a):
    return len(a) + 1


class Box:
    @property
    def full(self):
        return self.count > 3

    count = 4


def counter(step):
    def count(a):
        return a + step

    return count


def endless(a):
    while a < 3:
        a += 1
    return a
"""

TESTS = """
import os

import thing


def test_a_box():
    assert thing.Box().full


def test_a_size():
    assert thing.size("ab") == 6


def test_in_this_process_alone():
    assert os.getppid() == int(os.environ["BEGAN"]) and thing.Box().full


def test_an_end():
    assert thing.endless(1) == 3
"""
JUDGE = """
import json, os
from pathlib import Path

from tests.mutation.judging import Mutant
from tests.mutation.warm import verdicts

os.environ["BEGAN"] = str(os.getpid())
here = Path("thing.py").resolve()
asked = json.loads(os.environ["ASKED"])
mutants = [Mutant(here, number, 1, "", "", tuple(tests), True) for number, tests in asked]
told = verdicts(mutants, {}, 2, ["test_thing.py"], least=1)
print(json.dumps(sorted((mutant.number, verdict, test) for mutant, verdict, _, test in told)))
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file with functions of several kinds."""
    path = tmp_path / "thing.py"
    path.write_text(THING)
    return path


@pytest.fixture
def thing(file: Path) -> ModuleType:
    """Return the loaded module."""
    spec = util.spec_from_file_location("thing", file)
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def number_of(words: str) -> int:
    """Return the number of the fault that says these words."""
    (number,) = [number for number, each in enumerate(mutations(ast.parse(THING))) if each.words == words]
    return number


@pytest.mark.parametrize(
    ("words", "asked", "becomes"),
    [
        ("len(a) + 1 -> len(a) - 1", "size('ab')", 2),
        ("self.count > 3 -> self.count >= 3", "setattr(Box, 'count', 3) or Box().full", True),
        ("a + step -> a - step", "made(10)", 5),
        ("a + step -> a - step", "counter(1)(10)", 9),
        ("2 -> 3", "size('ab')", 9),
    ],
)
def test_whoever_holds_a_function_has_the_fault(
    thing: ModuleType, file: Path, words: str, asked: str, becomes: object
) -> None:
    names = {**vars(thing), "made": thing.counter(5)}
    assert Functions().put_fault(file, number_of(words))
    assert eval(asked, names) == becomes


@pytest.mark.parametrize("words", ["entry 'row' -> left out", "return a + step -> return None"])
def test_what_cannot_be_exchanged_is_left_alone(thing: ModuleType, file: Path, words: str) -> None:
    """A table was read at import; a function that no longer uses a name of its surroundings has another shape."""
    made = thing.counter(5)
    assert not Functions().put_fault(file, number_of(words))
    assert (thing.TABLE, made(1)) == (("row", "other"), 6)


def test_what_no_longer_is_there_does_not_disturb(thing: ModuleType, file: Path) -> None:
    """Whoever looks at all objects meets proxies of some that are gone, as they lie about after many tests."""
    gone = proxy(thing.Box())
    assert Functions().put_fault(file, number_of("len(a) + 1 -> len(a) - 1"))
    with pytest.raises(ReferenceError):
        str(gone)


def test_the_likeliest_tests_go_first_and_those_of_a_file_together() -> None:
    tests = [f"{'ab'[number % 2]}.py::test_{number}" for number in range(150)]
    found = _in_slices(tests)
    assert sorted(found) == sorted(tests)
    assert [test[0] for test in found[:25]] == ["a"] * 13 + ["b"] * 12
    assert set(found[:25]) == set(tests[:25])


def test_each_fault_has_the_verdict_of_its_tests(file: Path) -> None:
    """One is noticed, one is not, one never ends, one is a table's; a test that fails without a fault notices none."""
    (file.parent / "test_thing.py").write_text(TESTS)
    name = "test_thing.py::test_"
    asked = {
        "a + step -> a - step": ["a_size", "a_box"],
        "len(a) + 1 -> len(a) - 1": ["a_box", "a_size"],
        "self.count > 3 -> self.count >= 3": ["in_this_process_alone", "a_box"],
        "a += 1 -> left out": ["an_end"],
        "entry 'row' -> left out": ["a_size"],
    }
    rows = [[number_of(words), [name + test for test in tests]] for words, tests in asked.items()]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "ASKED": json.dumps(rows)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run(
        [sys.executable, "-c", JUDGE], cwd=file.parent, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert {words: tuple(told) for words, told in _by_words(done.stdout)} == {
        "a + step -> a - step": ("survived", ""),
        "len(a) + 1 -> len(a) - 1": ("killed", f"{name}a_size"),
        "self.count > 3 -> self.count >= 3": ("survived", ""),
        "a += 1 -> left out": ("killed", f"{name}an_end"),
        "entry 'row' -> left out": ("cold", ""),
    }


def _by_words(said: str) -> list[tuple[str, list[str]]]:
    every = mutations(ast.parse(THING))
    return [(every[number].words, told) for number, *told in json.loads(said.splitlines()[-1])]
