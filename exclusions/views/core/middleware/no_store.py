"""What no browser and no cache may keep: a page of somebody's session, one that a secret link opens, and one that was
made for one browser alone, whose form has its token.

A kept page is shown by the Back button to whoever sits there after the sign-out.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache

# Of a stranger's page with a form. It may be compressed: it holds no secret but the token, which is masked each time.
STRANGERS_FORM = "private, no-store"
NEVER = "max-age=0, no-cache, no-store, must-revalidate, private"
# The account library's pages and the administration's, to whomever they answer: some open by a key in the address.
CLOSED = ("/accounts/", "/admin/")


class NoStoreMiddleware:
    """Mark every answer within a session, and every one that sets a cookie, as the token of a form does, whichever view
    made it. What else a stranger reads stays as its view left it."""

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
        elif response.cookies and not response.has_header("Cache-Control"):
            response["Cache-Control"] = STRANGERS_FORM
        return response


def secret_link(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let nothing keep a page that its address alone opens, without a sign-in. Log lines leave its words out."""
    kept = never_cache(view)
    kept.opened_by_address = True  # type: ignore[attr-defined]
    return kept
