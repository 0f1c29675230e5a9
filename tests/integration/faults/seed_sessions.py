"""Sessions of people who are signed in, for processes that serve beside the test."""

from django.conf import settings
from django.test import Client

from exclusions.models import User


def session_of(user: User) -> str:
    """Sign somebody in; return the key of the session."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)
