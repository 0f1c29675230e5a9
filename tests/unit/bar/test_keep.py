"""`.ci/keep.py`: a command that fails by itself is started again, and one that is asked to end ends."""

import subprocess
import sys
from pathlib import Path

from tests.conftest import PROJECT
from tests.waiting import PATIENCE, end, eventually

KEEP = (sys.executable, str(PROJECT / ".ci" / "keep.py"), "bash", "-c")


def test_a_command_that_fails_is_started_again_until_it_ends_well(tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    done = subprocess.run(
        [*KEEP, f"echo >>{runs}; [ $(wc -l <{runs}) -ge 2 ] || exit 3"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert runs.read_text() == "\n\n"
    assert "It ended with status 3 and is started again" in done.stderr


def test_a_command_ends_when_its_keeper_is_asked_to_and_is_not_started_again(tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    keeper = subprocess.Popen(
        [*KEEP, f"trap 'echo end >>{runs}; exit 5' TERM; echo run >>{runs}; while :; do sleep 0.05; done"]
    )
    eventually(runs.exists, "the command runs", of=keeper)
    end(keeper)
    assert keeper.returncode == 5
    assert runs.read_text() == "run\nend\n"


def test_a_keeper_is_heard_at_whatever_moment_it_is_asked() -> None:
    """As its first act the command asks its keeper to end, which may not yet have noted whom it started."""
    for _ in range(50):
        keeper = subprocess.Popen([*KEEP, "trap 'exit 5' TERM; kill -TERM $PPID; while :; do sleep 0.05; done"])
        assert keeper.wait(PATIENCE) == 5
