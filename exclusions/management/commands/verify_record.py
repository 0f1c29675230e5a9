"""`verify_record [REFERENCE]`: the event chain, sealed answers and every file against their hashes."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exclusions.models import Petition
from exclusions.queries.record.record_check import breaks


class Command(BaseCommand):
    """Exits 1 and names each break when the record is not whole, the first of them again at the end."""

    help = "Check the event chain, the sealed answers and every stored file against their hashes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the reference of one petition, or none for the whole record."""
        parser.add_argument("reference", nargs="?", default="", help="a petition; everything when left out")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the check."""
        try:
            found = list(breaks(options["reference"]))
        except Petition.DoesNotExist:
            raise CommandError(f"There is no petition {options['reference']}.") from None
        for sentence in found:
            self.stderr.write(sentence)
        if found:
            raise CommandError(f"{len(found)} break(s) in the record. The first: {found[0]}")
        self.stdout.write("The record is whole.")
