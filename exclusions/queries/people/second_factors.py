"""The second factors by which staff sign in: an authenticator app or a passkey. Recovery codes alone are none."""

from allauth.mfa.models import Authenticator

from exclusions.models import User

STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(user: User) -> bool:
    """Say whether a person has set one up."""
    return bool(Authenticator.objects.filter(user=user, type__in=STRONG).exists())
