"""The Celery application and its clock; `celery -A tradecases worker` and `… beat` find it here."""

import os

from celery import Celery
from celery.schedules import crontab
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tradecases.settings")

app = Celery("tradecases", task_cls="tradecases.observed_task:ObservedTask")
app.steps["worker"].add(DjangoStructLogInitStep)  # the worker's lines carry the number of the request
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["exclusions"])
app.conf.beat_schedule = {
    "run-clock": {"task": "exclusions.run_clock", "schedule": 60.0},
    "staff-mail": {"task": "exclusions.staff_mail", "schedule": 60.0},
    "deliver-outbox": {"task": "exclusions.deliver_outbox", "schedule": 60.0},
    "post-webhooks": {"task": "exclusions.post_webhooks", "schedule": 60.0},
    "set-letters": {"task": "exclusions.set_letters", "schedule": 60.0},
    "propose-clusters": {"task": "exclusions.propose_clusters", "schedule": crontab(hour=3, minute=10)},
    "make-thumbnails": {"task": "exclusions.make_thumbnails", "schedule": 60.0},
    "scan-waiting": {"task": "exclusions.scan_waiting", "schedule": 60.0},
}
