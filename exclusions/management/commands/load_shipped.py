"""Load the facts that come with the product: the actions, their rates and the lines they cover."""

from typing import Any

from django.core.management.base import BaseCommand

from exclusions.actions.loading.tariff_lists import load_shipped_lists


class Command(BaseCommand):
    """Load the shipped lists and rates. Running it again changes nothing."""

    help = __doc__ or ""

    def handle(self, **_: Any) -> None:
        """Load and report."""
        report = load_shipped_lists(progress=self.stderr.write)
        self.stdout.write(f"Shipped lists and rates: {report}.")
