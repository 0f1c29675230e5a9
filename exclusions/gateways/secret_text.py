"""Secrets that have to be read again, encrypted under SECRET_KEY (Fernet): a copy of the database opens nothing."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

SECOND_FACTOR = "second factor"  # the purpose of what authenticator apps and recovery codes are checked by


class Unreadable(Exception):
    """The key under which a secret was kept is gone."""


def encrypt(text: str, *, purpose: str) -> str:
    """Return a secret as it is stored; each purpose has a key of its own."""
    return _cipher(purpose).encrypt(text.encode()).decode()


def decrypt(stored: str, *, purpose: str) -> str:
    """Return a stored secret as it was; SECRET_KEY_FALLBACKS are tried too. Raises Unreadable where no key opens it."""
    try:
        return _cipher(purpose).decrypt(stored.encode()).decode()
    except InvalidToken as error:
        raise Unreadable from error


def _cipher(purpose: str) -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(purpose.encode() + key.encode()).digest())) for key in keys]
    )
