"""What every command that loads a file has in common: its arguments, how it refuses bad rows, how it reports."""

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from exclusions.actions.loading.load_reports import LoadReport
from exclusions.gateways.rows import BadRow, write_skipped

SHOWN = 20


class LoadCommand(BaseCommand):
    """A command that loads one file in one transaction: nothing while a row is bad, unless told to skip bad rows."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the file and --skip-bad."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--skip-bad", action="store_true", help="load the good rows, write the others beside the file"
        )

    def refuse_bad(self, file: Path, bad: Sequence[BadRow], skip_bad: bool) -> None:
        """Show the refused rows; stop, or with `skip_bad` write them beside the file. Raises CommandError."""
        for row in bad[:SHOWN]:
            self.stderr.write(str(row))
        if len(bad) > SHOWN:
            self.stderr.write(f"… and {len(bad) - SHOWN:,} more.")
        if not bad:
            return
        if not skip_bad:
            raise CommandError(
                f"{len(bad):,} {'row was' if len(bad) == 1 else 'rows were'} refused, so nothing was loaded. "
                "Correct the file, or load the rest with --skip-bad."
            )
        try:
            self.stdout.write(f"The refused rows are written to {write_skipped(file, list(bad))}.")
        except OSError as error:
            raise CommandError(
                f"The refused rows cannot be written beside {file} ({error.strerror}), so nothing was loaded. "
                "Copy the file to a folder that may be written to."
            ) from error

    def report(self, report: LoadReport, notices: Sequence[str] = ()) -> None:
        """Print what the load did."""
        for notice in notices:
            self.stdout.write(notice)
        self.stdout.write(f"Rows: {report}.")
        if report.changed_nothing:
            self.stdout.write("Everything was already on file. Nothing changed.")
