"""What to do about a part that does not answer: leave it alone for some seconds, then let one asker try again."""

import logging
import threading
import time

logger = logging.getLogger(__name__)


class Circuit:
    """Remembers, for this process, that a part failed; says so once in the log, and once when it works again."""

    def __init__(self, part: str, *, seconds: float) -> None:
        """Take what the part is called in the log, and for how many seconds it is left alone after a failure."""
        self._part, self._seconds = part, seconds
        self._lock = threading.Lock()
        self._away = False
        self._again_at = 0.0

    @property
    def away(self) -> bool:
        """Whether the part failed when it was last asked."""
        return self._away

    def worth_asking(self) -> bool:
        """Say whether to ask now. While the part is away, one asker each `seconds` is told yes, and tries for all."""
        if not self._away:
            return True
        with self._lock:
            if time.monotonic() < self._again_at:
                return False
            self._again_at = time.monotonic() + self._seconds
            return True

    def failed(self, error: BaseException) -> None:
        """Note that it did not answer. The log is told the kind of error alone: its text may hold what was asked."""
        with self._lock:
            self._again_at = time.monotonic() + self._seconds
            already, self._away = self._away, True
        if not already:
            logger.warning("%s does not answer (%s).", self._part, type(error).__name__)

    def worked(self) -> None:
        """Note that it answered."""
        if not self._away:
            return
        with self._lock:
            before, self._away = self._away, False
        if before:
            logger.warning("%s answers again.", self._part)


# Cache, limits and queue are one server: what any of them meets, the others need not meet again.
REDIS = Circuit("Redis", seconds=5.0)
# Left alone when it said nothing at all: every request would wait for it anew.
DATABASE = Circuit("The database", seconds=2.0)
# A scanner that is frozen would cost every upload its patience; files that it did not see are scanned later.
SCANNER = Circuit("The virus scanner", seconds=30.0)
