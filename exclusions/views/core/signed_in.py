"""Pages of a person who is signed in: what the request is then, and how the pages may be kept."""

from collections.abc import Callable
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.views.decorators.cache import never_cache

from exclusions.models import User
from exclusions.workflow.roles import Role


class SignedInRequest(HttpRequest):
    """A request of a person who is signed in."""

    user: User


def signed_in(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let only people through who are signed in, and let no browser or proxy keep the page: it may be confidential."""
    return never_cache(login_required(view))


def administrators_only(request: SignedInRequest) -> None:
    """Raise Http404 for anybody but an administrator: of these pages nobody else learns that they are there."""
    if request.user.role != Role.ADMIN:
        raise Http404


def asked_once_more(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let a POST through once the person has lately shown who it is, by password or second factor.

    What was sent waits in the session meanwhile, and is carried out then: nothing typed is lost.
    """
    guarded: Callable[..., Any] = reauthentication_required(enabled=lambda request: request.method == "POST")(view)
    return guarded
