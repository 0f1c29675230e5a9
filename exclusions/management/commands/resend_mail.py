"""`resend_mail`: messages that were given up after ten attempts are tried again."""

from typing import Any

from django.core.management.base import BaseCommand

from exclusions.actions.record.notifications import resend


class Command(BaseCommand):
    """Says how many messages will be tried again with the clock's next minute."""

    help = "Try again the outbox messages that were given up."

    def handle(self, *args: Any, **options: Any) -> None:
        """Put them back."""
        number = resend()
        self.stdout.write(
            f"{number} message(s) will be tried again with the next run of the clock."
            if number
            else "No message was given up."
        )
