"""A refusal says why: an address that does not take a method is answered in a sentence, too."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template import loader

from exclusions.views.core.context_processors import PUBLIC, header


class WordlessMiddleware:
    """Gives Django's empty 405 its words; the API's own has them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; the status and the methods that are taken stay as they are."""
        response = self._get_response(request)
        if response.status_code == 405 and not response.content:
            response.content = loader.render_to_string("core/middleware/wordless.html", {"nav": header(PUBLIC)})
            # Django has counted the empty answer, and a server sends as many bytes as are announced.
            response["Content-Length"] = str(len(response.content))
        return response
