"""Load granted exclusions: the table of note 20, or the text of U.S. note 20 itself."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from exclusions.actions.loading.exclusion_registry import load_exclusions
from exclusions.actions.loading.granted_links import link_grants
from exclusions.errors import ActionRefused
from exclusions.gateways.rows import UnreadableFile
from exclusions.gateways.tariff.exclusion_table import read_exclusion_table
from exclusions.gateways.tariff.note20 import is_note_text, read_note
from exclusions.management.loading import LoadCommand


class Command(LoadCommand):
    """Load the exclusions of a CSV table or of the note's text, plain or gzip. The same file twice changes nothing."""

    help = __doc__ or ""

    def handle(self, *, file: Path, skip_bad: bool, **_: Any) -> None:
        """Read the file, refuse bad rows, load, report."""
        notices = []
        try:
            self.stderr.write(f"Reading {file.name} …")
            if is_note_text(file):
                note = read_note(file)
                items, bad, rows = note.items, note.bad, len(note.items)
                if note.unplaced:
                    notices.append(
                        f"Left out: {note.unplaced} products before the first subdivision of the text, which does not "
                        "say where they belong. Give the text from the beginning of that subdivision."
                    )
                if note.left_out:
                    notices.append(f"The file does not have subdivisions {', '.join(note.left_out)} of the note.")
            else:
                items, bad, rows = read_exclusion_table(file)
            self.refuse_bad(file, bad, skip_bad)
            at = timezone.now()
            report = load_exclusions(items=items, rows=rows, source=file.name, at=at, progress=self.stderr.write)
            if linked := link_grants(at=at):
                notices.append(f"Past grants linked to the exclusion that they led to, or corrected: {linked:,}.")
        except (ActionRefused, UnreadableFile) as error:
            raise CommandError(str(error)) from error
        self.report(replace(report, refused=len(bad)), notices)
