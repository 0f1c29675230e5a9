"""How gunicorn serves the product: what people send has threads of its own, so that pages never wait behind it.

Its threads take requests in the order in which they come. A hundred forms with files at once, each of which waits until
its file was parsed, would keep everybody else's page waiting until the last of them is answered. So would long texts.
"""

import gc
from concurrent.futures import Future, ThreadPoolExecutor
from time import monotonic
from typing import Any

from gunicorn.glogging import Logger
from gunicorn.workers.gthread import DEFAULT_WORKER_DATA_TIMEOUT, ThreadWorker

from exclusions.gateways.log_lines import cover
from exclusions.gateways.observed.lines import Lines
from tradecases.environment import flag

# Objects that may come to be before Python looks for those that hold each other: a page leaves some thousand.
GARBAGE = 20_000
UPLOADS = 4  # forms with files that one process works on at once; two of their files are parsed meanwhile
LARGE = 16_000  # bytes of a body, from which on it is worked on where files are


class Log(Logger):  # type: ignore[misc]
    """gunicorn's own lines, written as all others are; an access log, which nobody needs beside them, as it is."""

    def setup(self, cfg: Any) -> None:
        """Take the handlers that gunicorn makes."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(Lines(readable=flag("DEBUG") or flag("DEMO")))


class _Upload(BaseException):
    """A form with files, or a long text, came on a thread for pages. No Exception: nothing shall take it for one."""

    def __init__(self, request: Any) -> None:
        super().__init__()
        self.request = request


class Worker(ThreadWorker):  # type: ignore[misc]
    """A worker with threads for pages, as many as `--threads` says, and UPLOADS more for files and long texts."""

    def init_process(self) -> None:
        """Make the second pool beside the first, in the worker's own process, whose log holds no secret address."""
        cover(self.log.error_log, self.log.access_log)
        self.uploads = ThreadPoolExecutor(max_workers=UPLOADS, thread_name_prefix="upload")
        super().init_process()

    def load_wsgi(self) -> None:
        """Load the product, and keep it out of what Python searches for garbage: all of it stays, and is most of that.

        Searched anew every thirty pages or so, it held one of them up for as long as ten take.
        """
        super().load_wsgi()
        gc.collect()
        gc.freeze()
        gc.set_threshold(GARBAGE)

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Answer a page; a form with files goes back to the one thread that hands work out."""
        if is_upload(req):
            raise _Upload(req)
        return super().handle_request(req, conn)

    def finish_request(self, conn: Any, fs: "Future[Any]") -> None:
        """Go on with a connection, as ever; one that brought files waits for a thread of theirs."""
        found = None if fs.cancelled() else fs.exception()
        if not isinstance(found, _Upload):
            super().finish_request(conn, fs)
            return
        later = self.uploads.submit(self._take_upload, found.request, conn)
        later.add_done_callback(lambda done: self.method_queue.defer(self.finish_request, conn, done))

    def _take_upload(self, req: Any, conn: Any) -> bool:
        """Answer a form with files; say whether the connection can be used again."""
        try:
            is_kept = super().handle_request(req, conn)
            # What the form held and nobody read would be taken for the next request: it is read off first.
            return bool(is_kept and conn.parser.finish_body(deadline=monotonic() + DEFAULT_WORKER_DATA_TIMEOUT))
        except Exception as error:
            self.handle_error(req, conn.sock, conn.client, error)
            return False


def is_upload(req: Any) -> bool:
    """Say by its header whether a request brings a form with files, a long text, or one that hides its length."""
    headers = dict(req.headers)
    length = headers.get("CONTENT-LENGTH", "0").strip()
    is_short = length.isascii() and length.isdigit() and len(length) < 10 and int(length) < LARGE
    is_form_of_files = headers.get("CONTENT-TYPE", "").lower().startswith("multipart/")
    return is_form_of_files or not is_short or "TRANSFER-ENCODING" in headers
