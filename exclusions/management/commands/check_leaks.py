"""`check_leaks [--read]`: every public row, search text, file, letter and message against every confidential value."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exclusions.actions.record.public_files.read_again import read_some_again
from exclusions.gateways.documents.reading import READER
from exclusions.models import Document
from exclusions.queries.record.leak_sweep import Leak, findings


class Command(BaseCommand):
    """Exits 1 and lists the hits by place and question, and what nobody read; a confidential value is never printed."""

    help = "Look for every confidential value in everything public. Exit code 1: the places are listed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --read."""
        parser.add_argument(
            "--read", action="store_true", help="after an upgrade: read each file again that an older reader read"
        )

    def handle(self, *args: Any, read: bool, **options: Any) -> None:
        """Run the sweep."""
        if read:
            self._read_again()
        leaks = unread = 0
        for finding in findings():
            leaks, unread = leaks + isinstance(finding, Leak), unread + (not isinstance(finding, Leak))
            self.stdout.write(str(finding))
        waiting = Document.objects.not_read_whole().count()
        if waiting:
            self.stdout.write(f"{waiting} file(s) wait for an intake clerk, under “Files that wait”.")
        wrong = self._wrong(leaks, unread)
        if wrong:
            raise CommandError(" ".join(wrong))
        self.stdout.write("No confidential value was found in anything public.")

    def _read_again(self) -> None:
        done = 0
        while some := read_some_again():
            done += some
        self.stdout.write(f"{done} file(s) were read again.")

    def _wrong(self, leaks: int, unread: int) -> list[str]:
        """Return what the sweep found, each with what to do."""
        older = Document.objects.to_be_read_again(READER).count()
        said = {
            f"{leaks} leak(s). Put the places above in quarantine, then correct them.": leaks,
            f"{unread} public file(s) or case(s) above not read whole. What nobody read is not clean.": unread,
            f"{older} file(s) were read by an older reader. Read them again: check_leaks --read.": older,
        }
        return [sentence for sentence, number in said.items() if number]
