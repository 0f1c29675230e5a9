"""What no browser and no cache may keep: a page of somebody's session, and one that a secret link opens.

A kept page is shown by the Back button to whoever sits there after the sign-out.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache

NEVER = "max-age=0, no-cache, no-store, must-revalidate, private"
# The account library's pages and the administration's, to whomever they answer: some open by a key in the address.
CLOSED = ("/accounts/", "/admin/")


class NoStoreMiddleware:
    """Mark every answer within a session, whichever view made it; what a stranger reads stays as its view left it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; nobody's session is looked up for it, its cookie is enough."""
        response = self._get_response(request)
        name = settings.SESSION_COOKIE_NAME
        begun = response.cookies.get(name)
        closed = request.COOKIES.get(name) or (begun and begun.value) or request.path_info.startswith(CLOSED)
        said = response.get("Cache-Control") == NEVER and response.has_header("Expires")  # by most views themselves
        if closed and not said:
            add_never_cache_headers(response)
        return response


def secret_link(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let nothing keep a page that its address alone opens, without a sign-in. Log lines leave its words out."""
    kept = never_cache(view)
    kept.opened_by_address = True  # type: ignore[attr-defined]
    return kept
