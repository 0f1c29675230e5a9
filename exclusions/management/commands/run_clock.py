"""Do everything that is due: petitions lapse, response periods close, reviews begin, messages go out."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from exclusions.actions.clock import run_clock
from exclusions.actions.desk.letters_to_set import set_letters
from exclusions.actions.desk.staff_mail import send_staff_mail
from exclusions.actions.filing.small_pictures import make_thumbnails
from exclusions.actions.record.notifications import deliver
from exclusions.actions.record.scans import scan_waiting
from exclusions.actions.webhooks import post_webhooks
from exclusions.workflow.deadlines import EASTERN


class Command(BaseCommand):
    """`run_clock [--at ISO [--rehearsal]]`: running it again at the same moment does nothing."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "--at", default="", help="a time in ISO form, New York time unless it names a zone (default: now)"
        )
        parser.add_argument(
            "--rehearsal",
            action="store_true",
            help="allow a future --at: this site is a copy, and its periods may close",
        )

    def handle(self, *, at: str, rehearsal: bool, **_: Any) -> None:
        """Run, and print each petition that moved."""
        now = timezone.now()
        moment = _moment(at) if at else now
        if moment > now and not rehearsal:
            raise CommandError(
                f'"{at}" is in the future, and open periods would close for good. Leave out --at. '
                "On a copy of the site, add --rehearsal."
            )
        report = run_clock(at=moment)
        for reference in report.lapsed:
            self.stdout.write(f"{reference}: lapsed, not corrected in time.")
        for reference in report.closed:
            self.stdout.write(f"{reference}: the response period closed.")
        for reference in report.begun:
            self.stdout.write(f"{reference}: review began.")
        for sentence in report.reminded:
            self.stdout.write(f"Reminded: {sentence}.")
        for sentence in report.refused:
            self.stderr.write(sentence)
        scan_waiting(at=now)
        make_thumbnails()
        send_staff_mail(at=now)
        set_letters()
        delivery = deliver(at=now)
        post_webhooks(at=now)
        self.stdout.write(f"{report}; {delivery.sent} messages sent, {delivery.failed} to be tried again.")


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(f'"{text}" is not a time. Write it as 2019-07-23T00:00 or 2019-07-23T04:00Z.') from None
    return moment if moment.tzinfo else moment.replace(tzinfo=EASTERN)
