"""Load rounds from a TOML file, or the shipped rounds if you name none."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from exclusions.actions.loading.rounds import load_rounds
from exclusions.errors import ActionRefused
from exclusions.gateways.tariff.rounds_file import SHIPPED


class Command(BaseCommand):
    """Load rounds: the same file twice changes nothing. Demonstration rounds are loaded only where DEMO=1 is set."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "file", nargs="?", type=Path, default=SHIPPED, help="a TOML file (default: the shipped rounds)"
        )
        parser.add_argument(
            "--despite-two",
            action="store_true",
            help="load other dates than those that two administrators confirmed",
        )

    def handle(self, *, file: Path, despite_two: bool = False, **_: Any) -> None:
        """Load, report rows read, added and changed, or print every mistake and load nothing."""
        try:
            report = load_rounds(file=file, at=timezone.now(), demo=settings.DEMO, despite_two=despite_two)
        except ActionRefused as refused:
            for sentence in refused.reasons:
                self.stderr.write(sentence)
            raise CommandError(f"{file.name}: nothing was loaded.") from refused
        self.stdout.write(f"Rounds: {report}.")
