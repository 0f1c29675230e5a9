"""Write the annex of a heading: the note's items from the registry, in order, as text, CSV or Word file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from exclusions import hts
from exclusions.gateways.annex.blocks import Block
from exclusions.gateways.annex.tables import annex_csv, annex_lines
from exclusions.gateways.annex.word import word_file
from exclusions.queries.notices.annexes import annex_rows
from exclusions.workflow.deadlines import eastern_date

ENDINGS = (".txt", ".csv", ".docx")


class Command(BaseCommand):
    """Write the note's items of a heading, in order; the ending of the path says as what: .txt, .csv or .docx."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the heading and the path."""
        parser.add_argument("heading", help="chapter 99 heading, dotted or plain, such as 9903.88.13")
        parser.add_argument("--out", type=Path, required=True, help="the file to write: .txt, .csv or .docx")

    def handle(self, *, heading: str, out: Path, **_: Any) -> None:
        """Read the registry, write the file, say what was written."""
        try:
            number = hts.parse(heading, digits=(8,))
        except hts.HtsError as error:
            raise CommandError(str(error)) from error
        if out.suffix.lower() not in ENDINGS:
            raise CommandError(f"“{out.name}” has the wrong ending. Use one of {', '.join(ENDINGS)}.")
        rows = annex_rows(number.plain)
        if not rows:
            raise CommandError(f"There is no exclusion under {number.dotted}. Load the note, or give another heading.")
        at = timezone.now()
        lines = annex_lines(rows)
        if out.suffix.lower() == ".csv":
            content = annex_csv(rows, day=eastern_date(at)).encode()
        elif out.suffix.lower() == ".docx":
            title = f"Items under heading {number.dotted}"
            content = word_file([Block("item", line) for line in lines], title=title, at=at)
        else:
            content = "".join(f"{line}\n" for line in lines).encode()
        try:
            out.write_bytes(content)
        except OSError as error:
            raise CommandError(f"{out} cannot be written: {error.strerror}. Give another path.") from error
        whole = sum(row.whole_number for row in rows)
        self.stdout.write(
            f"Wrote {len(rows)} items of {number.dotted} to {out}: {whole} whole numbers, {len(rows) - whole} others."
        )
