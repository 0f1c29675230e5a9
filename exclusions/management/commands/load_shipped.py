"""Load the facts that come with the product: the actions, rates and lines, the dates of exclusions."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from exclusions.actions.loading.exclusion_dates import date_terms
from exclusions.actions.loading.granted_links import link_grants
from exclusions.actions.loading.tariff_lists import load_shipped_lists


class Command(BaseCommand):
    """Load the shipped lists and rates, and date the exclusions on file. Running it again changes nothing."""

    help = __doc__ or ""

    def handle(self, **_: Any) -> None:
        """Load and report."""
        report = load_shipped_lists(progress=self.stderr.write)
        self.stdout.write(f"Shipped lists and rates: {report}.")
        at = timezone.now()
        if dated := date_terms(at=at):
            self.stdout.write(f"Terms of exclusions with their notices and true ends: {dated:,} superseded.")
        if linked := link_grants(at=at):
            self.stdout.write(f"Historical grants and the exclusions that they led to: {linked:,} linked or corrected.")
