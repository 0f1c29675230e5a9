"""The one Django app of the product."""

from django.apps import AppConfig


class ExclusionsConfig(AppConfig):
    """Registers the tasks, so that a finished transaction can wake the queue."""

    name = "exclusions"
    verbose_name = "Tariff exclusions"

    def ready(self) -> None:
        """Import the tasks: they hang `deliver_outbox.delay` on the outbox hook."""
        from exclusions import tasks  # noqa: F401, PLC0415  (models must be loaded first)
