"""Load an edition of the HTSUS, or a list of renumbered statistical numbers, from a file."""

from argparse import ArgumentParser
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from exclusions.actions.loading.load_reports import LoadReport
from exclusions.actions.loading.tariff_editions import load_changes, load_edition
from exclusions.errors import ActionRefused
from exclusions.facts.lines import day_on_file
from exclusions.gateways.rows import BadRow, UnreadableFile
from exclusions.gateways.tariff.hts_calendar import edition_name, edition_start
from exclusions.gateways.tariff.hts_changes import is_change_list, read_changes
from exclusions.gateways.tariff.hts_edition import Edition, read_edition
from exclusions.management.loading import LoadCommand
from exclusions.models import HtsEdition
from exclusions.queries.notices.renumbering import renumbering


class Command(LoadCommand):
    """Load a USITC JSON or CSV export, or a CSV of changes; plain or gzip. The same file twice changes nothing."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        super().add_arguments(parser)
        parser.add_argument(
            "--edition", default="", help="name, for example “2026 Rev 6” (default: from the file's name)"
        )
        parser.add_argument(
            "--from", dest="start", default="", help="first day, YYYY-MM-DD (default: known from the name)"
        )
        parser.add_argument(
            "--allow-loss",
            action="store_true",
            help="load an edition even if it lacks a fifth or more of the earlier lines",
        )
        parser.add_argument("--changes", action="store_true", help="the file lists old and new numbers")

    def handle(  # one for each option
        self, *, file: Path, edition: str, start: str, skip_bad: bool, changes: bool, allow_loss: bool = False, **_: Any
    ) -> None:
        """Read the file, refuse bad rows, load, report."""
        bad: list[BadRow] = []
        try:
            if changes or is_change_list(file):
                rows, pairs = read_changes(file, bad)
                self.refuse_bad(file, bad, skip_bad)
                report = load_changes(changes=pairs, rows=rows)
            else:
                name, first_day = self._name_and_day(file, edition, start)
                self.stderr.write(f"Reading {file.name} …")
                whole = read_edition(file, bad)
                self.refuse_bad(file, bad, skip_bad)
                report = self._load_edition(whole, name, first_day, allow_loss=allow_loss)
        except (ActionRefused, UnreadableFile) as error:
            raise CommandError(str(error)) from error
        self.report(replace(report, refused=len(bad)))

    def _load_edition(self, edition: Edition, name: str, first_day: date, *, allow_loss: bool) -> LoadReport:
        self.stdout.write(f"HTSUS {name}, from {first_day:%Y-%m-%d}:")
        if edition.lines and not edition.is_whole:
            chapters = sorted({line.number[:2] for line in edition.lines})
            self.stdout.write(
                f"This file is a part of an edition (chapters {chapters[0]} to {chapters[-1]}). "
                "All other numbers stay as they are."
            )
        report = load_edition(
            edition=edition,
            name=name,
            valid_from=first_day,
            at=timezone.now(),
            allow_loss=allow_loss,
            progress=self.stderr.write,
        )
        self._tell_of_retired(name)
        return report

    def _tell_of_retired(self, name: str) -> None:
        """Say how much stands on numbers that the edition retires."""
        found = renumbering(HtsEdition.objects.get(name=name))
        if found.retired:
            self.stdout.write(
                f"{len(found.retired):,} retired numbers are still used by petitions, texts, exclusions or lists. "
                f"Not settled: {found.open:,}. See /renumbering/{found.edition.pk}/."
            )

    def _name_and_day(self, file: Path, edition: str, start: str) -> tuple[str, date]:
        name = edition_name(edition) or edition.strip() or edition_name(file.name)
        if not name:
            raise CommandError(
                f"The name {file.name} does not say which edition it holds. Give it with --edition, for example "
                '--edition "2026 Rev 6", and its first day with --from, for example --from 2026-04-23.'
            )
        if not start:
            known = day_on_file(name) or edition_start(name)
            if known is None:
                raise CommandError(
                    f"The first day of edition “{name}” is not known. Give it with --from, "
                    "for example --from 2026-04-23."
                )
            return name, known
        try:
            return name, date.fromisoformat(start)
        except ValueError as error:
            raise CommandError(f"“{start}” is not a day. Write it with --from YYYY-MM-DD.") from error
