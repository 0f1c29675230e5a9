"""Requests counted, for whoever measures the site: by address as the URL table writes it, and by kind of answer.

Several processes of one server count into files of a folder (`PROMETHEUS_MULTIPROC_DIR`, which gunicorn.conf.py makes),
and whichever of them is asked tells of all.
"""

import os
from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

OWN = CollectorRegistry()
REQUESTS = Counter("tradecases_requests", "Requests answered.", ["route", "status"], registry=OWN)
SECONDS = Histogram(
    "tradecases_request_seconds",
    "Seconds until a request is answered.",
    ["route"],
    registry=OWN,
    buckets=(0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 6.0, 30.0),
)


def count_request(route: str, status: int, seconds: float) -> None:
    """Count an answer of a process."""
    REQUESTS.labels(route, f"{status // 100}xx").inc()
    SECONDS.labels(route).observe(seconds)


class _Given(Collector):
    def __init__(self, found: Iterable[Metric]) -> None:
        self._found = list(found)

    def collect(self) -> Iterable[Metric]:
        return self._found


def exposed(figures: Iterable[Metric]) -> bytes:
    """Return what was counted, and the figures given, as Prometheus reads them."""
    registry = CollectorRegistry()
    registry.register(_Given(figures))
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(OWN)
    return generate_latest(registry)
