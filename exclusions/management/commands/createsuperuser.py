"""Make an administrator: Django's own command, with the moment at which the account is made."""

from typing import Any

from django.contrib.auth.management.commands import createsuperuser
from django.utils import timezone


class Command(createsuperuser.Command):
    """`createsuperuser`: asks for an e-mail address and a password."""

    def handle(self, *args: Any, **options: Any) -> str | None:
        """Fill in what nobody should be asked, then do as Django does."""
        return super().handle(*args, **{**options, "date_joined": options["date_joined"] or timezone.now()})
