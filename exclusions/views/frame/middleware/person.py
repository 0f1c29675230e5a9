"""Who is signed in, whose row was read with the session: one way to the server a page instead of two."""

from typing import Any

from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from exclusions.models.user import read_already


class PersonMiddleware(AuthenticationMiddleware):
    """Django's, which says from the session who it is, and whether that still holds; it is only given the row."""

    def process_request(self, request: HttpRequest) -> None:
        """Promise the person to the request."""
        super().process_request(request)
        promised: Any = SimpleLazyObject(lambda: _person(request))
        request.user = promised


def _person(request: Any) -> Any:
    """Return who is signed in, as Django finds it."""
    if hasattr(request, "_cached_user"):
        return request._cached_user
    with read_already(request.session.likely()):
        return get_user(request)
