"""`create_token EMAIL`: a token by which a person's programs sign in to the API, printed once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from exclusions.actions.people.tokens import AFTER_SECOND_FACTOR, SCOPES, USUAL, end_token, make_token
from exclusions.errors import ActionRefused
from exclusions.models import User


class Command(BaseCommand):
    """Prints the token on standard output, alone, so that a script can take it; what it is good for, beside it."""

    help = "Make an API token for a person. It is printed once, and ends any earlier token made here."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the person, and what the token may do."""
        given = ", ".join(scope for scope in SCOPES if scope not in AFTER_SECOND_FACTOR)
        parser.add_argument("email", help="the e-mail address by which the person signs in")
        parser.add_argument("--scopes", nargs="+", default=list(USUAL), help=f"of: {given} ({', '.join(USUAL)})")
        parser.add_argument("--end", action="store_true", help="end all tokens of the person, and make none")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, or end it. Raises CommandError with a sentence."""
        user = User.objects.filter(email__iexact=options["email"].strip()).order_by("pk").first()
        if user is None:
            raise CommandError(f"No one signs in as “{options['email']}”. Give the address of an account.")
        at = timezone.now()
        if options["end"]:
            ended = end_token(user, at=at)
            self.stdout.write(f"The tokens of {user.email} have ended." if ended else f"{user.email} has no token.")
            return
        scopes = [scope for given in options["scopes"] for scope in given.split(",") if scope]
        try:
            token = make_token(user, scopes=scopes, at=at)
        except ActionRefused as refused:
            raise CommandError(" ".join(refused.reasons)) from refused
        self.stderr.write(
            f"The token of {user.email} for {', '.join(scopes)}, valid for a year. "
            f"It is shown only once. Send it as “Authorization: Bearer TOKEN”."
        )
        self.stdout.write(token)
