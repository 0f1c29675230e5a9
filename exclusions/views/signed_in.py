"""The type of a request that `login_required` has let through."""

from django.http import HttpRequest

from exclusions.models import User


class SignedInRequest(HttpRequest):
    """A request of a person who is signed in."""

    user: User
