"""Staff enrol a second factor before they see any page of theirs (NIST SP 800-63B, AAL2)."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.shortcuts import redirect

STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# Where a person without a second factor may go: to enrol one, to sign out, and for the files that those pages load.
OPEN = ("/accounts/", "/static/", "/health/")
SEEN = "has_second_factor"
SENTENCE = "Staff sign in with a second factor. Set up an authenticator app or a passkey here; then go on."


class SecondFactorMiddleware:
    """Send staff without an authenticator app or passkey to where they set one up, whatever page they ask for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the page, or with the way to the second factor; a script is answered 403."""
        if not lacks_second_factor(request):
            return self._get_response(request)
        if request.path.startswith("/api/"):
            problem = {"type": "about:blank", "title": "Forbidden", "status": 403, "detail": SENTENCE, "errors": []}
            return JsonResponse(problem, status=403, content_type="application/problem+json")
        if request.method != "GET" or "HX-Request" in request.headers:
            return HttpResponseForbidden(SENTENCE, content_type="text/plain; charset=utf-8")
        messages.warning(request, SENTENCE)
        return redirect("mfa_index")


def lacks_second_factor(request: HttpRequest) -> bool:
    """Say whether the request comes from staff who still have to set up a second factor.

    Once found, a second factor is remembered in the session, so that pages cost no further statement: staff cannot
    remove their last one (`sign_on.SecondFactorAdapter`). A request without a session cookie is not looked at.
    """
    if not settings.STAFF_SECOND_FACTOR or request.path.startswith(OPEN):
        return False
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    user = request.user
    if not user.is_authenticated or not (user.role or user.is_staff) or request.session.get(SEEN):
        return False
    if not Authenticator.objects.filter(user=user, type__in=STRONG).exists():
        return True
    request.session[SEEN] = True
    return False
