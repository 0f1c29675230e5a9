"""What /metrics tells, and to whom: numbers under names of ours, never anything of a case or a person."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone
from prometheus_client.core import Metric
from prometheus_client.parser import text_string_to_metric_families

from exclusions import tasks as product_tasks
from exclusions.actions.record.events import notify
from exclusions.gateways.observed import tasks
from exclusions.gateways.observed.tasks import counted, names
from exclusions.models import Notification, Petition
from exclusions.workflow.states import Status
from tests.factories.petitions import Journey
from tests.integration.core.test_every_url_every_role import patterns
from tradecases.celery import app

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("What is asked of all rows is SQL of our own.")]


def measured(**how: Any) -> dict[str, Metric]:
    """Return the families of /metrics by name."""
    answer = Client().get("/metrics", **how)
    assert answer.status_code == 200
    return {found.name: found for found in text_string_to_metric_families(answer.content.decode())}


def value(families: dict[str, Metric], name: str, **labels: str) -> float:
    """Return one number."""
    family = families[name.removesuffix("_total")]
    (found,) = [one.value for one in family.samples if one.name == name and one.labels == labels]
    return float(found)


@pytest.mark.parametrize(
    ("networks", "proxies", "sent", "address", "answered"),
    [
        (["127.0.0.0/8"], 0, "", "127.0.0.1", True),
        (["127.0.0.0/8"], 0, "", "10.1.3.9", False),
        (["10.1.3.0/24"], 0, "", "10.1.3.9", True),
        (["127.0.0.0/8"], 0, "127.0.0.1", "127.0.0.1", False),  # through a proxy that nobody declared
        (["127.0.0.0/8"], 1, "203.0.113.5", "127.0.0.1", False),
        (["127.0.0.0/8"], 1, "127.0.0.1, 203.0.113.5", "127.0.0.1", False),
        (["127.0.0.0/8"], 1, "", "127.0.0.1", True),  # asked of the process itself
        (["10.1.3.0/24"], 1, "10.1.3.9", "172.16.0.2", True),
        (["::1/128"], 0, "", "::1", True),
        (["127.0.0.0/8"], 0, "", "", False),
    ],
)
def test_figures_are_for_the_networks_that_the_settings_name(
    settings: Any, networks: list[str], proxies: int, sent: str, address: str, answered: bool
) -> None:
    settings.METRICS_NETWORKS, settings.BEHIND_PROXY = networks, proxies
    headers = {"X-Forwarded-For": sent} if sent else {}
    answer = Client(REMOTE_ADDR=address, headers=headers).get("/metrics")
    assert answer.status_code == (200 if answered else 404)
    assert (b"tradecases_" in answer.content) is answered


def test_whoever_measures_asks_a_process_by_its_address_and_without_https(settings: Any) -> None:
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["petitions.example.gov"], True
    assert Client().get("/metrics", headers={"Host": "10.1.3.7:8000"}).status_code == 200


def plain(sample: Any) -> tuple[str, tuple[tuple[str, str], ...], float]:
    """Return a sample as what can be compared."""
    return sample.name, tuple(sorted(sample.labels.items())), sample.value


def test_labels_are_addresses_of_the_table_and_names_of_ours() -> None:
    # Other tests of this process have tables of addresses of their own, whose counts stand still meanwhile.
    before = {sample for family in measured().values() for sample in map(plain, family.samples)}
    for path in ("/", "/docket/A-1/respond/confirm/s3cretZ/?q=s3cretZ", "/nowhere/s3cretZ/", "/static/s3cretZ"):
        Client().get(path)
    Client().generic("S3CRETZ", "/")
    routes = {route for route, _ in patterns(get_resolver().url_patterns)} | {"none", "static"}
    kinds = {f"{hundred}xx" for hundred in range(1, 6)}
    known = {
        "route": routes,
        "status": kinds | set(Status.values),
        "task": set(names()),
        "outcome": {"success", "failure"},
    }
    for family in measured().values():
        assert family.name.startswith("tradecases_")
        for sample in (found for found in family.samples if "route" not in found.labels or plain(found) not in before):
            for label, held in sample.labels.items():
                assert label == "le" or held.removeprefix("^") in {one.removeprefix("^") for one in known[label]}, (
                    sample
                )


def test_requests_are_counted_by_address_and_kind_of_answer() -> None:
    def answered() -> float:
        found = measured()["tradecases_requests"].samples
        wanted = {"route": "health/live", "status": "2xx"}
        return sum(one.value for one in found if one.labels == wanted and one.name.endswith("_total"))

    before = answered()
    for _ in range(3):
        Client().get("/health/live")
    assert answered() == before + 3


def test_the_outbox_the_clock_and_the_cases_are_measured(journey: Callable[..., Journey]) -> None:
    petition, now = journey().take("submit", "return"), timezone.now()
    Petition.objects.filter(pk=petition.pk).update(cure_closes_at=now - timedelta(hours=3))
    Notification.objects.all().delete()
    notify(to="a@example.test", template="general", subject="Hidden", context={}, at=now - timedelta(hours=2))
    notify(to="b@example.test", template="general", subject="Hidden", context={}, at=now)
    Notification.objects.filter(to="b@example.test").update(attempts=10)
    found = measured()
    assert value(found, "tradecases_outbox_messages") == 1
    assert 7200 <= value(found, "tradecases_outbox_oldest_seconds") < 7300
    assert value(found, "tradecases_outbox_given_up") == 1
    assert 10800 <= value(found, "tradecases_clock_overdue_seconds") < 10900
    assert value(found, "tradecases_cases", status="returned") == 1
    assert {one.labels["status"] for one in found["tradecases_cases"].samples} == set(Status.values)
    assert value(found, "tradecases_database_up") == 1


def test_a_database_that_is_away_is_a_figure_and_no_error() -> None:
    def refuse(*_: object) -> None:
        raise DatabaseError("away")

    with connection.execute_wrapper(refuse):
        found = measured()
    assert value(found, "tradecases_database_up") == 0
    assert "tradecases_outbox_messages" not in found
    assert "tradecases_tasks" in found


def test_the_tasks_of_the_queue_are_the_ones_that_are_counted() -> None:
    assert set(names()) == {name for name in app.tasks if name.startswith("exclusions.")}


def test_a_task_that_ends_is_counted_with_its_time_whether_or_not_it_went_well(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cache.clear()
    product_tasks.deliver_outbox.delay()
    monkeypatch.setattr(product_tasks.notifications, "deliver", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        product_tasks.deliver_outbox.delay()
    with counted("exclusions.run_clock"):
        pass
    found, name = measured(), "exclusions.deliver_outbox"
    assert value(found, "tradecases_tasks_total", task=name, outcome="success") == 1
    assert value(found, "tradecases_tasks_total", task=name, outcome="failure") == 1
    assert value(found, "tradecases_tasks_total", task="exclusions.run_clock", outcome="success") == 1
    assert value(found, "tradecases_task_seconds_total", task=name) >= 0
    assert (
        abs(value(found, "tradecases_task_last_success", task="exclusions.run_clock") - timezone.now().timestamp()) < 60
    )


def test_nothing_else_is_counted_under_a_name() -> None:
    cache.clear()
    tasks.ended("Hidden Supplier", "success", 1.0)
    assert not re.search("Hidden", Client().get("/metrics").content.decode())
