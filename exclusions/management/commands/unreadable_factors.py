"""`unreadable_factors`: whose second factors no key of the site opens, and with --end their end."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from exclusions.actions.people.lost_factors import end_unreadable_factors, unreadable_factors
from exclusions.models import User


class Command(BaseCommand):
    """Lists people whose authenticator app or recovery codes were kept under a SECRET_KEY that is gone."""

    help = "List people whose second factors cannot be read, since SECRET_KEY was lost. --end takes these factors away."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --end."""
        parser.add_argument("--end", action="store_true", help="take them away: who signs in sets up new ones")

    def handle(self, *args: Any, end: bool, **options: Any) -> None:
        """List them, or end them."""
        if end:
            people = end_unreadable_factors(at=timezone.now())
        else:
            people = list(User.objects.filter(pk__in={kept.user_id for kept in unreadable_factors()}).order_by("pk"))
        for user in people:
            self.stdout.write(user.email)
        self.stdout.write(_count_sentence(len(people), end=end))


def _count_sentence(count: int, *, end: bool) -> str:
    if not count:
        return "Every second factor can be read under SECRET_KEY and its fallbacks."
    if end:
        return f"Second factors of {count} were ended, and these people were mailed. They set up new ones at sign-in."
    return (
        f"Second factors of {count} cannot be read. If the old key still exists, name it in SECRET_KEY_FALLBACKS "
        "instead. If it is lost, add --end."
    )
