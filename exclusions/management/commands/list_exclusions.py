"""Put exclusions on the list of a round of extension or reinstatement."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from exclusions.actions.loading.listed_exclusions import list_from_table, list_headings
from exclusions.errors import ActionRefused
from exclusions.gateways.rows import UnreadableFile
from exclusions.gateways.tariff.listed_table import SHIPPED, read_listed_table
from exclusions.hts import HtsError, parse
from exclusions.management.loading import LoadCommand


class Command(LoadCommand):
    """`list_exclusions ROUND [FILE | --headings 9903.88.56 …]`: the same list twice changes nothing.

    FILE is a table with the columns list, heading, note and item. Without one, the list of the round that is shipped.
    """

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("round", help="short name of the round, such as reinstatement-2021")
        parser.add_argument("file", nargs="?", type=Path, help="CSV: list, heading, note, item")
        parser.add_argument(
            "--headings", nargs="+", default=[], help="list every published exclusion of these headings"
        )
        parser.add_argument(
            "--skip-bad", action="store_true", help="list the good rows, write the others beside the file"
        )

    def handle(self, *, round: str, file: Path | None, headings: list[str], skip_bad: bool, **_: Any) -> None:
        """List what the file or the headings name, or say what is wrong and list nothing."""
        file = file or (None if headings else SHIPPED.get(round))
        if file and headings:
            raise CommandError("Give a file or --headings, not both.")
        if file is None and not headings:
            raise CommandError(f"No list of the round {round} is shipped. Give a file, or --headings.")
        at = timezone.now()
        try:
            if file is None:
                plain = [parse(heading, digits=(8,)).plain for heading in headings]
                self.report(list_headings(slug=round, headings=plain, at=at))
                return
            rows, bad = read_listed_table(file)
            self.refuse_bad(file, bad, skip_bad)
            self.report(list_from_table(slug=round, rows=rows, at=at))
        except ActionRefused as refused:
            for sentence in refused.reasons:
                self.stderr.write(sentence)
            raise CommandError("Nothing was listed.") from refused
        except (HtsError, UnreadableFile) as error:
            raise CommandError(str(error)) from error
