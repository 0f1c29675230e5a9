"""List the rows that have no seal, such as an old process writes while tables are changed, and those sealed late."""

from typing import Any

from django.core.management.base import BaseCommand
from django.urls import reverse

from exclusions.queries.record.late_seals import in_words, remarks, unsealed


class Command(BaseCommand):
    """`list_unsealed`: table and key of each row; nothing of what it holds."""

    help = __doc__ or ""

    def handle(self, **_: Any) -> None:
        """List them."""
        found = unsealed()
        for row in found:
            self.stdout.write(f"{row.table}: row {row.key} has no seal.")
        for sentence in remarks():
            self.stdout.write(sentence)
        how = f"{in_words(found)} without a seal. Two administrators can seal them: {reverse('staff-seals')}"
        self.stdout.write(how if found else "Every row has its seal.")
