"""Refuses a request that announces more than any upload may hold, before a byte of it is read."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template import loader

from exclusions.gateways.documents.inspection import MAX_BYTES
from exclusions.gateways.observed.problem import problem
from exclusions.views.core.context_processors import PUBLIC, header

MOST_AT_ONCE = 4 * MAX_BYTES  # several files of a step, and its answers


class UploadLimitMiddleware:
    """Answers 413 with a sentence; it stands before everything that reads a form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on, or refuse, one request."""
        announced = request.META.get("CONTENT_LENGTH", "")
        if not (announced.isascii() and announced.isdigit()) or int(announced) <= MOST_AT_ONCE:
            return self.get_response(request)
        refused = _refusal(request)
        refused["Content-Length"] = str(len(refused.content))
        return refused


def _refusal(request: HttpRequest) -> HttpResponse:
    sentence = (
        f"You sent more than {MOST_AT_ONCE // 1_000_000} MB, so we kept none of it. Attach files one at a time, "
        f"each at most {MAX_BYTES // 1_000_000} MB. Your saved answers have not changed."
    )
    if request.path.startswith("/api/"):
        return problem(413, "Too large", sentence)
    context = {"sentence": sentence, "nav": header(PUBLIC)}
    return HttpResponse(loader.render_to_string("core/upload_limit.html", context), status=413)
