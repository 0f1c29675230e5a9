"""Make a small believable docket of fictional companies, and print the sign-ins."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from exclusions.actions.casework.letters_to_set import set_letters
from exclusions.actions.record.addresses import page_address
from exclusions.actions.store.docket_kinds import count_docket
from exclusions.errors import ActionRefused
from exclusions.management.demo.people import COMPANIES, PASSWORD, STAFF
from exclusions.management.demo.seed import USUAL, seed


class Command(BaseCommand):
    """Fictional organizations, petitions in every state, responses and decisions. Running it again changes nothing."""

    help = "Fictional organizations, petitions in every state, responses, decisions; prints the demonstration sign-ins."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the number of petitions."""
        parser.add_argument("--petitions", type=int, default=USUAL, metavar="N", help=f"how many (default {USUAL})")

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed, and say what was done."""
        if not settings.DEMO:
            raise CommandError(
                "These accounts share one known password, so they are made only where DEMO=1 is set. "
                "Set it if this installation is a demonstration."
            )
        if options["petitions"] < 0:
            raise CommandError("--petitions takes a number from 0 up.")
        at = timezone.now()
        try:
            made = seed(petitions=options["petitions"], at=at, progress=self.stdout.write)
        except ActionRefused as refused:
            raise CommandError(" ".join(refused.reasons)) from refused
        set_letters()
        count_docket(at=at)
        self.stdout.write(
            f"{made} petitions were made."
            if made
            else "The demonstration docket is already there. Nothing was changed."
        )
        self.stdout.write(f"\nSign in at {page_address('account_login')} with the password {PASSWORD}:")
        for account in (*COMPANIES, *STAFF):
            if account.printed:
                self.stdout.write(f"  {account.email:<28} {account.role_or_company}")
