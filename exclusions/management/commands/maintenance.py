"""Close the site for an upgrade, and open it again: everybody gets the maintenance page, on every node."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from exclusions.days import EASTERN
from exclusions.gateways.documents.object_store import StoreError
from exclusions.gateways.outages import maintenance


class Command(BaseCommand):
    """`maintenance on --reason "…" [--until "2026-12-01T18:00"]`, `maintenance off`, `maintenance status`."""

    help = __doc__ or ""
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("what", choices=("on", "off", "status"))
        parser.add_argument("--reason", default="", help="one sentence, which everybody reads on the page")
        parser.add_argument("--until", default="", help="when it is over, in ISO form, New York time unless it says so")

    def handle(self, *, what: str, reason: str, until: str, **_: Any) -> None:
        """Switch, and say what holds then. Asks no database."""
        try:
            if what == "on":
                maintenance.begin(reason.strip(), since=timezone.now(), until=_moment(until))
            elif what == "off":
                maintenance.end()
        except StoreError as away:
            raise CommandError(str(away)) from away
        self.stdout.write(_state_sentence(maintenance.current()))


def _state_sentence(found: maintenance.Maintenance | None) -> str:
    if found is None:
        return "The site is open."
    if settings.MAINTENANCE:
        return "MAINTENANCE=1 is set here: this process serves the maintenance page alone."
    until = f", until {found.until}" if found.until else ""
    return f"The site is closed since {found.since}{until}. {found.reason}".strip()


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(f"--until {text!r} is not a time. Write it as 2026-12-01T18:00.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=EASTERN)
