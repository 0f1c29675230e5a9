"""An application whose forms with files wait until somebody asks for /release; served by a test."""

import gc
import threading
from collections.abc import Callable, Iterable
from typing import Any

released = threading.Event()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a page at once, a form once it was released; fail at /fail; at /kept count what is kept for good."""
    if environ["PATH_INFO"] == "/release":
        released.set()
    if environ["PATH_INFO"] == "/fail":
        raise ValueError
    body = environ["wsgi.input"].read()
    if environ["PATH_INFO"] == "/kept":
        body = str(gc.get_freeze_count()).encode()
    if environ["REQUEST_METHOD"] == "POST":
        released.wait()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]
