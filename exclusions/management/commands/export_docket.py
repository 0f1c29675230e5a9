"""Write the public docket and the registry of exclusions to files, with their data dictionary and their hashes."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from exclusions.actions.mirrors.dumps import write_docket
from exclusions.gateways.dumps.tables import FORMATS


class Command(BaseCommand):
    """`export_docket --format csv,xlsx,jsonl,sqlite --out FOLDER`: from the public tables, and from nothing else."""

    help = __doc__ or ""
    requires_system_checks = ()  # which would load all pages for one file

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the formats and the folder."""
        parser.add_argument("--format", default=",".join(FORMATS), help=f"one or more, by commas: {','.join(FORMATS)}")
        parser.add_argument("--out", type=Path, required=True, help="the folder; it is made where there is none")

    def handle(self, *, out: Path, **options: Any) -> None:
        """Write the files, and say of each how many rows it has."""
        asked = dict.fromkeys(name.strip().lower() for name in options["format"].split(",") if name.strip())
        wrong = [name for name in asked if name not in FORMATS]
        if wrong or not asked:
            named = f"There is no format “{wrong[0][:20]}”." if wrong else "Name a format."
            raise CommandError(f"--format: {named} Choose of {', '.join(FORMATS)}, with commas between them.")
        try:
            out.mkdir(parents=True, exist_ok=True)
            written = write_docket(asked, out, at=timezone.now(), progress=self.stderr.write)
        except OSError as error:
            sentence = f"--out: “{out}” cannot be written ({error.strerror}). Name a folder with room to write."
            raise CommandError(sentence) from error
        for file in written:
            rows = f"{file.rows:,} rows" if file.rows is not None else "written"
            self.stdout.write(f"{out / file.name}: {rows}")
