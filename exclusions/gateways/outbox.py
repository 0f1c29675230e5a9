"""Waking whoever sends the messages of the outbox. Actions may not know the queue, so the settings name it."""

from django.conf import settings
from django.utils.module_loading import import_string


def wake() -> None:
    """Call what OUTBOX_WAKE names, which asks the queue for a delivery run; the message's transaction has ended.

    Empty where there is no queue: then the web process sends by itself, after it has answered
    (views/core/middleware/outbox.py).
    """
    if settings.OUTBOX_WAKE:
        import_string(settings.OUTBOX_WAKE)()
