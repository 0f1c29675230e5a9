"""Set someone's password from the shell: Django's own command, on the record."""

from typing import Any

from django.contrib.auth.management.commands import changepassword
from django.utils import timezone

from exclusions.actions.people.accounts import record_password_of_shell
from exclusions.models import User


class Command(changepassword.Command):
    """`changepassword ADDRESS`: asks for the password; the owner gets a message."""

    def handle(self, *args: Any, **options: Any) -> str | None:
        """Do as Django does, and record it."""
        said: str | None = super().handle(*args, **options)
        if options["username"]:
            record_password_of_shell(User.objects.get_by_natural_key(options["username"]), at=timezone.now())
        return said
