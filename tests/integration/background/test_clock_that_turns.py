"""`run_clock --every`: a run that fails costs a minute and not the clock, and being told to end is heard."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.conftest import PROJECT
from tests.waiting import PATIENCE, eventually


def test_a_clock_goes_on_after_a_run_that_failed_and_ends_when_it_is_told_to(tmp_path: Path) -> None:
    database, note, log = tmp_path / "site.sqlite3", tmp_path / "note", tmp_path / "log"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tradecases.settings",
        "DATABASE_URL": f"sqlite:///{database}",
        "DEMO": "1",
        "REDIS_URL": "",
        "PUBLIC_DATABASE_URL": "",
    }
    command = [sys.executable, "manage.py", "run_clock", "--every", "1", "--note", str(note)]
    with log.open("wb") as lines:
        clock = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=lines, stderr=lines)
    try:
        eventually(lambda: log.read_text().count("A run of the clock failed") > 1, "two runs without tables", of=clock)
        assert not note.exists(), "only a run that ended well is noted"
        clock.send_signal(signal.SIGTERM)
        assert clock.wait(PATIENCE) == 0
    finally:
        clock.kill()
        clock.wait()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"every": 60, "at": "2019-07-08T10:00"}, "Leave out --at"),
        ({"every": -1}, "takes a number of seconds"),
    ],
)
def test_what_makes_no_sense_is_a_sentence(options: dict[str, object], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("run_clock", **options)
