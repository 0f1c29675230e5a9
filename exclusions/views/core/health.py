"""Probes: is the process alive, and can it do its work; and figures, for whoever measures it in an allowed network."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from exclusions.gateways.observed.metrics import exposed
from exclusions.gateways.observed.told_once import let_pass
from exclusions.queries.record import readiness
from exclusions.queries.record.figures import figures
from exclusions.views.core.clock import moment
from exclusions.views.core.sender import sender


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
    if failed:
        let_pass(request)  # which part fails is said once, and not at each probe
    return JsonResponse(
        {"ready": not failed, "parts": {name: "ok" if fine else "failed" for name, fine in parts.items()}},
        status=503 if failed else 200,
    )


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer with figures in Prometheus's format; 404 to whoever asks from elsewhere than METRICS_NETWORKS."""
    if not _may_measure(request):
        raise Http404
    return HttpResponse(exposed(figures(moment(request))), content_type=CONTENT_TYPE_LATEST)


def _may_measure(request: HttpRequest) -> bool:
    """Say whether the sender is of such a network. A proxy that the settings do not know speaks for nobody."""
    if not settings.BEHIND_PROXY and "X-Forwarded-For" in request.headers:
        return False
    try:
        address = ip_address(sender(request))
    except ValueError:
        return False
    return any(address in ip_network(network) for network in settings.METRICS_NETWORKS)
