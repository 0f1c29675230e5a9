"""One line of the log a request, and the number by which whoever asks about it finds that line."""

import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import SimpleLazyObject

from exclusions.gateways.observed.metrics import count_request
from exclusions.gateways.observed.request_ids import HEADER, begin, well_formed

logger = structlog.get_logger("exclusions.request")


class RequestLineMiddleware:
    """Outside all others: what they answer has a number and a line, too. Asks neither the session nor the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with the number in the header; the time is that until the answer, or its first piece, is made."""
        started = time.perf_counter()
        number = begin(well_formed(request.headers.get(HEADER, "")) if settings.BEHIND_PROXY else "")
        request.request_id = number  # type: ignore[attr-defined]  # for the pages that tell it
        response = self._get_response(request)
        response[HEADER] = number
        seconds, where = time.perf_counter() - started, route(request)
        count_request(where, response.status_code, seconds)
        logger.info(
            "request",
            person=None if response.status_code == 503 else person(request),  # the database may be what is away
            method=request.method,
            route=where,
            status=response.status_code,
            ms=round(seconds * 1000, 1),
        )
        return response


def route(request: HttpRequest) -> str:
    """Return the address as the URL table writes it: what somebody put in the places of its words is not in it."""
    if request.resolver_match is not None:
        return request.resolver_match.route
    return "static" if request.path_info.startswith(str(settings.STATIC_URL)) else "none"


def person(request: HttpRequest) -> int | None:
    """Return the key of who is signed in, where the page has asked who it is; nobody is looked up for the line."""
    found = vars(request).get("user")
    if type(found) is not SimpleLazyObject:
        return getattr(found, "pk", None)
    # A promise: to ask what it is would keep it. The session that was read for the page names the person.
    key = request.session.get(SESSION_KEY) if request.session.accessed else None
    return None if key is None else int(key)
