"""python -m tests.mutation [--sample N] [--seed S] [--jobs J] [--tests T] [--only TEXT] [--suite FOLDER …] [--fresh].

It puts small faults into the rules, and says which of them no test noticed.

The first run on a state of the product takes minutes longer: it learns which tests run which line. Verdicts are kept in
var/mutation/, so a run that was stopped goes on where it was. Exit status 1: a fault lived that
tests/mutation/survivors.toml gives no reason for, or (a whole run) fewer than the goal were noticed.
"""

import argparse
import os
import random
import sys
import time
from dataclasses import replace

from tests.mutation.coverers import SUITE, Coverers, measure
from tests.mutation.judging import Judge, Mutant, load_libraries, mutants_of
from tests.mutation.report import Verdicts, report
from tests.mutation.targets import modules


def chosen(mutants: list[Mutant], sample: int, seed: int) -> list[Mutant]:
    """Return all of them, or that many drawn with the seed."""
    return random.Random(seed).sample(mutants, min(sample, len(mutants))) if sample else mutants


def main() -> int:
    """Judge the mutants and report; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="judge N mutants drawn at random, not all")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="another seed draws others")
    parser.add_argument("--jobs", type=int, default=min(os.cpu_count() or 2, 4), metavar="J", help="so many at a time")
    parser.add_argument(
        "--tests", type=int, default=0, metavar="T", help="at most T tests a fault, the likeliest: fewer are noticed"
    )
    parser.add_argument("--only", default="", metavar="TEXT", help="modules whose path contains this")
    parser.add_argument(
        "--suite", nargs="+", default=SUITE, metavar="FOLDER", help="judge by these tests alone: fewer are noticed"
    )
    parser.add_argument("--fresh", action="store_true", help="forget the verdicts of an earlier run")
    options = parser.parse_args()
    paths = modules(options.only)
    folder = measure(options.jobs, options.suite)
    coverers = Coverers.load(folder)
    mutants = chosen([each for path in paths for each in mutants_of(path, coverers)], options.sample, options.seed)
    if options.tests:
        mutants = [replace(mutant, tests=mutant.tests[: options.tests]) for mutant in mutants]
    verdicts = Verdicts(folder / "verdicts.jsonl", fresh=options.fresh)
    waiting = [mutant for mutant in mutants if mutant.key not in verdicts.known]
    print(f"{len(mutants)} mutants in {len(paths)} modules, {len(waiting)} of them not judged yet.")
    load_libraries()
    judge = Judge(coverers, options.jobs)
    judge.check(waiting)
    begun = time.monotonic()
    for number, (mutant, verdict, seconds) in enumerate(judge.verdicts(waiting), 1):
        verdicts.add(mutant, verdict)
        print(f"{number:5}/{len(waiting)} {verdict:8} {seconds:6.1f} s  {mutant.module}:{mutant.line} {mutant.words}")
    if waiting:
        print(f"{(time.monotonic() - begun) / len(waiting):.1f} seconds a mutant.")
    return report(mutants, verdicts, whole=not (options.sample or options.only))


if __name__ == "__main__":
    sys.exit(main())
