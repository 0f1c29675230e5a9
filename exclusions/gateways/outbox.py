"""The hook by which a finished transaction wakes whoever delivers notifications.

Actions may not know the queue, so the tasks module hangs its own function here when the app is ready.
"""

from collections.abc import Callable


def _nobody() -> None:
    return None


class Outbox:
    """Holds the function that starts a delivery run; does nothing until one is registered."""

    def __init__(self) -> None:
        self.wake: Callable[[], object] = _nobody


outbox = Outbox()
