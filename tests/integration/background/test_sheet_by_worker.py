"""A sheet that workers of the queue file, one killed half-way, with Redis emptied: each row is filed once."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from exclusions.actions.bulk_sheets.certifying import certify_drafts
from exclusions.actions.bulk_sheets.working import TASK
from exclusions.models import BulkSheet, Notification, Organization, Petition, Round, User
from exclusions.workflow.states import Status
from tests.conftest import PROJECT
from tests.factories.answers import CERTIFIED
from tests.factories.importer.bulk_sheets import make_sheet
from tests.integration.faults.parts import Redis
from tests.integration.importer.bulk_sheets.test_certified_together import drafted, proved
from tests.waiting import end, eventually
from tradecases.celery import app

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROWS = 60


@pytest.fixture
def redis(monkeypatch: pytest.MonkeyPatch) -> Iterator[Redis]:
    """Run a Redis of this test's own, which is emptied by ending it; tasks go there and do not run here."""
    monkeypatch.setattr(app.conf, "task_always_eager", False)
    started = Redis()
    started.start()
    yield started
    started.stop()


def worker_on(redis: Redis, name: str) -> subprocess.Popen[bytes]:
    """Start a worker on the test's database, as `make worker` does."""
    database = connection.settings_dict
    host, port = database["HOST"], database["PORT"] or 5432
    place = f"/{host}" if host.startswith("/") else f"{quote(database['USER'])}@{host}:{port}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tradecases.settings",
        "DATABASE_URL": f"postgresql://{place}/{database['NAME']}",
        "REDIS_URL": redis.url,
        "STORAGE_URL": settings.STORAGE_URL,
        "EMAIL_URL": "consolemail://",
    }
    command = [sys.executable, "-m", "celery", "-A", "tradecases", "worker", "-c", "1", "-l", "WARNING", "-n", name]
    return subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL, start_new_session=True)


def ask(redis: Redis) -> None:
    """Ask the queue for the work, as its clock does three times a minute."""
    with app.connection_for_write(redis.url) as broker:
        app.send_task(TASK, connection=broker, queue="celery")


def test_each_row_is_filed_once_though_the_worker_is_killed_and_redis_forgets(
    redis: Redis, importer: User, meadowlark: Organization, list3: Round, at: datetime
) -> None:
    sheet = make_sheet(list3, meadowlark, importer, at)
    ready = proved(drafted(sheet, importer, at, *({"product_name": f"Slab {n}"} for n in range(ROWS))), importer, at)
    certify_drafts(ready, certified=CERTIFIED, was_read=True, seen=ready.revision, by=importer, at=at)
    filed = Petition.objects.filter(status=Status.SUBMITTED)
    first = worker_on(redis, "first@test")
    try:
        ask(redis)
        eventually(lambda: filed.count() > 0, "some are filed", of=first)
        os.killpg(first.pid, signal.SIGKILL)  # with the process of its pool
        first.wait()
        assert 0 < filed.count() < ROWS
        redis.stop()
        redis.start()
        # The killed worker's lease is over after a minute; nobody waits for it here.
        BulkSheet.objects.filter(pk=sheet.pk).update(leased_until=None)
        second = worker_on(redis, "second@test")
        try:
            ask(redis)
            eventually(lambda: not sheet.rows.to_file().exists(), "all are filed", of=second)
        finally:
            end(second)
    finally:
        end(first)
    names = Counter(filed.values_list("product_name", flat=True))
    assert names == {f"Slab {n}": 1 for n in range(ROWS)}
    assert len(set(filed.values_list("reference", flat=True))) == ROWS
    assert set(filed.values_list("submitted_at", flat=True)) == {at}
    assert Notification.objects.filter(to=importer.email, template="filed_together").count() == 1
