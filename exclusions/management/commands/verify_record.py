"""`verify_record [REFERENCE] [--anchor DIGEST]`: events, rows, answers and files against chains, seals and hashes."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exclusions.models import Petition
from exclusions.queries.record.chain_heads import is_anchored
from exclusions.queries.record.late_seals import remarks
from exclusions.queries.record.record_check import breaks


class Command(BaseCommand):
    """Exits 1 and names each break when the record is not whole, the first of them again at the end."""

    help = "Check guards, events, rows, sealed answers, stored files and the digests of each day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the reference of one petition, or none for the whole record."""
        parser.add_argument("reference", nargs="?", default="", help="a petition (default: everything)")
        parser.add_argument("--anchor", default="", help="a day's digest, copied from /verify/ or a letter")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the check."""
        try:
            found = list(breaks(options["reference"]))
        except Petition.DoesNotExist:
            raise CommandError(f"There is no petition {options['reference']}.") from None
        if options["anchor"] and not is_anchored(options["anchor"]):
            found.insert(0, f"No day of the record has the digest {options['anchor'].strip()}: history was rewritten.")
        for sentence in remarks():
            self.stdout.write(sentence)
        for sentence in found:
            self.stderr.write(sentence)
        if found:
            raise CommandError(f"{len(found)} break(s) in the record. The first: {found[0]}")
        self.stdout.write("The record is whole.")
