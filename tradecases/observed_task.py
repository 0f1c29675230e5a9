"""What every task does beside its work: its lines name it, its end is counted, it rests while the site is closed."""

from typing import Any

from celery import Task
from structlog.contextvars import bind_contextvars

from exclusions.gateways.observed.tasks import counted
from exclusions.gateways.outages import maintenance

CLOSED = "nothing was done: the site is closed for maintenance"


class ObservedTask(Task):  # type: ignore[misc]
    """A task whose lines carry its name; django-structlog gives them its key and the number of the request."""

    def before_start(self, task_id: str, args: Any, kwargs: Any) -> None:
        """Name the task in all lines until it ends."""
        bind_contextvars(task=self.name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Do the work, and count how it ended. While the site is closed nothing is done: tables may be changing."""
        if maintenance.current():
            return CLOSED
        with counted(self.name):
            return super().__call__(*args, **kwargs)
