"""What gunicorn serves in the benchmark: the product, and at /floor/ a view that returns a constant.

The floor is Django's own handler with no middleware and a URL table of one row, in the same process: what any
Django page on this server has to pay. It lives here and nowhere in the product.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.urls import path

from tradecases.wsgi import application as product


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


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Send /floor/ to the floor and everything else to the product."""
    chosen = floor if environ["PATH_INFO"] == "/floor/" else product
    return chosen(environ, start_response)
