"""The number of a request: it stands in each line of the log that the request caused, in its answer and in its mails.

It is kept where structlog keeps what belongs to all lines of a thread, so that nobody hands it on. A worker takes it
over with the task (django-structlog).
"""

from collections.abc import Callable
from contextvars import copy_context
from threading import Thread
from uuid import UUID, uuid4

from structlog.contextvars import bind_contextvars, clear_contextvars, get_contextvars

HEADER = "X-Request-ID"


def begin(given: str = "") -> str:
    """Begin a request: forget the one before on this thread; return the number given, or a new one."""
    clear_contextvars()
    number = given or str(uuid4())
    bind_contextvars(request_id=number)
    return number


def current() -> str:
    """Return the number of the request that caused what runs here; empty where none did."""
    return str(get_contextvars().get("request_id", ""))


def instance() -> str:
    """Return the same as a problem body says it (RFC 9457, `instance`)."""
    return f"urn:uuid:{current()}"


def well_formed(text: str) -> str:
    """Return a number that somebody else made, as we write it; empty where it is no UUID: it could be anything else."""
    try:
        return str(UUID(text)) if len(text) <= 36 else ""
    except ValueError:
        return ""


def thread(work: Callable[[], object], name: str) -> Thread:
    """Return a thread, not begun, whose lines carry the number of the request that makes it."""
    return Thread(target=copy_context().run, args=(work,), name=name)
