"""Load a table of covered subheadings, of rates, or of the four-year review."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from exclusions.actions.loading.tariff_lists import load_lists
from exclusions.errors import ActionRefused
from exclusions.gateways.rows import UnreadableFile
from exclusions.gateways.tariff.list_table import read_list_table
from exclusions.management.loading import LoadCommand


class Command(LoadCommand):
    """Load `hts, chapter99_heading` rows or the wider table by list; CSV, gzip or XLSX. Twice changes nothing."""

    help = __doc__ or ""

    def handle(self, *, file: Path, skip_bad: bool, **_: Any) -> None:
        """Read the file, refuse bad rows, load, report."""
        try:
            self.stderr.write(f"Reading {file.name} …")
            table = read_list_table(file)
            self.refuse_bad(file, table.bad, skip_bad)
            report = load_lists(lines=table.lines, rates=table.rates, rows=table.read, progress=self.stderr.write)
        except (ActionRefused, UnreadableFile) as error:
            raise CommandError(str(error)) from error
        self.report(replace(report, refused=len(table.bad)), table.notices)
