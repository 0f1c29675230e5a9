"""Answers 503 where a part beneath the site is away, in the place of the page that could not be made."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from exclusions.errors import BrokenRound
from exclusions.views.core.errors import LOST_KEY, bad_request, broken_round, lost_key
from exclusions.views.core.unavailable import unavailable


class TroubleMiddleware:
    """Meets what a view raises; what another middleware raises comes to `errors.server_error`, with the same answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer, or leave an error to Django that is no trouble of the parts.

        The libraries' own fields raise what a value is not: a key that names nothing, a number of 5,000 digits, or one
        that is larger than the database holds.
        """
        if isinstance(exception, ValidationError) and getattr(exception, "code", None) == LOST_KEY:
            return lost_key(request, exception)
        if isinstance(exception, ValidationError | ValueError | OverflowError) and _is_of_a_library(request):
            return bad_request(request, exception)
        if isinstance(exception, BrokenRound):
            return broken_round(request, exception)
        return unavailable(request, exception)


def _is_of_a_library(request: HttpRequest) -> bool:
    """Say whether the page is the administration's or the account library's."""
    match = request.resolver_match
    return match is not None and (match.app_name == "admin" or match.func.__module__.startswith("allauth."))
