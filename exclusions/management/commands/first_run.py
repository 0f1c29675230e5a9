"""Make the tables, load what ships with the product and make the demonstration, in one process."""

from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

# What is run, and under which heading; that of the first stands already while this process begins.
# Each command may be run by itself, and again.
STEPS: Sequence[tuple[str, tuple[str, ...]]] = (
    ("", ("upgrade",)),
    ("Load lists, rates, exclusions, the tariff schedule and rounds", ("load_shipped", "--schedule", "--rounds")),
    ("Make the demonstration petitions", ("seed_demo",)),
)


class Command(BaseCommand):
    """`first_run`: what `make run` does before it serves. Running it again adds what is missing and loses nothing."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how the steps are headed: they are some of a longer row."""
        parser.add_argument("--reached", type=int, default=1, metavar="N", help="which step has begun")
        parser.add_argument("--of", type=int, default=len(STEPS), metavar="N", help="how many steps there are in all")

    def handle(self, *, reached: int, of: int, **options: Any) -> None:
        """Take the steps one after the other; the first that fails ends it."""
        for number, (heading, command) in enumerate(STEPS, reached):
            if heading:
                self.stdout.write(f"\n== Step {number} of {of}: {heading}")
            call_command(*command, verbosity=options["verbosity"], stdout=self.stdout, stderr=self.stderr)
