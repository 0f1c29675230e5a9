"""Load a table of covered subheadings, of rates, or of the four-year review."""

import re
from argparse import ArgumentParser
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from exclusions.actions.loading.load_reports import LoadedFile
from exclusions.actions.loading.tariff_lists import load_lists
from exclusions.errors import ActionRefused
from exclusions.gateways.rows import UnreadableFile
from exclusions.gateways.tariff.list_table import read_list_table
from exclusions.management.loading import LoadCommand

IN_NAME = re.compile(r"(?<!\d)(\d{4}-\d\d-\d\d)(?!\d)")
OF_ONE_DAY = "usitc"


class Command(LoadCommand):
    """Load `hts, chapter99_heading` rows or the wider table by list; CSV, gzip or XLSX. Twice changes nothing.

    A table of `hts, chapter99_heading` rows is true on its own day: that of --as-of, or else the one in its name.
    """

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the day of the table, and whether it may contradict what is known of that day."""
        super().add_arguments(parser)
        parser.add_argument("--as-of", default="", help="the day that the table describes, such as 2023-01-01")
        parser.add_argument(
            "--despite-contradictions",
            action="store_true",
            help="load a table even if it contradicts the lists known for its day",
        )

    def handle(self, *, file: Path, skip_bad: bool, **options: Any) -> None:
        """Read the file, refuse bad rows, load, report."""
        try:
            day = _day(options.get("as_of") or "", file)
            self.stderr.write(f"Reading {file.name} …")
            table = read_list_table(file)
            self.refuse_bad(file, table.bad, skip_bad)
            report = load_lists(
                lines=table.lines,
                rates=table.rates,
                rows=table.read,
                of_one_day=table.shape == OF_ONE_DAY,
                day=day,
                despite=bool(options.get("despite_contradictions")),
                file=LoadedFile.read(file, timezone.now()),
                progress=self.stderr.write,
            )
        except (ActionRefused, UnreadableFile) as error:
            raise CommandError(str(error)) from error
        self.report(replace(report, refused=len(table.bad)), table.notices)


def _day(given: str, file: Path) -> date | None:
    """Return the day that was given, or the one in the file's name; None where there is none."""
    named = IN_NAME.search(file.name)
    try:
        return date.fromisoformat(given or (named[1] if named else "")) if given or named else None
    except ValueError:
        if given:
            raise CommandError(f"--as-of: “{given}” is not a day. Write it as 2023-01-01.") from None
        return None
