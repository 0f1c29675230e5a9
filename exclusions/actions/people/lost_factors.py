"""Second factors whose secrets no key of the site opens: nobody can sign in with them, administrators included."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from exclusions.actions.people.acts import tell_person
from exclusions.actions.record.events import record_event
from exclusions.gateways.secret_text import SECOND_FACTOR, Unreadable, decrypt
from exclusions.models import User


def unreadable_factors() -> list[Authenticator]:
    """Return the authenticator apps and recovery codes that cannot be read; passkeys hold no secret of ours."""
    return [kept for kept in Authenticator.objects.order_by("user", "pk") if not all(map(_opens, _secrets(kept)))]


def end_unreadable_factors(*, at: datetime) -> list[User]:
    """End them, on record, and mail whose they were; return these people. What can be read stays, passkeys too.

    No second person confirms it: what is ended opened nothing, and whoever holds the shell holds the key.
    """
    lost: dict[int, list[Authenticator]] = {}
    for kept in unreadable_factors():
        lost.setdefault(kept.user_id, []).append(kept)
    return [_ended(person, factors, at) for person, factors in lost.items()]


def _ended(person: int, factors: Iterable[Authenticator], at: datetime) -> User:
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=person)
        Authenticator.objects.filter(pk__in=[kept.pk for kept in factors]).delete()
        record_event(f"user:{user.pk}", "ended_unreadable_factors", by=None, at=at)
        text = "The key of the site was lost, so its second factors were removed. Set up new ones when you sign in."
        tell_person(text, to=[user.email], at=at)
    return user


def _secrets(kept: Authenticator) -> Iterator[str]:
    yield from (kept.data[name] for name in ("secret", "seed") if name in kept.data)
    yield from kept.data.get("migrated_codes", ())


def _opens(stored: str) -> bool:
    try:
        decrypt(stored, purpose=SECOND_FACTOR)
    except Unreadable:
        return False
    return True
