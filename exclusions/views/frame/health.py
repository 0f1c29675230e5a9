"""Probes: is the process alive, and can it do its work."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from exclusions.queries.record import readiness


@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """Answer 200 as long as the process answers at all."""
    return HttpResponse("alive\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 when database, migrations and file store are usable, else 503; each part that is not is named.

    A cache that is away is named with 200: pages are slower then, and all there.
    """
    parts = readiness.parts()
    failed = not all(fine for name, fine in parts.items() if name not in readiness.ONLY_SPEED)
    return JsonResponse(
        {"ready": not failed, "parts": {name: "ok" if fine else "failed" for name, fine in parts.items()}},
        status=503 if failed else 200,
    )
