"""Django admin as this site serves it."""

from typing import Any

from django.conf import settings
from django.contrib.admin.apps import AdminConfig
from django.core import checks


class AdministrationConfig(AdminConfig):
    """Django admin, with the sign-in of the rest of the site."""

    default_site = "tradecases.administration.Administration"

    def ready(self) -> None:
        """Have each command look first whether mail goes anywhere."""
        super().ready()
        checks.register(mail_goes_somewhere)


def mail_goes_somewhere(**_: Any) -> list[checks.CheckMessage]:
    """Return a warning where letters are written to files that nobody sends."""
    if not settings.MAIL_GOES_NOWHERE:
        return []
    return [
        checks.Warning(
            f"EMAIL_URL is not set: messages are written to files in {settings.EMAIL_FILE_PATH}, and reach nobody.",
            hint="Set EMAIL_URL, for example smtp+tls://user:password@host:587, and start again.",
            id="tradecases.W001",
        )
    ]
