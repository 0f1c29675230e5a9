"""What every task does beside its work: its line names it."""

from typing import Any

from celery import Task
from structlog.contextvars import bind_contextvars


class ObservedTask(Task):  # type: ignore[misc]
    """A task whose lines carry its name; django-structlog gives them its key and the number of the request."""

    def before_start(self, task_id: str, args: Any, kwargs: Any) -> None:
        """Name the task in all lines until it ends."""
        bind_contextvars(task=self.name)
