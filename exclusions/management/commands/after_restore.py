"""`after_restore`: leave out the reference numbers that were given after the copy, and hold the mail of that time."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from exclusions.actions.rounds.after_restore import hold_what_waits, skip_references
from exclusions.errors import ActionRefused


class Command(BaseCommand):
    """Run it before the clock starts on a site that was put back to an earlier hour; docs/runbook.md says when."""

    help = "After a restore to an earlier hour: leave out the references given since, and hold the mail that waits."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how many numbers, which references, and whether mail is held."""
        parser.add_argument("--skip", type=int, default=0, metavar="N", help="leave out N numbers in each docket")
        parser.add_argument(
            "--past", action="append", default=[], metavar="REFERENCE", help="go on after this one; may be repeated"
        )
        parser.add_argument("--hold-mail", action="store_true", help="send nothing of the outbox until resend_mail")

    def handle(self, *args: Any, skip: int, past: list[str], hold_mail: bool, **options: Any) -> None:
        """Do what was asked, and say what came of it."""
        if not (skip or past or hold_mail):
            raise CommandError("Say what to do: --skip N, --past REFERENCE, --hold-mail.")
        try:
            moved = skip_references(count=skip, past=past, at=timezone.now())
        except ActionRefused as refused:
            raise CommandError(" ".join(refused.reasons)) from refused
        for docket, (before, after) in moved.items():
            self.stdout.write(f"{docket}: the next number is {after + 1:06d}; {after - before} are left out.")
        if hold_mail:
            waiting = hold_what_waits()
            self.stdout.write(f"{waiting} message(s) wait until `manage.py resend_mail`.")
