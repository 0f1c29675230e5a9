"""The links by which a person stops mail with one click, or confirms it: signed, and without a name in them."""

from datetime import timedelta
from uuid import UUID

from django.core import signing

_SALT = "exclusions.staff-mail.stop"
_WATCH = "exclusions.watch"
WORKS_FOR = timedelta(days=400)  # each mail brings a new link: of a mail that is older nobody needs the old one


def stop_token(user_id: int, kind: str) -> str:
    """Return the token of a link that stops one kind of mail for one person."""
    return signing.dumps([user_id, kind], salt=_SALT)


def read_stop_token(token: str) -> tuple[int, str] | None:
    """Return whose and which mail a token stops; None for one that was not made here, or has ended."""
    try:
        user_id, kind = signing.loads(token, salt=_SALT, max_age=WORKS_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(user_id), str(kind)


def watch_token(link: UUID) -> str:
    """Return the token by which a reader confirms and stops one watch, of whose row `link` is the secret name."""
    return signing.dumps(link.hex, salt=_WATCH)


def read_watch_token(token: str) -> UUID | None:
    """Return the secret name of a watch; None for one that was not made here, or has ended."""
    try:
        return UUID(signing.loads(token, salt=_WATCH, max_age=WORKS_FOR))
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None
