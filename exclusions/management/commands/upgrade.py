"""Close the site, migrate, and open it again, also when the migration fails."""

import signal
import sys
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from exclusions.gateways.outages import maintenance

REASON = "It is being brought up to date"


class Command(BaseCommand):
    """`upgrade`: for a site on one machine, whose worker and clock are stopped. What was closed before stays closed."""

    help = __doc__ or ""

    def handle(self, **options: Any) -> None:
        """Migrate while everybody gets the maintenance page. An upgrade that was killed leaves its page to the next."""
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        found = maintenance.current()
        ours = found is None or found.reason == REASON
        if ours:
            maintenance.begin(REASON, since=timezone.now())
        try:
            call_command("migrate", interactive=False, verbosity=options["verbosity"], stdout=self.stdout)
        finally:
            if ours:
                maintenance.end()
        self.stdout.write("The tables are up to date.")
