"""`sweep_files`: the stored files that no row names, and with --remove their end."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from exclusions.actions.record.orphans import remove_orphans
from exclusions.gateways.documents.object_store import StoreError
from exclusions.queries.record.orphans import orphans


class Command(BaseCommand):
    """Lists the names; a name says nothing about the file. Exits 1 only when the store does not work."""

    help = "List stored files that no row names and that are older than an hour. --remove erases them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --remove."""
        parser.add_argument("--remove", action="store_true", help="erase them")

    def handle(self, *args: Any, remove: bool, **options: Any) -> None:
        """Run the sweep."""
        at, found = timezone.now(), 0
        try:
            for name in remove_orphans(at=at) if remove else orphans(at):
                found += 1
                self.stdout.write(name)
        except StoreError as failed:
            raise CommandError(str(failed)) from failed
        said = "removed" if remove else "found. To erase them, add --remove"
        self.stdout.write(f"{found} stored file(s) that no row names {said}." if found else "Every file has its row.")
