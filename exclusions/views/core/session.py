"""The session: where it leads after signing in, how long it will last, and the page after signing in anew."""

import time

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from exclusions.views.core.context_processors import home_of
from exclusions.views.core.session_time import RENEWED, session_facts
from exclusions.views.core.signed_in import SignedInRequest, signed_in


@never_cache
@require_http_methods(["GET", "POST"])
def session(request: HttpRequest) -> JsonResponse:
    """Tell how long the session will last; a POST makes it last its whole time again.

    `csrf` is the token that forms of this page have to carry from now on: signing in changes it.
    """
    if request.user.is_authenticated and request.method == "POST":
        request.session[RENEWED] = int(time.time())
    return JsonResponse({**session_facts(request), "csrf": get_token(request)})


@signed_in
@require_GET
def signed_in_again(request: HttpRequest) -> HttpResponse:
    """Say that the person is signed in and may go back to the page that they left open."""
    return render(request, "core/session/signed_in_again.html")


@signed_in
@require_safe
def start(request: SignedInRequest) -> HttpResponse:
    """Send a person who has just signed in to where the work is."""
    return redirect(home_of(request.user.role))
