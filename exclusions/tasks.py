"""What runs in the background: in a worker, or in the process itself after each transaction when there is no queue."""

import logging
import threading

from celery import shared_task
from django.core.signals import request_finished, request_started
from django.dispatch import receiver
from django.utils import timezone
from kombu.exceptions import OperationalError

from exclusions.actions import clock
from exclusions.actions.record import notifications
from exclusions.gateways.outbox import outbox

logger = logging.getLogger(__name__)


@shared_task(name="exclusions.run_clock")
def run_clock_now() -> str:
    """Do what is due by now; return what was done, in words."""
    return str(clock.run_clock(at=timezone.now()))


@shared_task(name="exclusions.deliver_outbox")
def deliver_outbox() -> str:
    """Send the messages of the outbox; return how many went, in words."""
    delivery = notifications.deliver(at=timezone.now())
    return f"{delivery.sent} sent, {delivery.failed} to be tried again"


class _Request(threading.local):
    """Whether this thread is answering a request, and whether messages wait for its end."""

    open = False
    messages_wait = False


_request = _Request()


@receiver(request_started)
def _begin(**kwargs: object) -> None:
    _request.open, _request.messages_wait = True, False


@receiver(request_finished)
def _end(**kwargs: object) -> None:
    waiting = _request.messages_wait
    _request.open, _request.messages_wait = False, False
    if waiting:
        wake()


def wake() -> None:
    """Ask for a delivery run. A queue that does not answer costs a delay, not the message: the beat asks again.

    Without a queue the process delivers by itself: after the answer was sent, so that nobody waits for a mail server.
    """
    if deliver_outbox.app.conf.task_always_eager and _request.open:
        _request.messages_wait = True
        return
    try:
        deliver_outbox.apply_async(retry=False)
    except OperationalError as error:
        logger.warning("The queue does not answer (%s); messages wait in the outbox.", type(error).__name__)


outbox.wake = wake
