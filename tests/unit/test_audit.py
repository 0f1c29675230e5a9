"""`make audit` says what it looked up: the script with a pip-audit that prints what the real one prints."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import PROJECT

SKIPPED = "Name   Skip Reason\n------ ----------\n"
LINE = "{0}   Dependency not found on PyPI and could not be audited: {0} (1.0)\n"
FOUND = "Found 1 known vulnerability in 1 package\nName Version ID Fix Versions\namqp 1.0 PYSEC-0000-0 1.1\n"


def audit(folder: Path, says: str, status: int) -> "subprocess.CompletedProcess[str]":
    """Run the script on two packages, where pip-audit says this and ends so."""
    (folder / ".ci").mkdir()
    (folder / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(PROJECT / ".ci" / "audit.sh", folder / ".ci")
    (folder / "requirements.txt").write_text("amqp==1.0 \\\n    --hash=sha256:0\nvine==1.0 \\\n    --hash=sha256:0\n")
    (folder / "said").write_text(says)
    tool = folder / ".venv" / "bin" / "pip-audit"
    tool.write_text(f"#!/bin/sh\ncat '{folder}/said'\nexit {status}\n")
    tool.chmod(0o755)
    return subprocess.run(["bash", str(folder / ".ci" / "audit.sh")], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("says", "status", "ends", "sentence"),
    [
        ("No known vulnerabilities found\n", 0, 0, "No known vulnerability in requirements.txt."),
        (SKIPPED + LINE.format("amqp") + LINE.format("vine"), 0, 1, "Not checked: 2 package(s)"),
        (SKIPPED + LINE.format("vine"), 0, 1, "Not checked: 1 package(s)"),
        (FOUND, 1, 1, "The audit found something"),
        ("ERROR: connection refused\n", 1, 1, "or could not reach its sources"),
        (FOUND + SKIPPED + LINE.format("vine"), 1, 1, "The audit found something"),
    ],
)
def test_the_audit_claims_no_more_than_it_looked_up(
    tmp_path: Path, says: str, status: int, ends: int, sentence: str
) -> None:
    done = audit(tmp_path, says, status)
    assert (done.returncode, done.stderr) == (ends, "")
    assert done.stdout.startswith(says)
    assert sentence in done.stdout.splitlines()[-1]
    assert ("No known vulnerability in" in done.stdout) == (ends == 0)
