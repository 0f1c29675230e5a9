"""Intake posts or declines responses of one statement together: each by the action of one, all of them or none."""

from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from exclusions.actions.filing.responses import post_response, refuse_response
from exclusions.actions.record.events import notify
from exclusions.errors import ActionRefused, Incomplete, SomeRefused
from exclusions.models import JointStatement, Response, User
from exclusions.permissions.submissions import desk_refusal
from exclusions.workflow.roles import Role

MOST = 100  # responses of one act: each is posted, told and given its letter within the request
NONE = "Choose at least one petition: tick the box in front of it."


def post_jointly(joint: JointStatement, keys: Collection[UUID], *, by: User, at: datetime) -> list[Response]:
    """Post the chosen responses of a statement, each with its own event; return them. One mail tells their author.

    Raises SomeRefused, with nothing done, where one refuses; Incomplete for none or too many; NotPermitted.
    """
    with transaction.atomic():
        done = _do_to_each(joint, keys, lambda one: post_response(one, by=by, at=at, tells_author=False), by=by)
        _tell(joint, done, "", at)
    return done


def refuse_jointly(
    joint: JointStatement, keys: Collection[UUID], *, reason: str, by: User, at: datetime
) -> list[Response]:
    """Decline the chosen responses of a statement with one reason; return them. Raises as `post_jointly` does."""
    with transaction.atomic():
        done = _do_to_each(
            joint, keys, lambda one: refuse_response(one, reason=reason, by=by, at=at, tells_author=False), by=by
        )
        _tell(joint, done, reason, at)
    return done


def _do_to_each(
    joint: JointStatement, keys: Collection[UUID], act: Callable[[Response], Response], *, by: User
) -> list[Response]:
    if by.role != Role.INTAKE:
        raise desk_refusal(Response.NOUN)
    if not keys:
        raise Incomplete(NONE)
    if len(set(keys)) > MOST:
        raise Incomplete(f"Choose at most {MOST} responses at once. You chose {len(set(keys))}.")
    # By reference, so that two who act on overlapping ones wait for each other and never deadlock.
    rows = joint.responses.filter(pk__in=keys).select_related("petition__round").order_by("petition__reference")
    done, refused = list[Response](), dict[str, list[str]]()
    for response in rows:
        try:
            with transaction.atomic():
                done.append(act(response))
        except ActionRefused as error:
            refused[response.docket_reference] = error.reasons or [str(error)]
    if missing := len(set(keys)) - len(rows):
        refused[f"{missing} of them"] = ["There is no such response in this statement."]
    if refused:
        raise SomeRefused(refused, of=len(set(keys)))
    return done


def _tell(joint: JointStatement, done: list[Response], reason: str, at: datetime) -> None:
    what = "were not posted" if reason else "were posted"
    notify(
        to=joint.email,
        template="joint_settled",
        subject=f"Your statement {joint.receipt}: {len(done)} responses {what}",
        context={
            "number": joint.receipt,
            "what": what,
            "reason": reason,
            "rows": [[one.docket_reference, one.reference or one.receipt] for one in done],
        },
        at=at,
    )
