"""Tokens of the API: made, and ended, for one person."""

from collections.abc import Collection
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Final

from django.db import transaction

from exclusions.actions.people.acts import tell_person
from exclusions.actions.record.events import record_event
from exclusions.errors import Incomplete
from exclusions.models import ApiToken, User
from exclusions.models.answers.api_token import digest_of

GOOD_FOR: Final = timedelta(days=365)
SCOPES: Final = {"subscriptions:read": "list own watches", "subscriptions:write": "make and stop own watches"}


def make_token(user: User, *, scopes: Collection[str], at: datetime) -> str:
    """Return a new token for a person, good for a year; it can be read this once, and their earlier one ends.

    It is put on record, and its person told. Raises Incomplete for a scope that is not of SCOPES, for none at all, and
    for a closed account.
    """
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown or not scopes:
        named = f"There is no scope “{unknown[0]}”." if unknown else "A token needs a scope."
        raise Incomplete(f"{named} Give one or more of: {', '.join(SCOPES)}.")
    if not user.is_active:
        raise Incomplete(f"The account of {user.email} is closed. Open it again first, or name another.")
    token = token_urlsafe(32)
    with transaction.atomic():
        ApiToken.objects.update_or_create(
            user=user,
            defaults={
                "digest": digest_of(token),
                "scopes": sorted(set(scopes)),
                "created_at": at,
                "expires_at": at + GOOD_FOR,
            },
        )
        record_event(f"user:{user.pk}", "made_api_token", by=None, at=at)
        tell_person("A token for programs was made from the server’s shell.", to=[user.email], at=at)
    return token


def end_token(user: User, *, at: datetime) -> bool:
    """End a person's token at once, on the record; return whether there was one."""
    with transaction.atomic():
        ended = ApiToken.objects.filter(user=user).delete()[0] > 0
        if ended:
            record_event(f"user:{user.pk}", "ended_api_token", by=None, at=at)
    return ended
