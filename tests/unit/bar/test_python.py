"""`.ci/python.sh`: the environment is made with the newest Python that can make one, unless somebody names another."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import PROJECT

CHOOSE = (shutil.which("bash") or "bash", str(PROJECT / ".ci" / "python.sh"))


def chosen(folder: Path, *, can: tuple[str, ...], cannot: tuple[str, ...] = (), **variables: str) -> str:
    """Return what is chosen where these programs are installed; the second ones cannot make an environment."""
    for name in (*can, *cannot):
        program = folder / name
        program.write_text(f"#!/bin/sh\nexit {int(name in cannot)}\n")
        program.chmod(0o755)
    done = subprocess.run(CHOOSE, env={"PATH": str(folder), **variables}, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.parametrize(
    ("can", "cannot", "expected"),
    [
        (("python3", "python3.11", "python3.13"), (), "python3.13"),
        (("python3", "python3.12"), ("python3.13",), "python3.12"),
        (("python3",), (), "python3"),
        ((), ("python3", "python3.13"), "python3"),  # what is missing is said by whoever asks it
        ((), (), "python3"),
    ],
)
def test_the_newest_that_can_make_an_environment_is_chosen(
    tmp_path: Path, can: tuple[str, ...], cannot: tuple[str, ...], expected: str
) -> None:
    assert chosen(tmp_path, can=can, cannot=cannot) == f"{expected}\n"


def test_a_python_that_somebody_names_is_taken_as_it_is(tmp_path: Path) -> None:
    assert chosen(tmp_path, can=("python3.13",), PYTHON="/opt/python") == "/opt/python\n"
