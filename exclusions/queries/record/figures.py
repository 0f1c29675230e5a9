"""Figures of the whole site, for whoever measures it: counts and ages, of nobody's case."""

import time
from collections.abc import Iterator
from datetime import datetime

from django.db import DatabaseError
from django.db.models import Count, Min, Q
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from exclusions.gateways.observed.tasks import OUTCOMES, names, task_counts
from exclusions.models import Document, Petition, WebhookDelivery
from exclusions.queries.record.deadlines_due import cures_over, replies_over, responses_over
from exclusions.queries.record.mail_due import MOST_ATTEMPTS, in_outbox
from exclusions.queries.record.readiness import ask_database
from exclusions.queries.record.webhooks_due import HOOK_ATTEMPTS
from exclusions.workflow.states import Status


def figures(at: datetime) -> list[Metric]:
    """Return each figure as it is at the moment. Of a database that is away, that it is, and of Redis what it kept."""
    began = time.perf_counter()
    try:
        ask_database()
        seconds = time.perf_counter() - began
        of_rows = [*_outbox(at), *_cases(), *_clock(at), _scans()]
    except DatabaseError:
        return [_gauge("database_up", "1 where the database answers.", 0), *_tasks()]
    return [
        _gauge("database_up", "1 where the database answers.", 1),
        _gauge("database_seconds", "Seconds that the database took to answer at all.", seconds),
        *of_rows,
        *_tasks(),
    ]


def _gauge(name: str, said: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"tradecases_{name}", said, value=value)


def _age(since: datetime | None, at: datetime) -> float:
    return max(0.0, (at - since).total_seconds()) if since else 0.0


def _outbox(at: datetime) -> Iterator[Metric]:
    tried = Q(attempts__lt=MOST_ATTEMPTS)
    mail = in_outbox().aggregate(
        waiting=Count("pk", filter=tried), oldest=Min("created_at", filter=tried), given_up=Count("pk", filter=~tried)
    )
    yield _gauge("outbox_messages", "Messages that wait to be sent.", mail["waiting"])
    yield _gauge("outbox_oldest_seconds", "Age of the oldest message that waits.", _age(mail["oldest"], at))
    yield _gauge("outbox_given_up", "Messages that failed ten times and wait for a person.", mail["given_up"])
    hooks = WebhookDelivery.objects.filter(delivered_at__isnull=True, attempts__lt=HOOK_ATTEMPTS, next_at__lte=at)
    late = hooks.aggregate(waiting=Count("pk"), oldest=Min("next_at"))
    yield _gauge("webhooks_due", "Webhook deliveries that are due.", late["waiting"])
    yield _gauge("webhooks_oldest_seconds", "Seconds since the oldest of them was due.", _age(late["oldest"], at))


def _cases() -> Iterator[Metric]:
    counted = dict(Petition.objects.order_by().values_list("status").annotate(Count("pk")))
    cases = GaugeMetricFamily("tradecases_cases", "Petitions by status.", labels=["status"])
    for status in Status:
        cases.add_metric([status.value], counted.get(status.value, 0))
    yield cases


def _clock(at: datetime) -> Iterator[Metric]:
    """Yield what should have happened by itself and did not: the clock closes each period within a minute."""
    ends = (
        cures_over(at).aggregate(first=Min("cure_closes_at"))["first"],
        responses_over(at).aggregate(first=Min("response_closes_at"))["first"],
        replies_over(at).aggregate(first=Min("reply_closes_at"))["first"],
    )
    overdue = max(_age(end, at) for end in ends)
    yield _gauge("clock_overdue_seconds", "Seconds since the oldest period ended that is not closed.", overdue)


def _scans() -> Metric:
    waiting = Document.objects.filter(scan=Document.Scan.NOT_SCANNED, removed_at__isnull=True).count()
    return _gauge("files_not_scanned", "Files that the virus scanner has not seen.", waiting)


def _tasks() -> Iterator[Metric]:
    """Yield what the queue and the clock did, as the shared cache counted it."""
    kept = task_counts()
    ends = CounterMetricFamily("tradecases_tasks", "Tasks that ended.", labels=["task", "outcome"])
    seconds = CounterMetricFamily("tradecases_task_seconds", "Seconds that tasks took.", labels=["task"])
    last = GaugeMetricFamily(
        "tradecases_task_last_success", "When a task last ended well (Unix time).", labels=["task"]
    )
    for task in names():
        for outcome in OUTCOMES:
            ends.add_metric([task, outcome], kept[task, outcome])
        seconds.add_metric([task], kept[task, "ms"] / 1000)
        last.add_metric([task], kept[task, "last"])
    yield from (ends, seconds, last)
