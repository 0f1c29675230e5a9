"""Do everything that is due: petitions lapse, response periods close, reviews begin, messages go out."""

import logging
import signal
import threading
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections
from django.utils import timezone

from exclusions.actions.clock import ClockReport, run_clock
from exclusions.days import EASTERN
from exclusions.gateways.observed.tasks import counted
from exclusions.gateways.outages import maintenance
from exclusions.management.beside_the_clock import do_the_rest

logger = logging.getLogger(__name__)
CLOSED = "Nothing was done: the site is closed for maintenance (manage.py maintenance status)."


class Command(BaseCommand):
    """`run_clock [--every SECONDS [--note FILE] | --at ISO [--rehearsal]]`: again at the same moment does nothing."""

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
        parser.add_argument("--every", type=int, default=0, help="run on, and again after so many seconds")
        parser.add_argument("--note", type=Path, help="with --every: a file that is touched after each run")

    def handle(self, *, at: str, rehearsal: bool, every: int, note: Path | None, **_: Any) -> None:
        """Run, and print each petition that moved."""
        if at and every:
            raise CommandError("--every runs at the time that it is. Leave out --at.")
        if every < 0:
            raise CommandError("--every takes a number of seconds, such as 60.")
        if every:
            self._run_on(every, note)
            return
        now = timezone.now()
        moment = _moment(at) if at else now
        if moment > now and not rehearsal:
            raise CommandError(
                f'"{at}" is in the future, and open periods would close for good. Leave out --at. '
                "On a copy of the site, add --rehearsal."
            )
        if maintenance.current():
            self.stdout.write(CLOSED)
            return
        with counted("exclusions.run_clock"):
            report = run_clock(at=moment)
        self._print(report)
        self.stdout.write(f"{report}; {do_the_rest(at=now, new_day=report.new_day)}.")

    def _run_on(self, every: int, note: Path | None) -> None:
        """Run again and again until the process is told to end; a run that fails costs a minute, not the clock."""
        ended = threading.Event()
        for asked in (signal.SIGTERM, signal.SIGINT):
            signal.signal(asked, lambda *_: ended.set())
        while not ended.is_set():
            now = timezone.now()
            try:
                if maintenance.current() is None:
                    self._run_once(now)
                if note:
                    note.touch()
            except Exception:
                logger.exception("A run of the clock failed; the next one does what is due.")
            close_old_connections()
            ended.wait(every)

    def _run_once(self, now: datetime) -> None:
        with counted("exclusions.run_clock"):
            report = run_clock(at=now)
        self._print(report)
        said = do_the_rest(at=now, new_day=report.new_day)
        if not report.did_nothing:
            self.stdout.write(f"{report}; {said}.")

    def _print(self, report: ClockReport) -> None:
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


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(f'"{text}" is not a time. Write it as 2019-07-23T00:00 or 2019-07-23T04:00Z.') from None
    return moment if moment.tzinfo else moment.replace(tzinfo=EASTERN)
