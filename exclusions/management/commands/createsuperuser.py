"""Make an administrator: Django's own command, while there are not two yet, on the record."""

from typing import Any

from django.contrib.auth.management.commands import createsuperuser
from django.core.management import CommandError
from django.db import transaction
from django.utils import timezone

from exclusions.actions.people.accounts import record_administrator, refuse_a_third_administrator
from exclusions.errors import ActionRefused
from exclusions.models import User


class Command(createsuperuser.Command):
    """`createsuperuser`: asks for an e-mail address and a password. Two administrators make all further ones."""

    def handle(self, *args: Any, **options: Any) -> str | None:
        """Fill in what nobody should be asked, do as Django does, and record it."""
        now = options["date_joined"] or timezone.now()
        try:
            refuse_a_third_administrator()
        except ActionRefused as refused:
            raise CommandError(" ".join(refused.reasons)) from refused
        with transaction.atomic():
            before = set(User.objects.values_list("pk", flat=True))
            said = super().handle(*args, **{**options, "date_joined": now})
            for made in User.objects.exclude(pk__in=before):
                record_administrator(made, at=now)
        return said
