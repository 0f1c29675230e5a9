"""The Celery application; `celery -A tradecases worker` finds it here, and `… beat`, which may stand in for the clock.

`manage.py run_clock --every 60` needs no queue to turn, and asks for the other tasks: make worker and compose run that.
"""

import os

from celery import Celery
from django_structlog.celery.steps import DjangoStructLogInitStep

from tradecases.queues import CELERY, NIGHTLY, TASKS

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tradecases.settings")

app = Celery("tradecases", task_cls="tradecases.observed_task:ObservedTask")
app.steps["worker"].add(DjangoStructLogInitStep)  # the worker's lines carry the number of the request
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(CELERY)
app.autodiscover_tasks(["exclusions"])
app.conf.beat_schedule = {
    task.removeprefix("exclusions."): {"task": task, "schedule": 60.0} for task in TASKS if task not in NIGHTLY
}
