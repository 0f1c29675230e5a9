"""What a worker runs in the background."""

import logging

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from exclusions.actions import clock
from exclusions.actions.record import notifications

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


def wake() -> None:
    """Ask for a delivery run. A queue that does not answer costs a delay, not the message: the beat asks again."""
    try:
        deliver_outbox.apply_async(retry=False)
    except OperationalError as error:
        logger.warning("The queue does not answer (%s); messages wait in the outbox.", type(error).__name__)
