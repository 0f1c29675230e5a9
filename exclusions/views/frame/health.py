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
    """Answer 200 when database, migrations, cache and file store are usable, else 503 naming the parts that are not."""
    parts = readiness.parts()
    failed = not all(parts.values())
    return JsonResponse(
        {"ready": not failed, "parts": {name: "ok" if fine else "failed" for name, fine in parts.items()}},
        status=503 if failed else 200,
    )
