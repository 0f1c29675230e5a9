"""Make the tables, load what ships with the product and make the demonstration, in one process."""

from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

# What each step runs, by its heading. Each command may be run by itself, and again.
STEPS: Mapping[str, tuple[str, ...]] = {
    "Make the tables in {}": ("upgrade",),
    "Load lists, rates, exclusions, the tariff schedule and rounds": ("load_shipped", "--schedule", "--rounds"),
    "Make the demonstration petitions": ("seed_demo",),
}


class Command(BaseCommand):
    """`first_run`: what `make run` does before it serves. Running it again adds what is missing and loses nothing."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how the steps are headed: they are some of a longer row."""
        parser.add_argument("--into", default="the database", metavar="WORDS", help="where the tables are made")
        parser.add_argument("--after", type=int, default=0, metavar="N", help="how many steps went before")
        parser.add_argument("--of", type=int, default=len(STEPS), metavar="N", help="how many steps there are in all")

    def handle(self, *, into: str, after: int, of: int, **options: Any) -> None:
        """Take the steps one after the other; the first that fails ends it."""
        for number, (heading, command) in enumerate(STEPS.items(), after + 1):
            self.stdout.write(f"\n== Step {number} of {of}: {heading.format(into)}")
            call_command(*command, verbosity=options["verbosity"], stdout=self.stdout, stderr=self.stderr)
