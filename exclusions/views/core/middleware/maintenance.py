"""Answers every address with the maintenance page while the site is closed for an upgrade. It asks no database."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from exclusions.gateways.observed.told_once import let_pass
from exclusions.gateways.outages import maintenance
from exclusions.gateways.outages.maintenance import Maintenance
from exclusions.views.core.clock import moment
from exclusions.views.core.unavailable import Closed, answer
from exclusions.workflow.deadlines import in_words

SOONEST, LATEST = 60, 3600  # seconds: what Retry-After says at least and at most
USUAL = 120  # and where nobody said until when
TITLE = "Closed for maintenance"
NOT_RECEIVED = (
    "We did not receive what you sent. Keep this page open, and send it again when the site is open. Your answers to a "
    "form were saved as far as the page said so."
)


class MaintenanceMiddleware:
    """Stands inside the static files, and outside whatever asks a table. The process still says that it lives."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response
        self._live, self._ready = reverse("health-live"), reverse("health-ready")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass a request on while the site is open."""
        closed = maintenance.current()
        if closed is None or request.path == self._live:
            return self._get_response(request)
        if request.path == self._ready:
            return _with_retry_after(
                request, JsonResponse({"ready": False, "parts": {"maintenance": "on"}}, status=503), USUAL
            )
        told = answer(request, Closed(TITLE, _sentence(closed), NOT_RECEIVED))
        return _with_retry_after(request, told, _seconds(closed, moment(request)))


def _with_retry_after(request: HttpRequest, response: HttpResponseBase, seconds: int) -> HttpResponseBase:
    response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "no-store"
    let_pass(request)
    return response


def _seconds(closed: Maintenance, at: datetime) -> int:
    """After how long it is worth asking again."""
    if closed.ends_at is None:
        return USUAL
    return max(SOONEST, min(LATEST, int((closed.ends_at - at).total_seconds())))


def _sentence(closed: Maintenance) -> str:
    parts = ["This site is closed for a short time while we work on it."]
    if closed.reason:
        parts.append(f"{closed.reason.rstrip('.')}.")
    if closed.ends_at is not None:
        parts.append(f"We expect to open it again by {in_words(closed.ends_at)}.")
    parts.append("Nothing that you filed is lost.")
    return " ".join(parts)
