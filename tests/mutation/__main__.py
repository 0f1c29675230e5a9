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
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate

from tests.mutation.coverers import SUITE, Coverers, measure
from tests.mutation.judging import Judge, Mutant, load_libraries, mutants_of
from tests.mutation.report import Verdicts, report
from tests.mutation.targets import modules
from tests.mutation.warm import TRY_COLD
from tests.mutation.warm import verdicts as verdicts_of


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
    parser.add_argument(
        "--patience", type=float, default=0, metavar="P", help="tests of at most P seconds a fault: fewer are noticed"
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
    mutants = [replace(each, tests=within(each.tests, coverers.seconds, options)) for each in mutants]
    verdicts = Verdicts(folder / "verdicts.jsonl", fresh=options.fresh)
    waiting = [mutant for mutant in mutants if mutant.key not in verdicts.known]
    random.Random(options.seed).shuffle(waiting)  # so that the score of a run that is stopped is a fair one
    print(f"{len(mutants)} mutants in {len(paths)} modules, {len(waiting)} of them not judged yet.")
    load_libraries()
    begun = time.monotonic()
    judged = judge_all(waiting, coverers, options)
    for number, (mutant, verdict, seconds, test) in enumerate(judged, 1):
        verdicts.add(mutant, verdict)
        fault = f"{mutant.module}:{mutant.line} {mutant.words}"
        print(f"{number:5}/{len(waiting)} {verdict:8} {seconds:6.1f} s  {fault}  {test}", flush=True)
    if waiting:
        print(f"{(time.monotonic() - begun) / len(waiting):.1f} seconds a mutant.")
    return report(mutants, verdicts, whole=not (options.sample or options.only))


def within(tests: tuple[str, ...], seconds: dict[str, float], options: argparse.Namespace) -> tuple[str, ...]:
    """Return the tests that are allowed by number and by what they take together."""
    if options.tests:
        tests = tests[: options.tests]
    if not options.patience:
        return tests
    so_far = accumulate(seconds.get(test, 0.0) for test in tests)
    return tuple(test for test, taken in zip(tests, so_far, strict=True) if taken <= options.patience)


def judge_all(
    mutants: list[Mutant], coverers: Coverers, options: argparse.Namespace
) -> Iterator[tuple[Mutant, str, float, str]]:
    """Yield each mutant with its verdict, the seconds that took and the test that noticed, where that is known."""
    warm = [mutant for mutant in mutants if mutant.inside and mutant.tests]
    cold = [mutant for mutant in mutants if not (mutant.inside and mutant.tests)]
    for mutant, verdict, seconds, test in verdicts_of(warm, coverers.seconds, options.jobs, options.suite):
        if verdict == TRY_COLD:
            cold.append(mutant)
        else:
            yield mutant, verdict, seconds, test
    judge = Judge(coverers, options.jobs)
    judge.check(cold)
    for mutant, verdict, seconds in judge.verdicts(cold):
        yield mutant, verdict, seconds, ""


if __name__ == "__main__":
    sys.exit(main())
