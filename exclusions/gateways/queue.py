"""Asking the queue for a task by its name: pages may not know the tasks, which stand beside them."""

from celery import current_app
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from exclusions.gateways.circuit import REDIS


def ask_for(task: str, **arguments: object) -> bool:
    """Ask the queue for a task, with plain arguments; return whether it took it.

    False where there is no queue, or it does not answer: then whoever asks does the work by itself.
    """
    if current_app.conf.task_always_eager or not REDIS.worth_asking():
        return False
    try:
        current_app.send_task(task, kwargs=arguments, retry=False)
    except (OperationalError, RedisError, OSError) as error:
        REDIS.failed(error)
        return False
    REDIS.worked()
    return True
