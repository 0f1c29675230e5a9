"""List all copy: what people read in pages, mails, letters, forms, messages, refusals, the administration and scripts.

Each row is a place (file and line, or model and field), the kind of words, and the words. To be read whole, before and
after a change of style; tests read the same list for words to replace.
"""

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from exclusions.management.copy import all_copy

HEADER = ("place", "kind", "text")


class Command(BaseCommand):
    """Reads the files of the project and changes nothing."""

    help = __doc__ or ""
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--format", choices=("text", "csv"), default="text", help="text to read, or CSV")
        parser.add_argument("--kind", default="", help="only this kind: text, mail, letter, label, help, refusal ...")

    def handle(self, *, format: str = "text", kind: str = "", **_: Any) -> None:
        """Print the rows."""
        rows = [one for one in all_copy(Path(settings.BASE_DIR)) if not kind or one.kind == kind]
        if format == "csv":
            writer = csv.writer(self.stdout, lineterminator="\n")
            writer.writerow(HEADER)
            writer.writerows((one.place, one.kind, one.text) for one in rows)
            return
        for one in rows:
            self.stdout.write(f"{one.place}  [{one.kind}]  {one.text}")
        self.stderr.write(f"{len(rows):,} pieces of copy.")
