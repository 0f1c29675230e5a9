"""Staff enrol a second factor before they see any page of theirs (NIST SP 800-63B, AAL2)."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from exclusions.gateways.observed.problem import problem
from exclusions.queries.people.second_factors import has_second_factor

# Where a person without a second factor may go, by the names of the addresses: to enrol one, which asks for the
# password once more, to sign in and out, and for what the pages themselves and whatever watches the service ask. Never
# a prefix: whatever is put under it later would be open.
OPEN = frozenset(
    {
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "account_reauthenticate",
        "account_login",
        "account_logout",
        "session",
        "health-live",
        "health-ready",
        "health-metrics",
    }
)
SEEN = "has_second_factor"
SENTENCE = "Staff sign in with a second factor. Set up an authenticator app or a passkey here, then continue."


class SecondFactorMiddleware:
    """Send staff without an authenticator app or passkey to where they set one up, whatever page they ask for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the page, or with the way to the second factor; a script is answered 403."""
        if not lacks_second_factor(request):
            return self._get_response(request)
        if request.path.startswith("/api/"):
            return problem(403, "Forbidden", SENTENCE)
        if request.method != "GET" or "HX-Request" in request.headers:
            return HttpResponseForbidden(SENTENCE, content_type="text/plain; charset=utf-8")
        messages.warning(request, SENTENCE)
        return redirect("mfa_index")


def lacks_second_factor(request: HttpRequest) -> bool:
    """Say whether the request comes from staff who still have to set up a second factor.

    Once found, a second factor is remembered in the session, so that pages cost no further statement: staff cannot
    remove their last one (`sign_on.SecondFactorAdapter`). A request without a session cookie is not looked at.
    """
    if not settings.STAFF_SECOND_FACTOR or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    user = request.user
    if not user.is_authenticated or not (user.role or user.is_staff) or request.session.get(SEEN):
        return False
    if _is_open(request.path_info):
        return False
    if not has_second_factor(user):
        return True
    request.session[SEEN] = True
    return False


def _is_open(path: str) -> bool:
    """Say whether the address is one of those named; an address that is not there is closed like any other."""
    try:
        return resolve(path).view_name in OPEN
    except Resolver404:
        return False
