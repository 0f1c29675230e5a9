"""Control characters end here, before any page, query or table meets them: the databases would each answer otherwise.

In an address they are refused. Of what a form sends they are left out: people paste them with text of other programs
and cannot see them. The account library looks at its own forms: a password is not changed on its way.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from exclusions.gateways.observed.problem import problem
from exclusions.wording.unprintable import is_address, printable, unprintable

NO_ADDRESS = "This address holds a character that no address has. Copy the whole address again."
IN_QUERY = "{}: delete the character that cannot be shown ({}), and ask again."
UNCHANGED = "allauth."
NAMED = 40  # characters of a parameter's name


class UnprintableMiddleware:
    """Answers 404 for such a path and 400 for such a parameter; hands on the rest, forms without these characters."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on, or refuse, one request."""
        if not is_address(request.path_info):
            return _refusal(request, 404, "Not found", NO_ADDRESS)
        for name, values in request.GET.lists():
            for text in (name, *values):
                if found := unprintable(text):
                    field = printable(name)[:NAMED] or "Parameter"
                    return _refusal(request, 400, "The request is not valid", IN_QUERY.format(field, found), field)
        return self._get_response(request)

    def process_view(self, request: HttpRequest, view: Any, arguments: Any, keywords: Any) -> None:
        """Leave out of a form what cannot be shown. It was read by now, to see that it is from a page of ours."""
        if request.method != "POST" or view.__module__.startswith(UNCHANGED) or not _is_form(request):
            return
        if any(unprintable(text) for name, values in request.POST.lists() for text in (name, *values)):
            cleaned = request.POST.copy()
            for name, values in request.POST.lists():
                cleaned.setlist(name, [printable(text) for text in values])
            request.POST = cleaned  # type: ignore[assignment]  # Django's own setter


def _is_form(request: HttpRequest) -> bool:
    return request.content_type in {"application/x-www-form-urlencoded", "multipart/form-data"}


def _refusal(request: HttpRequest, status: int, title: str, sentence: str, field: str = "") -> HttpResponse:
    if request.path_info.startswith("/api/"):
        errors = [{"field": field, "pointer": "", "code": "invalid", "message": sentence}] if field else []
        return problem(status, title, sentence, errors)
    return render(request, f"{status}.html", {"reasons": [sentence]}, status=status)
