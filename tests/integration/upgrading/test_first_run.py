"""What `make run` does in one process: its steps in order, each headed, and nothing after one that fails."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from exclusions.management.commands import first_run

pytestmark = pytest.mark.django_db


def test_the_steps_are_taken_in_order_under_their_headings(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [command[0] for _, command in first_run.STEPS] == ["upgrade", "load_shipped", "seed_demo"]
    steps = (("", ("maintenance", "status")), ("Look again", ("maintenance", "status")))
    monkeypatch.setattr(first_run, "STEPS", steps)
    said = StringIO()
    call_command("first_run", "--reached", "2", "--of", "4", stdout=said)
    assert said.getvalue().splitlines() == [
        "The site is open.",
        "",
        "== Step 3 of 4: Look again",
        "The site is open.",
    ]


def test_it_stops_where_a_step_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = (("", ("maintenance", "on", "--until", "tomorrow")), ("Look", ("maintenance", "status")))
    monkeypatch.setattr(first_run, "STEPS", steps)
    said = StringIO()
    with pytest.raises(CommandError, match="2026-12-01T18:00"):
        call_command("first_run", stdout=said)
    assert "Look" not in said.getvalue()


def test_a_second_run_on_a_site_that_stands_changes_no_table(capsys: pytest.CaptureFixture[str]) -> None:
    call_command(*first_run.STEPS[0][1], verbosity=1)
    said = capsys.readouterr().out
    assert "No migrations to apply." in said
    assert said.endswith("The tables are up to date.\n")
