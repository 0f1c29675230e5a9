"""The mutation run knows which tests run which line."""

import subprocess
import sys
from pathlib import Path

from tests.conftest import PROJECT
from tests.mutation.coverers import Coverers
from tests.mutation.noting import OUTSIDE

FILE = "tests/unit/test_deadlines.py"
LEAP_DAY = f"{FILE}::test_one_year_after_is_the_same_day_and_leap_day_becomes_28_february"
WINDOW = f"{FILE}::test_a_window_is_exact_to_the_second_at_both_ends"
MODULE = PROJECT / "exclusions" / "workflow" / "deadlines.py"


def line_of(code: str) -> int:
    """Return the one line of the module that reads so."""
    [found] = [n for n, line in enumerate(MODULE.read_text().splitlines(), 1) if line.strip() == code]
    return found


def test_each_line_has_the_tests_that_run_it_and_is_reported_as_run(tmp_path: Path) -> None:
    command = [
        sys.executable, "-m", "pytest", LEAP_DAY, WINDOW, "-q", "-p", "no:cacheprovider", "-p", "no:playwright",
        "-p", "tests.mutation.probes", "-p", "tests.mutation.noting", f"--lines-to={tmp_path}",
    ]  # fmt: skip
    subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)
    coverers = Coverers.load(tmp_path)
    assert coverers.seconds.keys() == {LEAP_DAY, WINDOW}
    leap = line_of("return date(day.year + 1, 2, 28)")
    window = line_of("return not window_refusal(opens_at, closes_at, at)")
    imported = line_of("def one_year_after(day: date) -> date:")
    tests = coverers.lines(MODULE)
    assert (tests[leap], tests[window]) == ({LEAP_DAY}, {WINDOW})
    assert not tests[imported], "it runs as the module is imported, before any test"
    assert coverers.at_import(MODULE, range(imported, imported + 1))
    assert not coverers.at_import(MODULE, range(leap, leap + 1))
    assert OUTSIDE not in tests[leap] | tests[imported]
