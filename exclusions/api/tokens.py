"""Signing in to the API by a token, and what its scopes let in. A session's cookie opens nothing here."""

from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, MethodNotAllowed, NotAuthenticated, PermissionDenied
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.throttling import AnonRateThrottle, BaseThrottle, SimpleRateThrottle

from exclusions.actions.people.tokens import note_use
from exclusions.api.described.schema import TokenSchema
from exclusions.api.reads import REFUSALS, Read
from exclusions.models import ApiToken, User
from exclusions.queries.people.own_watches import addresses_of
from exclusions.queries.people.token_holder import valid_token

WANTED = (
    "Send a token as “Authorization: Bearer TOKEN”. Make one on your account’s page, /accounts/tokens/. An operator of "
    "this site can make one with `create_token`."
)
UNKNOWN = "This token is not one of ours, has run out, or was ended. Make a new one."
OWN_REFUSALS = {**REFUSALS, 401: "No token, or one that is not valid", 403: "The token is for something else"}


class BearerToken(BaseAuthentication):
    """`Authorization: Bearer TOKEN` (RFC 6750)."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """Return the token's person and the token; None where no header names one.

        Raises AuthenticationFailed for a token that opens nothing.
        """
        kind, _, token = get_authorization_header(request).partition(b" ")
        if kind.lower() != b"bearer":
            return None
        at = timezone.now()
        known = valid_token(token.strip().decode("ascii", errors="replace"), at=at)
        if known is None:
            raise AuthenticationFailed(UNKNOWN)
        note_use(known, at=at)
        return known.user, known

    def authenticate_header(self, request: Request) -> str:
        """Return what a 401 asks for."""
        return 'Bearer realm="api"'


class ByToken(SimpleRateThrottle):
    """Counts the requests of a token, from wherever it is sent (TOKEN_REQUESTS); anonymous ones are not its matter."""

    scope = "token"

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        """Count by the token; its person may have others."""
        known = request.auth
        return self.cache_format % {"scope": self.scope, "ident": known.pk} if isinstance(known, ApiToken) else None


class InScope(BasePermission):
    """Lets a token do what its scopes name: those of the view, by method."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Say whether the token has the scope; a method that there is not is refused as such."""
        scope = view.scopes.get("GET" if request.method == "HEAD" else request.method)
        self.message = f"This token lacks the scope {scope}. Ask for one that has it."
        known = request.auth
        return scope is None or (isinstance(known, ApiToken) and scope in known.scopes)


@method_decorator(never_cache, name="dispatch")
class Own(Read):
    """A view of a person's own things, for whoever sends their token; `scopes` are what a method asks of it."""

    authentication_classes = (BearerToken,)
    permission_classes = (IsAuthenticated, InScope)
    throttle_classes: Sequence[type[BaseThrottle]] = (AnonRateThrottle, ByToken)
    refusals: Mapping[int, str] = OWN_REFUSALS
    schema = TokenSchema()
    scopes: Mapping[str, str]
    more_refusals: Mapping[str, Mapping[int, str]] = {}  # of single methods
    made_always = False  # a POST makes a thing, and never finds one there
    made_never = False  # a POST does something with a thing
    taken_on = False  # a POST is taken on, and done afterwards: 202
    sends = ""  # the type of what a GET sends, where that is no JSON

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Ask who it is before anything else is said; only a method that there is not is refused to anybody.

        Who sends no token that is valid is counted by address, so that nobody tries tokens without end.
        """
        if request.method not in self.allowed_methods:
            raise MethodNotAllowed(str(request.method))
        try:
            self.check_permissions(request)
        except (AuthenticationFailed, NotAuthenticated):
            self.check_throttles(request)
            raise
        super().initial(request, *args, **kwargs)

    def permission_denied(self, request: Request, message: str | None = None, code: str | None = None) -> NoReturn:
        """Refuse; whoever sent no token is told how to."""
        if request.auth is None:
            raise NotAuthenticated(WANTED)
        raise PermissionDenied(message, code)

    @property
    def person(self) -> User:
        """The token's person."""
        assert isinstance(self.request.user, User)  # nobody else is let in
        return self.request.user

    def addresses(self) -> list[str]:
        """Return the confirmed addresses of the token's person, in small letters, their main one first."""
        return addresses_of(self.request.user)
