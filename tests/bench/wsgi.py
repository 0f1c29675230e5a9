"""What gunicorn serves in the benchmark: the product, and at /floor/ a view that returns a constant.

The floor is Django's own handler with no middleware and a URL table of one row, in the same process: what any
Django page on this server has to pay. It lives here and nowhere in the product. Each answer tells the
processor time that it took and, to whoever asks with COUNT, its statements but for the begin and end of transactions.
"""

import time
from collections.abc import Callable, Iterable
from typing import Any

from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.urls import path

from tests.bench.asked import COUNT, COUNTED, OWN
from tradecases.wsgi import application as product

OF_TRANSACTIONS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


def floor_view(request: HttpRequest) -> HttpResponse:
    """Return the constant."""
    return HttpResponse(b"constant")


urlpatterns = [path("floor/", floor_view)]


class FloorRequest(WSGIRequest):
    """A request that is looked up in this module's URL table."""

    urlconf = __name__


class FloorHandler(WSGIHandler):
    """Django's handler without any middleware."""

    request_class = FloorRequest

    def load_middleware(self, is_async: bool = False) -> None:
        """Put nothing between the server and the view."""
        self._view_middleware: list[Any] = []
        self._template_response_middleware: list[Any] = []
        self._exception_middleware: list[Any] = []
        self._middleware_chain = convert_exception_to_response(self._get_response)


floor = FloorHandler()


def counted(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Let the product answer, with a header that tells how many statements that took."""
    for connection in connections.all():
        connection.force_debug_cursor = True

    def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
        sent = [query["sql"] or "" for connection in connections.all() for query in connection.queries]
        count = sum(not statement.startswith(OF_TRANSACTIONS) for statement in sent)
        return start_response(status, [*headers, (COUNTED, str(count))], *more)

    try:
        return product(environ, start)  # type: ignore[no-any-return]
    finally:
        for connection in connections.all():
            connection.force_debug_cursor = False


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Send /floor/ to the floor and everything else to the product."""
    begun = time.thread_time()

    def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
        own = (time.thread_time() - begun) * 1000
        return start_response(status, [*headers, (OWN, f"{own:.4f}")], *more)

    if environ["PATH_INFO"] == "/floor/":
        return floor(environ, start)  # type: ignore[no-any-return]
    return (counted if COUNT in environ else product)(environ, start)
