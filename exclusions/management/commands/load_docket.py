"""Load historical petitions from a public docket spreadsheet."""

import re
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from exclusions.actions.loading.granted_links import link_grants
from exclusions.actions.loading.historical_dockets import load_docket
from exclusions.actions.statistics import keep_statistics
from exclusions.actions.store.clusters import propose_all
from exclusions.actions.store.docket_kinds import count_docket
from exclusions.errors import ActionRefused
from exclusions.gateways.docket_table import read_docket_table
from exclusions.gateways.rows import UnreadableFile
from exclusions.management.loading import LoadCommand


class Command(LoadCommand):
    """Load a portal's list or a compilation of it; CSV, gzip or XLSX. The same file twice changes nothing."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        super().add_arguments(parser)
        parser.add_argument("--docket", required=True, help="the number of the docket, for example USTR-2019-0005")

    def handle(self, *, file: Path, docket: str, skip_bad: bool, **_: Any) -> None:
        """Read the file, refuse bad rows, load, report."""
        if not re.fullmatch(r"[A-Z]+-\d{4}-\d{4}", docket):
            raise CommandError(f"“{docket}” is not the number of a docket. Write it like USTR-2019-0005.")
        at = timezone.now()
        try:
            self.stderr.write(f"Reading {file.name} …")
            table = read_docket_table(file, docket)
            self.refuse_bad(file, table.bad, skip_bad)
            report = load_docket(
                docket=docket, petitions=table.rows, rows=table.read, at=at, progress=self.stderr.write
            )
        except (ActionRefused, UnreadableFile) as error:
            raise CommandError(str(error)) from error
        notices = [f"{table.repeated:,} rows repeat an earlier one and were taken once."] if table.repeated else []
        blank = sum(not (row.organization and row.product) for row in table.rows)
        if blank:
            notices.append(f"{blank:,} rows name no organization or no product. They are on file and marked.")
        if linked := link_grants(at=at):
            notices.append(f"{linked:,} grants were linked to the exclusion that they led to, or corrected.")
        if report.added or report.changed:
            self.stderr.write("Grouping cases on one product …")
            notices.append(f"{propose_all(at=at)}.")
            keep_statistics(at=at, at_once=True)
        count_docket(at=at)
        self.report(replace(report, refused=len(table.bad)), notices)
