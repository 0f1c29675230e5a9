"""The probes note what a tracer would have seen (tests/probes.py)."""

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from coverage import Coverage, CoverageData

from tests import probes

SAMPLE = '''"""Every way in which the product branches."""
from __future__ import annotations

from functools import cache


@cache
@staticmethod
def branch(x):
    """Say something."""
    if x == 1:
        return "one"
    elif (
        x == 2
    ):
        said = "two"
    else:
        said = [
            "more",
        ]
    return said


def loops(items):
    for item in items:
        if item == 0:
            continue
        if item == 9:
            break
    else:
        items = None
    while items:
        items = items[1:]
    with open(__file__) as file:
        for _ in range(2):
            if items is None:
                return file.name


def handles(what):
    try:
        try:
            {"value": int, "key": {}.__getitem__, "none": print, "exit": lambda _: exit()}[what]("")
        except (ValueError, TypeError):
            return 1
        except KeyError as error:
            said = error
        else:
            said = 2
        finally:
            what = None
    except:
        raise
    return said


def matches(it):
    match it:
        case 1:
            return 1
        case [2, *_] | {"two": _}:
            it = 2
        case str() if it:
            it = 3
    match it:
        case 2:
            pass
        case _:
            it = 4
    return it


class Thing:
    """A thing."""

    __kind = 1
    if __kind:
        other = 2

    def never(self):
        return 1
'''
CALLS = (
    "branch(1)", "branch(2)", "branch(3)", "loops([0, 1])", "loops([9])", "handles('value')", "handles('key')",
    "handles('none')", "matches(1)", "matches([2])", "matches({'two': 1})", "matches('x')", "matches('')", "matches(7)",
    "Thing()",
)  # fmt: skip
CHOICES = ([], *([call] for call in CALLS), list(CALLS), list(CALLS[::2]), list(CALLS[1::2]))


def reported(file: Path, data_file: Path) -> list[Any]:
    """Return what coverage reports of the file: lines, branches taken, branches not taken."""
    report = Coverage(data_file=data_file, config_file=False)
    report.load()
    report.json_report([str(file)], outfile=str(data_file.with_suffix(".json")))
    (found,) = json.loads(data_file.with_suffix(".json").read_text())["files"].values()
    return [found[part] for part in ("executed_lines", "missing_lines", "executed_branches", "missing_branches")]


def as_traced(file: Path) -> list[Any]:
    data_file = file.with_suffix(".traced")
    command = [sys.executable, "-m", "coverage", "run", "--branch", f"--data-file={data_file}", "--rcfile=", str(file)]
    subprocess.run(command, check=True, cwd=file.parent)
    return reported(file, data_file)


def as_noted(file: Path) -> list[Any]:
    source = file.read_bytes()
    tree = probes.Prober(probes.size(source)).visit(ast.parse(source))
    noted = bytearray(probes.KINDS * probes.size(source))
    exec(compile(tree, str(file), "exec"), {probes.SEEN: noted, "__name__": "sample", "__file__": str(file)})
    data = CoverageData(str(file.with_suffix(".noted")))
    data.add_arcs({str(file): probes.arcs(source, bytes(noted), probes.possible_arcs(source))})
    data.write()
    return reported(file, file.with_suffix(".noted"))


@pytest.mark.parametrize("calls", CHOICES, ids=lambda calls: f"{len(calls)}: {' '.join(calls[:1])}")
def test_lines_and_branches_are_those_that_a_tracer_sees(tmp_path: Path, calls: list[str]) -> None:
    file = tmp_path / "sample.py"
    file.write_text(SAMPLE + "".join(f"\n{call}" for call in calls) + "\n")
    assert as_noted(file) == as_traced(file)


def test_what_several_processes_noted_is_added_up(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text("a.py 0100\nb.py 00\n")
    (tmp_path / "2.txt").write_text("a.py 0001\n")
    assert probes.together(tmp_path) == {"a.py": b"\1\1", "b.py": b"\0"}


def test_a_file_that_was_changed_meanwhile_is_refused(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text("a.py 0100\n")
    (tmp_path / "2.txt").write_text("a.py 000100\n")
    with pytest.raises(ValueError, match=r"a\.py was changed while the tests ran\. Run them again\."):
        probes.together(tmp_path)
