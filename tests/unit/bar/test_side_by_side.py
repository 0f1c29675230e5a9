"""The script behind `make test`, with parts of this test's own: none of the real ones runs here."""

import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import PROJECT
from tests.waiting import end, eventually

# Whatever a part calls is this script; it says what it was called with, and does what a file of that word says.
PROGRAM = """#!/usr/bin/env bash
for word in tests.chromium services.py tests/functional tests/unit mypy lint-imports check; do
    [[ " $0 $* " == *"$word "* ]] && break || word=
done
echo "$(basename "$0") $*"
[ -z "$word" ] || [ ! -e "do/${word//\\//-}" ] || . "do/${word//\\//-}"
"""
PROGRAMS = ("python", "ruff", "djade", "lint-imports", "mypy", "pytest")
PARTS = [
    "Programs", "Public data", "Python format (ruff)", "Python lint (ruff)", "Template format (djade)",
    "Layers (import-linter)", "Migrations complete", "Django checks", "API schema (OpenAPI 3.1)", "Workflow diagram",
    "Types (mypy --strict)", "Ready for the tests", "Tests on SQLite",
    "Tests in Chromium", "Tests on PostgreSQL, Redis, worker", "Branch coverage",
]  # fmt: skip
SQLITE, POSTGRES, CHROMIUM = "tests/unit", "services.py", "tests/functional"
WAIT = "until [ -e {} ]; do sleep 0.05; done\n"


@dataclass
class Bar:
    """A project whose programs do what a test says."""

    home: Path

    def let(self, word: str, *lines: str) -> None:
        """Let the program that is called with this word run these lines."""
        (self.home / "do" / word.replace("/", "-")).write_text("\n".join(lines))

    def start(self, **environment: str) -> "subprocess.Popen[str]":
        """Start the bar; it hears an interrupt even where whoever started the tests does not."""
        known = {"PATH": os.environ["PATH"], "SHARED_DATA": str(self.home / "data"), **environment}
        hears = [shutil.which("env") or "env", "--default-signal=INT"]  # bash cannot trap what it began without
        command = [*hears, shutil.which("bash") or "bash", str(self.home / ".ci" / "bar.sh")]
        return subprocess.Popen(command, env=known, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def run(self, **environment: str) -> tuple[int, str]:
        """Run the bar; return its status and what it said."""
        bar = self.start(**environment)
        said, _ = bar.communicate(timeout=600)
        return bar.returncode, said


@pytest.fixture
def bar(tmp_path: Path) -> Bar:
    """Return a project in which every part passes."""
    for folder in (".ci", ".venv/bin", "do", "data/hts", "templates"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copy(PROJECT / ".ci" / "bar.sh", tmp_path / ".ci")
    for script in ("programs.sh", "install.sh"):
        (tmp_path / ".ci" / script).touch()
    for program in PROGRAMS:
        file = tmp_path / ".venv" / "bin" / program
        file.write_text(PROGRAM)
        file.chmod(0o755)
    made = Bar(tmp_path)
    made.let(SQLITE, "touch var/coverage/sqlite.json")
    return made


def table(said: str) -> dict[str, str]:
    """Return how each part went, in the order of the table."""
    rows = said.rpartition("Seconds\n")[2].partition("\n\n")[0].splitlines()
    return {row[:38].strip(): row[39:53].strip() for row in rows}


def test_every_part_runs_and_stands_in_the_table_in_its_order(bar: Bar) -> None:
    status, said = bar.run(COVERED="1")
    assert (status, table(said)) == (0, dict.fromkeys(PARTS, "passed")), said
    assert said.endswith("\nEverything that ran passed.\n")
    assert list(table(said)) == PARTS


@pytest.mark.parametrize(("asked", "measures"), [({"STRICT": "1"}, True), ({"COVERED": "1"}, True), ({}, False),
                                                 ({"STRICT": "1", "COVERED": "0"}, False)])  # fmt: skip
def test_branches_are_measured_in_continuous_integration_and_for_who_asks(
    bar: Bar, asked: dict[str, str], measures: bool
) -> None:
    status, said = bar.run(**asked)
    assert status == 0, said
    tests = [line for line in said.splitlines() if "pytest tests/integration" in line or "pytest tests/arch" in line]
    assert [" -m slipcover " in line for line in tests] == [measures] * 2
    assert table(said)["Branch coverage"] == ("passed" if measures else "left out")
    assert ("COVERED=1 measures it." in said) is not measures


def test_the_browser_and_then_postgresql_are_tried_while_sqlite_is(bar: Bar) -> None:
    """Each waits for the other: one after the other, neither would end."""
    bar.let(SQLITE, "touch sqlite", WAIT.format("postgres"), "touch var/coverage/sqlite.json")
    bar.let(CHROMIUM, WAIT.format("sqlite"), "touch chromium")
    bar.let(POSTGRES, WAIT.format("chromium"), "touch postgres")
    status, said = bar.run()
    assert status == 0, said


@pytest.mark.parametrize(("deep", "chosen"), [("0", "tests/integration -m postgres or both_databases -n"),
                                              ("1", "tests/integration -n")])  # fmt: skip
def test_postgresql_has_the_tests_that_are_marked_or_all_of_them(bar: Bar, deep: str, chosen: str) -> None:
    _, said = bar.run(DEEP=deep)
    (called,) = (line for line in said.splitlines() if "services.py" in line)
    assert chosen in called


def test_what_a_part_says_is_shown_whole(bar: Bar) -> None:
    """Though both talk at the same time."""
    talk = "for line in 1 2 3; do echo {0} $line; touch {0}$line; until [ -e {1}$line ]; do sleep 0.01; done; done"
    bar.let(SQLITE, talk.format("sqlite", "chromium"), "touch var/coverage/sqlite.json")
    bar.let(CHROMIUM, talk.format("chromium", "sqlite"))
    _, said = bar.run()
    assert "\nsqlite 1\nsqlite 2\nsqlite 3\n" in said
    assert "\nchromium 1\nchromium 2\nchromium 3\n" in said


@pytest.mark.parametrize(("word", "name"), [("mypy", "Types (mypy --strict)"), (CHROMIUM, "Tests in Chromium"),
                                            (SQLITE, "Tests on SQLite")])  # fmt: skip
def test_a_part_that_fails_fails_the_bar_and_stops_no_other(bar: Bar, word: str, name: str) -> None:
    bar.let(word, "touch var/coverage/sqlite.json", "echo what is wrong", "exit 3")
    status, said = bar.run()
    assert status == 1
    assert "what is wrong\n" in said
    assert table(said) == dict.fromkeys(PARTS, "passed") | {name: "failed", "Branch coverage": "left out"}
    assert "The bar is not met" in said


@pytest.mark.parametrize(("strict", "status"), [("0", 0), ("1", 1)])
def test_a_part_that_could_not_run_counts_where_everything_has_to(bar: Bar, strict: str, status: int) -> None:
    bar.let("tests.chromium", "exit 1")
    bar.let(POSTGRES, "exit 77")
    found, said = bar.run(STRICT=strict)
    lacking = {name for name, result in table(said).items() if result == "could not run"}
    assert (found, lacking) == (status, {"Tests in Chromium", "Tests on PostgreSQL, Redis, worker"}), said


def test_parts_named_are_run_alone_and_shown_as_they_go(bar: Bar) -> None:
    bar.let("mypy", "echo first", WAIT.format("seen"))
    started = bar.start(ONLY="Types|Layers")
    assert started.stdout
    lines = iter(started.stdout.readline, "")
    assert any(line == "first\n" for line in lines)
    (bar.home / "seen").touch()
    said, _ = started.communicate(timeout=600)
    assert started.returncode == 0
    assert list(table(said)) == ["Layers (import-linter)", "Types (mypy --strict)"]


def test_an_interrupt_ends_every_part(bar: Bar) -> None:
    files = [bar.home / "sqlite", bar.home / "chromium"]
    for word, file in zip((SQLITE, CHROMIUM), files, strict=True):
        bar.let(
            word,
            f"echo $$ >{file}.new && mv {file}.new {file}",
            "trap 'echo last word; exit 1' INT",
            WAIT.format("never"),
        )
    started = bar.start()
    eventually(lambda: all(file.exists() for file in files), "both parts run", of=started)
    started.send_signal(signal.SIGINT)
    said, _ = started.communicate(timeout=600)
    assert started.returncode == 130
    assert said.count("last word\n") == 2
    assert "PostgreSQL" not in said, "nothing is begun after it"
    for file in files:
        with pytest.raises(ProcessLookupError):
            os.kill(int(file.read_text()), 0)
    end(started)
