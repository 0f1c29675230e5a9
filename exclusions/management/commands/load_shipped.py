"""Load the facts that come with the product: lists, rates, exclusions, the tariff schedule, rounds."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from exclusions.actions.loading.exclusion_dates import date_terms
from exclusions.actions.loading.exclusion_registry import load_shipped_exclusions
from exclusions.actions.loading.granted_links import link_grants
from exclusions.actions.loading.rounds import load_rounds
from exclusions.actions.loading.shipped_schedule import load_shipped_edition
from exclusions.actions.loading.tariff_lists import load_shipped_lists
from exclusions.gateways.tariff.shipped_schedule import EDITION_NAME, EDITION_START


class Command(BaseCommand):
    """Load the shipped lists, rates and exclusions. Running it again changes nothing."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--lists-alone", action="store_true", help="load lists and rates, and no exclusions")
        parser.add_argument(
            "--schedule",
            action="store_true",
            help=f"also load the shipped HTSUS, {EDITION_NAME}, unless a whole edition of its day or later is on file",
        )
        parser.add_argument("--rounds", action="store_true", help="also load the shipped rounds")

    def handle(self, *, lists_alone: bool, schedule: bool, rounds: bool, **_: Any) -> None:
        """Load and report."""
        at = timezone.now()
        report = load_shipped_lists(at=at, progress=self.stderr.write)
        self.stdout.write(f"Shipped lists and rates: {report}.")
        if dated := date_terms(at=at):
            self.stdout.write(f"Terms that got their true end or their notice: {dated:,} superseded.")
        if not lists_alone:  # before the schedule, with which words are counted anyway
            found = load_shipped_exclusions(at=at, progress=self.stderr.write)
            self.stdout.write(f"Shipped exclusions and their amendments: {found}.")
        if schedule:
            self._load_schedule(at)
        if rounds:
            self.stdout.write(f"Shipped rounds: {load_rounds(at=at, demo=settings.DEMO)}.")
        if linked := link_grants(at=at):
            self.stdout.write(f"Past grants and the exclusions that they led to: {linked:,} linked or corrected.")

    def _load_schedule(self, at: datetime) -> None:
        edition = load_shipped_edition(at=at, progress=self.stderr.write)
        name = f"HTSUS {EDITION_NAME}, from {EDITION_START:%Y-%m-%d}"
        said = f"{edition}" if edition else "not needed, a whole edition of that day or later is on file"
        self.stdout.write(f"{name}: {said}.")
