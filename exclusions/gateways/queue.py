"""Asking the queue for a task by its name. Pages may not know the queue, so the settings name who asks it."""

from django.conf import settings
from django.utils.module_loading import import_string


def ask_for(task: str, **arguments: object) -> bool:
    """Ask the queue for a task, with plain arguments; return whether it took it.

    False where there is no queue, or it does not answer: then whoever asks does the work by itself.
    """
    return bool(settings.TASK_ASKER) and bool(import_string(settings.TASK_ASKER)(task, **arguments))
