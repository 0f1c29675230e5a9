"""python -m tests.mutants [--sample N] [--seed S] [--jobs J] [--only TEXT].

It draws faults from mutmut's list and from those of the tables, judges them, and prints which of them no test noticed.
A sample is put into the source and judged by the tests that name its modules (`planted.py`); otherwise mutmut judges
its own, and a whole run that was stopped goes on where it was. Exit status 1: a fault lived without a reason in
survivors.toml.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from mutmut.configuration import config
from mutmut.utils.file_utils import walk_mutatable_files
from mutmut.utils.format_utils import get_mutant_name

from tests.mutants import planted, rows
from tests.mutants.drawing import Fault, draw, from_mutmut, unexplained

PROJECT = Path(__file__).resolve().parents[2]
MIGRATED = Path("var/test-databases")  # tests/migrated.py: no copy has to migrate one of its own
LIVED = {"survived", "no tests"}  # whatever else is said, a test or the limit of time noticed


def main() -> int:
    """Judge what is drawn; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="judge N faults drawn at random, not all")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="another seed draws others")
    parser.add_argument("--jobs", type=int, default=min(os.cpu_count() or 2, 4), metavar="J", help="so many at a time")
    parser.add_argument("--only", default="", metavar="TEXT", help="modules whose path contains this")
    options = parser.parse_args()
    os.chdir(PROJECT)
    # They run in copies of the project, beside which no public data lie.
    os.environ["SHARED_DATA"] = str(Path(os.environ.get("SHARED_DATA") or "../shared/data").resolve())
    modules = sorted(path for path in walk_mutatable_files() if options.only in path.as_posix())
    listed = [
        (path, fault) for path in modules for fault in (*names(path), *rows.faults(path.as_posix(), path.read_text()))
    ]
    drawn = draw(listed, options.sample, options.seed)
    print(f"{len(drawn)} of {len(listed)} faults in {len(modules)} modules.", flush=True)
    whole = len(drawn) == len(listed) and not options.only
    named = [] if options.sample else [fault for _, fault in drawn if isinstance(fault, str)]
    lived = list(judge(named, options.jobs, whole=whole)) if named else []
    texts = [put(path, fault) for path, fault in drawn if options.sample or isinstance(fault, Fault)]
    copied = [path.as_posix() for path in (*config().also_copy, MIGRATED) if path.exists()]
    chosen, said = config().pytest_add_cli_args_test_selection, config().pytest_add_cli_args
    if texts:
        lived += planted.judge(texts, chosen, said, copied, PROJECT, options.jobs)
    bare = unexplained(lived, whole=whole)
    print(
        f"\n{len(drawn) - len(lived)} of {len(drawn)} were noticed; {bare} rows of survivors.toml are missing or idle"
    )
    return int(bool(bare))


def names(path: Path) -> list[str]:
    """Return mutmut's names of a module's faults, but for those of what builds its tables, in the order of the text."""
    building = {f"x_{name}" for name in rows.builders(path.read_text())}
    found = planted.mutated(path).mutant_names
    return [get_mutant_name(path, name) for name in found if name.rpartition("__mutmut_")[0] not in building]


def put(path: Path, fault: str | Fault) -> planted.Planted:
    """Return a fault, and the text of its module with it."""
    if isinstance(fault, Fault):
        return fault, rows.with_fault(fault, path.read_text())
    return planted.of_mutmut(fault, path)


def judge(named: Sequence[str], jobs: int, *, whole: bool) -> Iterator[Fault]:
    """Let mutmut judge these, by name but for a whole run, which it goes on with; yield those that lived."""
    mutmut("run", "--max-children", str(jobs), *([] if whole else named), shown=True)
    said = dict(line.strip().split(": ") for line in mutmut("results", "--all", "true").splitlines() if ": " in line)
    if waiting := [name for name in named if said.get(name, "not checked") == "not checked"]:
        raise SystemExit(f"mutmut did not judge {len(waiting)}: {waiting[0]}")
    yield from (from_mutmut(name, mutmut("show", name)) for name in named if said[name] in LIVED)


def mutmut(*arguments: str, shown: bool = False) -> str:
    """Run a command of mutmut's, which has to succeed; return what it prints where that is not shown."""
    run = [sys.executable, "-m", "mutmut", *arguments]
    return subprocess.run(run, stdout=None if shown else subprocess.PIPE, text=True, check=True).stdout or ""


if __name__ == "__main__":
    sys.exit(main())
