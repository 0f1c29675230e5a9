"""Runs of the outbox: how many are asked for, how long one takes, who does what the clock does not."""

from typing import Any

import pytest
from django.core.management import call_command

from exclusions import tasks
from exclusions.actions.record.notifications import deliver
from tests.integration.core.test_outbox import NOW, put
from tests.integration.core.test_outbox import queued as queued
from tradecases.queues import NIGHTLY, TASKS


def wake_and_wait() -> None:
    """Ask the queue in this thread, as `wake` asks it in one beside."""
    tasks._ask()


def taking(task: str) -> bool:
    """Stand in for a queue; tests say what it takes."""
    raise AssertionError(task)


@pytest.mark.django_db
def test_a_run_whose_messages_reach_nobody_says_so(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    settings.MAIL_GOES_NOWHERE = True
    deliver(at=NOW)
    assert caplog.text == ""
    put()
    deliver(at=NOW)
    assert "EMAIL_URL is not set: messages are written to files here, and reach nobody." in caplog.text


@pytest.mark.django_db(transaction=True)
def test_messages_of_many_transactions_ask_for_one_run_until_it_begins(
    queued: None, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    asked: list[object] = []
    settings.OUTBOX_WAKE = f"{__name__}.wake_and_wait"
    with monkeypatch.context() as queue:
        queue.setattr(tasks.deliver_outbox, "apply_async", lambda **options: asked.append(options))
        for _ in range(20):
            put()
        assert len(asked) == 1
    assert tasks.deliver_outbox() == "20 sent, 0 to be tried again"
    put()
    assert len(mailoutbox) == 21, "the next message asks for the next run"


@pytest.mark.django_db
def test_with_a_queue_the_clock_sends_nothing_by_itself_and_without_one_it_does(
    settings: Any, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    settings.TASK_ASKER = f"{__name__}.taking"
    monkeypatch.setattr(f"{__name__}.taking", lambda task: not asked.append(task))
    put()
    call_command("run_clock", verbosity=0)
    assert mailoutbox == []
    assert set(asked) == set(TASKS) - {"exclusions.run_clock"}, (
        "the first run of a day, which asks for the night's, too"
    )
    asked.clear()
    call_command("run_clock", verbosity=0)
    assert set(asked) == set(TASKS) - {"exclusions.run_clock"} - NIGHTLY
    monkeypatch.setattr(f"{__name__}.taking", lambda task: False)
    call_command("run_clock", verbosity=0)
    assert len(mailoutbox) == 1, "a queue that does not answer"


@pytest.mark.django_db
def test_a_run_begins_no_message_after_its_time_is_over_and_says_so(mailoutbox: list[Any]) -> None:
    for _ in range(3):
        put()
    first = deliver(at=NOW, seconds=-1.0)
    assert (first.sent, first.more) == (0, True)
    whole = deliver(at=NOW)
    assert (whole.sent, whole.more, len(mailoutbox)) == (3, False, 3)
