"""How long a session lasts, how a page learns of it, and how nothing typed is lost when it has ended.

A session ends SESSION_COOKIE_AGE seconds after the last request of its person, give or take a twelfth of that: it is
written again at most twelve times in an hour of work, so that reading costs no writes. However busy, it ends LONGEST
seconds after the sign-in (NIST SP 800-63B, AAL2: twelve hours).
"""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import resolve_url

from exclusions.views.core.resubmit import resubmit_page, typed

RENEWED, STARTED = "renewed_at", "signed_in_at"
LONGEST = 12 * 3600
WARN_SECONDS = 300
# The route that the page's script asks meanwhile, which is no sign of work.
PING = "session"
ENDED = "Your session has ended. Sign in again in a new tab, then return here. What you typed is still on this page."


class SessionTimeMiddleware:
    """Renew the session of whoever is at work, and hold what was sent after it had ended."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the page, or with what was typed where the answer would have been the sign-in page."""
        response = self._get_response(request)
        if request.method == "POST" and _leads_to_sign_in(response) and not request.user.is_authenticated:
            return _hold(request, response)
        if response.status_code >= 500:
            return response  # the session may be what could not be read
        if request.resolver_match is None or request.resolver_match.url_name != PING:
            _renew_when_stale(request)
        return response


def seconds_left(request: HttpRequest) -> int:
    """Return how many seconds the session will last if nothing more is asked for; 0 for nobody's session. No SQL."""
    session = request.session
    if SESSION_KEY not in session:
        return 0
    now = time.time()
    idle, whole = session.get(RENEWED, now) + settings.SESSION_COOKIE_AGE, session.get(STARTED, now) + LONGEST
    return max(0, int(min(idle, whole) - now))


def session_facts(request: HttpRequest) -> dict[str, Any]:
    """Return what the page's script is told about the session of the signed-in person."""
    return {"ends_in": seconds_left(request), "warn": WARN_SECONDS, "person": request.user.pk}


def _leads_to_sign_in(response: HttpResponse) -> bool:
    if response.status_code != 302:
        return False
    return urlsplit(response["Location"]).path == resolve_url(settings.LOGIN_URL)


def _renew_when_stale(request: HttpRequest) -> None:
    """Write the session's time again when it is a twelfth old, or when the session is written anyway.

    One that has had its time is ended instead: what it asked for last is answered, and the next asks to sign in.
    """
    if not hasattr(request, "session") or not request.session.accessed or SESSION_KEY not in request.session:
        return
    now, renewed = time.time(), request.session.get(RENEWED)
    if now - request.session.get(STARTED, now) >= LONGEST:
        request.session.flush()
        return
    stale = renewed is not None and now - renewed >= settings.SESSION_COOKIE_AGE / 12
    if request.session.modified or stale:
        request.session[RENEWED] = int(now)
        request.session.setdefault(STARTED, int(now))


def _hold(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Answer a form that arrived after the session had ended; one without anything typed goes on to sign in."""
    if "X-Autosave" in request.headers or "HX-Request" in request.headers:
        return JsonResponse({"reasons": [ENDED], "signed_out": True}, status=401)
    if not typed(request) and not request.FILES:
        return response
    return resubmit_page(request, "Your session ended before we received this form.")
