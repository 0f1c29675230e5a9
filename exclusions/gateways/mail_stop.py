"""The link by which a person stops a kind of staff mail with one click: signed, without a name or an address in it."""

from django.core import signing

_SALT = "exclusions.staff-mail.stop"


def stop_token(user_id: int, kind: str) -> str:
    """Return the token of a link that stops one kind of mail for one person."""
    return signing.dumps([user_id, kind], salt=_SALT)


def read_stop_token(token: str) -> tuple[int, str] | None:
    """Return whose and which mail a token stops; None for one that was not made here."""
    try:
        user_id, kind = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(user_id), str(kind)
