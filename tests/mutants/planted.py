"""Faults that are put into the source, each into a copy of the project, and judged by the tests that name its module.

So are all faults of tables, and whatever is drawn of mutmut's list: mutmut itself runs every test that it may choose
twice before it judges the first fault, which pays for thousands of them and not for twenty.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from difflib import unified_diff
from functools import cache
from pathlib import Path
from queue import SimpleQueue

import libcst as cst
from mutmut.mutation.diff_apply import read_mutant_function
from mutmut.mutation.file_mutation import MutatedFile, mutate_file_contents
from mutmut.utils.format_utils import orig_function_and_class_names_from_key

from tests.mutants.drawing import Fault, from_mutmut

# The tests that hold every word of what the rules write and say. They take long: they are asked last.
WALKS = [f"tests/integration/walks/test_{name}.py" for name in ("what_is_said", "what_a_filer_is_told", "whole_record")]
# Those that read the tables from the syntax trees, and what else names a module, wherever it lies: asked of what lived.
READERS = ["tests/architecture/test_doors.py", "tests/architecture/test_status_writers.py"]
EVERYWHERE = ["tests/unit", "tests/integration"]
LIMIT = "1800"  # seconds; a fault that holds the tests up so long is noticed
FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+?\.py)\b", re.MULTILINE)
Planted = tuple[Fault, str]  # a fault, and the text of its module with it


def of_mutmut(name: str, path: Path) -> Planted:
    """Return a fault of mutmut's by what it changes, and the text of its module with it."""
    text, made = path.read_text(), _parsed(path)
    function, of_class = orig_function_and_class_names_from_key(name)
    module = cst.parse_module(text)
    classes = [each for each in module.body if isinstance(each, cst.ClassDef) and each.name.value == of_class]
    body = classes[0].body.body if classes else module.body
    there = next(each for each in body if isinstance(each, cst.FunctionDef) and each.name.value == function)
    put = read_mutant_function(made, name.rpartition(".")[2]).with_changes(name=there.name)
    was, now = (cst.Module([each]).code.strip().split("\n") for each in (there, put))
    shown = "\n".join(unified_diff(was, now, path.as_posix(), path.as_posix(), lineterm=""))
    changed = module.deep_replace(there, put)
    assert isinstance(changed, cst.Module)
    return from_mutmut(name, shown), changed.code


def judge(
    planted: Sequence[Planted], chosen: list[str], said: list[str], copied: list[str], project: Path, jobs: int = 1
) -> Iterator[Fault]:
    """Yield those that lived: the tests that name the module passed with the fault in a copy, the walks, and the rest.

    `chosen` are the folders and files of tests, `said` pytest's options, `copied` what stands in a copy. SystemExit: a
    file of tests that noticed one fails without a fault, too.
    """
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder, ThreadPoolExecutor(jobs) as pool:
        free: SimpleQueue[Path] = SimpleQueue()
        for number in range(jobs):
            free.put(_copy(Path(folder) / str(number), copied, project))

        def judged(each: Planted) -> str:
            copy, (fault, text) = free.get(), each
            try:
                with _put(copy / fault.module, text):
                    nearest = naming(fault.module, chosen, project)
                    others = [file for file in naming(fault.module, EVERYWHERE, project) if file not in nearest]
                    asked = (nearest, WALKS, [*(file for file in READERS if (project / file).exists()), *others])
                    return next(filter(None, (failing(files, said, copy) for files in asked)), "")
            finally:
                free.put(copy)

        by = set()
        for number, ((fault, _), noticed) in enumerate(zip(planted, pool.map(judged, planted), strict=True), 1):
            print(f"{number:4}/{len(planted)} {'noticed' if noticed else 'lived':8} {fault.name}", flush=True)
            by.add(noticed)
            if not noticed:
                yield fault
        if broken := failing(sorted(by - {""}), said, free.get()):
            raise SystemExit(f"{broken} fails without a fault: it judges none.")


def naming(module: str, chosen: list[str], project: Path) -> list[str]:
    """Return the test files, of the chosen folders and files, that name a module; none of the walks."""
    path = Path(module).with_suffix("")
    *above, last = (path.parent if path.name == "__init__" else path).parts
    imports = re.compile(rf"from {'.'.join(above)}(\.{last} import| import [^()\n]*\b{last}\b)")
    there = [project / each for each in chosen if (project / each).exists()]
    files = [file for each in there for file in sorted(each.rglob("test_*.py")) or [each] if file.is_file()]
    named = (file.relative_to(project).as_posix() for file in files if imports.search(file.read_text()))
    return [file for file in dict.fromkeys(named) if file not in WALKS]


def failing(tests: list[str], options: list[str], copy: Path) -> str:
    """Return the first file of tests that fails there; where the run broke or took too long, the first; "" if none."""
    if not tests:
        return ""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}  # two faults of one second are of the same age
    run = ["timeout", LIMIT, sys.executable, "-m", "pytest", "-x", "-q", *options, *tests]
    done = subprocess.run(run, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    found = FAILED.search(done.stdout)
    return found[1] if found else tests[0] if done.returncode else ""


@cache
def mutated(path: Path) -> MutatedFile:
    """Return what mutmut makes of a module: a second of processor time or more."""
    return mutate_file_contents(str(path), path.read_text())


@cache
def _parsed(path: Path) -> cst.Module:
    return cst.parse_module(mutated(path).code)


@contextmanager
def _put(file: Path, text: str) -> Iterator[None]:
    """Let a file hold this text."""
    was = file.read_text()
    file.write_text(text)
    try:
        yield
    finally:
        file.write_text(was)


def _copy(folder: Path, copied: list[str], project: Path) -> Path:
    folder.mkdir()
    for each in copied:
        (shutil.copytree if (project / each).is_dir() else shutil.copy2)(project / each, folder / each)
    return folder
