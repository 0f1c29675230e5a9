"""What every submission goes through, whatever it is about: taken in, confirmed, posted or declined, withdrawn.

A response (`responses`) and a comment (`notices.comments`) say in their own modules what they are about, whom an event
and a message concern, and what becomes public. They lock, and call these within their transaction.
"""

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model

from exclusions.actions.filing.own_values import Own, ask, own_values
from exclusions.checks.confidential.leak_matcher import Matcher
from exclusions.checks.confidential.values import allowed
from exclusions.errors import Incomplete, WrongState
from exclusions.models import Document, Response, User
from exclusions.models.api_token import digest_of
from exclusions.models.submission import CONFIRM_WITHIN, Submission
from exclusions.permissions.leaks import secrets_of
from exclusions.permissions.submissions import posting_refusal
from exclusions.questionnaires import Kind, Questionnaire
from exclusions.workflow.deadlines import in_words

Linked = TypeVar("Linked", bound=Model)


def checked(form: Questionnaire, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers cleaned; raise Incomplete with a sentence a field when they cannot be filed."""
    cleaned = form.clean(answers)
    fields: dict[str, list[str]] = {}
    for problem in form.problems(answers):
        fields.setdefault(problem.key, []).append(f"{problem.message} {problem.remedy}".strip())
    if fields:
        raise Incomplete(*(sentence for group in fields.values() for sentence in group), fields=fields)
    return cleaned


def stated_values(
    form: Questionnaire, answers: Mapping[str, Any], files: list[Document], stated: Collection[str], noun: str
) -> list[Own]:
    """Return the author's own confidential values that the public answers and files repeat; all were stated public.

    `stated` are the statements that were answered; they are kept under `noun`. Raises Repeats for what is not among
    them. Reads the file store: never while a row is locked.
    """
    own = Matcher(secrets_of(form, answers, files), allowed(form, answers))
    found = own_values(form, answers, files, own.find)
    ask(found, stated, noun)
    return found


def take_in(
    new: Submission, form: Questionnaire, answers: dict[str, Any], *, by: User | AnonymousUser | None, at: datetime
) -> str:
    """Fill in and insert a new, unconfirmed submission from checked answers; return the token of its secret link.

    The address that confirms it is the answer to the form's first question for one.
    """
    token = new_token()
    fill_in(new, form, answers, token, by=by, at=at)
    new.save(force_insert=True)
    return token


def new_token() -> str:
    """Return the token of a new secret link."""
    return secrets.token_urlsafe(32)


def address_in(form: Questionnaire, answers: Mapping[str, Any]) -> str:
    """Return the address that confirms a submission: the answer to the form's first question for one."""
    return str(answers[next(question.key for question in form.questions if question.kind is Kind.EMAIL)])


def fill_in(
    new: Submission,
    form: Questionnaire,
    answers: dict[str, Any],
    token: str,
    *,
    by: User | AnonymousUser | None,
    at: datetime,
) -> None:
    """Fill in a new, unconfirmed submission from checked answers, behind the secret link of this token."""
    new.position = answers["position"]
    new.organization_name = answers["org_legal_name"]
    new.email = address_in(form, answers)
    new.answers = answers
    new.confirmation_digest = digest_of(token)
    new.user = by if isinstance(by, User) else None
    new.created_at = at


def require_link(found: Linked | None, *, otherwise: str = "") -> Linked:
    """Return the submission of a secret link; raise WrongState where the link is not known."""
    if found is None:
        raise WrongState(f"This link is not known. Copy the whole address from the e-mail{otherwise}.")
    return found


def confirm(locked: Submission, *, again: str, at: datetime) -> bool:
    """Confirm a locked submission; return whether it was not confirmed before: a second click changes nothing.

    What counts for the deadline is when it was sent. Raises WrongState for a link older than 72 hours; `again` is the
    sentence that says what its author can do then.
    """
    if locked.status != Submission.Status.UNCONFIRMED:
        return False
    require_in_time(locked.created_at, again=again, at=at)
    locked.status, locked.confirmed_at = Submission.Status.SUBMITTED, at
    locked.save(update_fields=["status", "confirmed_at"])
    return True


def confirm_all(locked: Sequence[Response], *, at: datetime) -> None:
    """Write that their author confirmed these locked responses, which wait for it; one statement."""
    keys = [response.pk for response in locked]
    Response.objects.filter(pk__in=keys).update(status=Submission.Status.SUBMITTED, confirmed_at=at)
    for response in locked:
        response.status, response.confirmed_at = Submission.Status.SUBMITTED, at


def require_in_time(sent: datetime, *, again: str, at: datetime) -> None:
    """Raise WrongState for a link older than 72 hours; `again` says what its author can do then."""
    until = sent + CONFIRM_WITHIN
    if at > until:
        raise WrongState(f"This link was good until {in_words(until)}. {again}")


def require_waiting(locked: Submission, by: User, at: datetime) -> None:
    """Raise NotPermitted or WrongState unless a locked submission waits for an intake clerk, which the person is."""
    if refused := posting_refusal(locked, by, at):
        raise refused
    if locked.status != Submission.Status.SUBMITTED:
        said = locked.get_status_display()
        raise WrongState(f"This {locked.NOUN} is “{said}”. You can post or decline only a submitted one.")


def decline(locked: Submission, reason: str) -> None:
    """Write that intake does not post a locked submission, with the reason."""
    locked.status, locked.refusal_reason = Submission.Status.REFUSED, reason
    locked.save(update_fields=["status", "refusal_reason"])


def withdraw(locked: Submission, at: datetime) -> bool:
    """Write that its author withdrew a locked submission; return whether it was public until now."""
    posted = locked.status == Submission.Status.POSTED
    locked.status, locked.withdrawn_at = Submission.Status.WITHDRAWN, at
    locked.save(update_fields=["status", "withdrawn_at"])
    return posted
