"""Load the facts that come with the product: the actions, rates and lines, the dates of exclusions, the schedule."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from exclusions.actions.loading.exclusion_dates import date_terms
from exclusions.actions.loading.granted_links import link_grants
from exclusions.actions.loading.shipped_schedule import load_shipped_edition
from exclusions.actions.loading.tariff_lists import load_shipped_lists
from exclusions.gateways.tariff.shipped_schedule import EDITION_NAME, EDITION_START


class Command(BaseCommand):
    """Load the shipped lists and rates, and date the exclusions on file. Running it again changes nothing."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the argument."""
        parser.add_argument(
            "--schedule",
            action="store_true",
            help=f"also load the shipped HTSUS, {EDITION_NAME}, where no whole edition of its day or later is on file",
        )

    def handle(self, *, schedule: bool = False, **_: Any) -> None:
        """Load and report."""
        report = load_shipped_lists(progress=self.stderr.write)
        self.stdout.write(f"Shipped lists and rates: {report}.")
        at = timezone.now()
        if dated := date_terms(at=at):
            self.stdout.write(f"Terms of exclusions with their notices and true ends: {dated:,} superseded.")
        if schedule:
            edition = load_shipped_edition(at=at, progress=self.stderr.write)
            name = f"HTSUS {EDITION_NAME}, from {EDITION_START:%Y-%m-%d}"
            said = f"{edition}" if edition else "not needed, a whole edition of that day or later is on file"
            self.stdout.write(f"{name}: {said}.")
        if linked := link_grants(at=at):
            self.stdout.write(f"Historical grants and the exclusions that they led to: {linked:,} linked or corrected.")
