"""Tokens of the API: made and ended by their owners, or for them from the server's shell."""

from collections.abc import Collection
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Final

from django.conf import settings
from django.db import transaction

from exclusions.actions.people.accounts import tell_own_change
from exclusions.actions.people.acts import tell_person
from exclusions.actions.record.events import record_event
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.models import ApiToken, User
from exclusions.models.api_token import digest_of
from exclusions.workflow.deadlines import eastern_date

GOOD_FOR: Final = timedelta(days=365)
MOST: Final = 10  # of a person
SCOPES: Final = {
    "subscriptions:read": "list own watches",
    "subscriptions:write": "make and stop own watches",
    "petitions:read": "read own petitions, with what is confidential in them",
    "petitions:write": "begin, fill in, check, delete and withdraw own petitions",
    "petitions:certify": "certify and file own petitions in your name",
    "questions:answer": "answer the agency’s questions on own petitions, for the docket to show",
    "responses:write": "respond to petitions, and reply to responses to own petitions",
    "cases:read": "read cases and clusters as your role does",
    "cases:write": "take the transitions of cases that your role takes, but for those that a person signs",
}
OF_STAFF: Final = ("cases:read", "cases:write")
AFTER_SECOND_FACTOR: Final = frozenset({"cases:write"})
SHORT, LATELY = timedelta(days=30), timedelta(minutes=15)
USUAL: Final = ("subscriptions:read", "subscriptions:write")  # where nobody says which: what opens no petition
TAKEN = "You already have a token of this name. Choose another name, or end that token first."
FULL = f"You have {MOST} tokens, the most allowed. End one that you no longer need."
STAFF_ONLY = "The scopes {scopes} are for the staff of the agency. Your account has no role there."
ON_THE_PAGE = (
    "A token with cases:write is not made here. Its owner makes it on the page /accounts/tokens/, within 15 minutes of "
    "a second factor."
)
CONFIRM = (
    "A token with cases:write is made within 15 minutes of your second factor. Give it once more at "
    "/accounts/2fa/reauthenticate/, then make the token."
)
TOLD = (
    "A token for programs (“{name}”) was made on your account’s page. If this was not you, end your tokens there and "
    "change your password."
)


def make_token(user: User, *, scopes: Collection[str], at: datetime) -> str:
    """Return a new token for a person from the shell, good for a year; the earlier one from the shell ends.

    It can be read this once, is put on record, and its person is told. Raises Incomplete for a scope that is not of
    SCOPES or not for the person, for one that wants a second factor, for none at all, and for a closed account.
    """
    _refuse_scopes(scopes)
    if AFTER_SECOND_FACTOR.intersection(scopes):
        raise Incomplete(ON_THE_PAGE)
    _refuse_of_staff(user, scopes)
    if not user.is_active:
        raise Incomplete(f"The account of {user.email} is closed. Open it again first, or name another.")
    with transaction.atomic():
        ApiToken.objects.filter(user=user, name=ApiToken.FROM_SHELL).delete()
        token = _create_token(user, ApiToken.FROM_SHELL, scopes, at)
        record_event(f"user:{user.pk}", "made_api_token", by=None, at=at)
        tell_person("A token for programs was made from the server’s shell.", to=[user.email], at=at)
    return token


def make_own_token(
    user: User, *, name: str, scopes: Collection[str], at: datetime, second_factor_at: datetime | None = None
) -> str:
    """Return a new token that a person made for themselves, good for a year, or a month where it writes to cases; it
    can be read this once.

    `second_factor_at`: when the person last gave a second factor in this session. It is put on record, and the person
    told by mail. Raises Incomplete by field for a name that is empty or taken and for scopes that are not of SCOPES or
    not for the person; NotPermitted where a scope wants a later second factor; WrongState where the person has ten
    tokens.
    """
    _refuse_scopes(scopes)
    _refuse_of_staff(user, scopes)
    wants_it = settings.STAFF_SECOND_FACTOR and AFTER_SECOND_FACTOR.intersection(scopes)
    if wants_it and (second_factor_at is None or at - second_factor_at > LATELY):
        raise NotPermitted(CONFIRM)
    named = " ".join(name.split())[:60]
    if not named:
        raise Incomplete(fields={"name": ["Name the program that will use it."]})
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        there = list(ApiToken.objects.filter(user=user).values_list("name", flat=True))
        if named.casefold() in {one.casefold() for one in (*there, ApiToken.FROM_SHELL)}:
            raise Incomplete(fields={"name": [TAKEN]})
        if len(there) >= MOST:
            raise WrongState(FULL)
        token = _create_token(user, named, scopes, at)
        record_event(f"user:{user.pk}", "made_api_token", by=user, at=at)
        subject = "A token for programs was made"
        tell_own_change(to=user.email, subject=subject, text=TOLD.format(name=named), at=at)
    return token


def end_token(user: User, *, at: datetime) -> bool:
    """End all tokens of a person at once from the shell, on the record; return whether there was one."""
    with transaction.atomic():
        ended = ApiToken.objects.filter(user=user).delete()[0] > 0
        if ended:
            record_event(f"user:{user.pk}", "ended_api_token", by=None, at=at)
    return ended


def end_own_token(user: User, token_id: int, *, at: datetime) -> str:
    """End one of a person's tokens at once, on the record; return its name. Raises WrongState where there is none."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        found = ApiToken.objects.filter(user=user, pk=token_id).first()
        if found is None:
            raise WrongState("You no longer have this token.")
        found.delete()
        record_event(f"user:{user.pk}", "ended_api_token", by=user, at=at)
    return found.name


def note_use(token: ApiToken, *, at: datetime) -> None:
    """Note the day on which a token was used last; a statement a day."""
    day = eastern_date(at)
    if token.last_used_on != day:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=day)


def _refuse_scopes(scopes: Collection[str]) -> None:
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown or not scopes:
        named = f"There is no scope “{unknown[0]}”." if unknown else "A token needs a scope."
        raise Incomplete(f"{named} Give one or more of: {', '.join(SCOPES)}.")


def _refuse_of_staff(user: User, scopes: Collection[str]) -> None:
    asked = [scope for scope in OF_STAFF if scope in scopes]
    if asked and not user.role:
        raise Incomplete(fields={"scopes": [STAFF_ONLY.format(scopes=" and ".join(asked))]})


def _create_token(user: User, name: str, scopes: Collection[str], at: datetime) -> str:
    token = token_urlsafe(32)
    ApiToken.objects.create(
        user=user,
        name=name,
        digest=digest_of(token),
        scopes=sorted(set(scopes)),
        created_at=at,
        expires_at=at + (SHORT if AFTER_SECOND_FACTOR.intersection(scopes) else GOOD_FOR),
    )
    return token
