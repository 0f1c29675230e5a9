"""`check_leaks`: every public row, search text, file, letter and message against every confidential value."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exclusions.queries.record.leak_sweep import findings


class Command(BaseCommand):
    """Exits 1 and lists the hits by place and question; a confidential value is never printed."""

    help = "Look for every confidential value in everything public. Exit code 1: the places are listed."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the sweep."""
        found = 0
        for finding in findings():
            found += 1
            self.stdout.write(str(finding))
        if found:
            raise CommandError(f"{found} leak(s). Put the places above in quarantine, then correct them.")
        self.stdout.write("No confidential value was found in anything public.")
